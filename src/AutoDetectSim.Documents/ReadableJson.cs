using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AutoDetectSim.Documents;

/// <summary>JSON in which apostrophes and letters of all languages are written as they are, not as escapes such as <c>\u0027</c>.</summary>
internal static class ReadableJson
{
    /// <summary>A document as UTF-8.</summary>
    public static ReadOnlyMemory<byte> Bytes<T>(T value, JsonTypeInfo<T> type)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = type.Options.WriteIndented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    /// <summary>A document as text.</summary>
    public static string Text<T>(T value, JsonTypeInfo<T> type) => Encoding.UTF8.GetString(Bytes(value, type).Span);
}
