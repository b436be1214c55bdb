using System.Text.Json;

namespace AutoDetectSim.Documents;

/// <summary>
/// JSON that a stranger wrote. The framework takes texts that are not Unicode (bytes that are not UTF-8, half of a surrogate pair), and throws when they
/// are read; here such a document is not JSON.
/// </summary>
internal static class StrangersJson
{
    /// <summary>Reads a document.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonDocument Parse(string json, JsonDocumentOptions options = default) => Checked(JsonDocument.Parse(json, options));

    /// <summary>Reads a document.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json, JsonDocumentOptions options = default) => Checked(JsonDocument.Parse(json, options));

    /// <summary>Reads the document at the beginning of some bytes.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public static JsonDocument Parse(ref Utf8JsonReader reader) => Checked(JsonDocument.ParseValue(ref reader));

    private static JsonDocument Checked(JsonDocument document)
    {
        try
        {
            Check(document.RootElement);
            return document;
        }
        catch (InvalidOperationException exception)
        {
            document.Dispose();
            throw new JsonException("A text in it is not Unicode.", exception);
        }
    }

    /// <summary>Reads every text; the depth is the reader's, 64 at most.</summary>
    private static void Check(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Check(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    Check(member.Value);
                }

                break;
        }
    }
}
