using System.Text.Json;

namespace AutoDetectSim.Cli.Explain;

/// <summary>Prints what was explained, for people.</summary>
internal static class ExplainReport
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(ExplainedAnswer answer, TextWriter output)
    {
        foreach (var header in answer.Headers)
        {
            output.WriteLine(header.Text is null ? header.Name : $"{header.Name}: {Printable(header.Text)}");
            foreach (var sentence in header.Words)
            {
                output.WriteLine("  " + Printable(sentence));
            }

            if (header.Value is { } value)
            {
                output.WriteLine();
                output.WriteLine(Pretty(value));
            }

            output.WriteLine();
        }
    }

    private static string Pretty(JsonElement value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            value.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    // What a stranger's server sent must not steer the terminal.
    private static string Printable(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = char.IsControl(source[i]) ? '?' : source[i];
        }
    });
}
