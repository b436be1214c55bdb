using System.Text.Encodings.Web;
using System.Text.Json;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>Reports as indented JSON.</summary>
internal static class JsonReport
{
    private static readonly ReportJson Indented = new(new JsonSerializerOptions(ReportJson.Default.Options) { WriteIndented = true });

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions ReadableLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A check; the same document as <c>check --json</c>.</summary>
    public static string Render(CheckDocument document) => JsonSerializer.Serialize(document, Indented.CheckDocument) + "\n";

    /// <summary>Detections, with what <c>detect --json</c> prints as the member <c>detections</c>.</summary>
    public static string Render(DetectDocument document) => JsonSerializer.Serialize(document, Indented.DetectDocument) + "\n";

    /// <summary>Any JSON as people read it.</summary>
    public static string Pretty(JsonElement value) => Write(value, Readable);

    /// <summary>Any JSON as people read it, in one line.</summary>
    public static string Line(JsonElement value) => Write(value, ReadableLine);

    private static string Write(JsonElement value, JsonWriterOptions options)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            value.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
