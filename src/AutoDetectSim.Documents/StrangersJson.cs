using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AutoDetectSim.Documents;

/// <summary>
/// JSON that a stranger wrote. The framework takes texts that are not Unicode (bytes that are not UTF-8, half of a surrogate pair), and throws when they
/// are read; here such a document is not JSON.
/// </summary>
internal static class StrangersJson
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>Reads a document.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonDocument Parse(string json, JsonDocumentOptions options = default) => Checked(JsonDocument.Parse(json, options));

    /// <summary>Reads a document.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json, JsonDocumentOptions options = default) => Checked(JsonDocument.Parse(json, options));

    /// <summary>Reads the document at the beginning of some bytes.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public static JsonDocument Parse(ref Utf8JsonReader reader) => Checked(JsonDocument.ParseValue(ref reader));

    /// <summary>Reads a document into a record. Nullable annotations say what may be null, but not for the items of lists, which may not.</summary>
    /// <exception cref="JsonException">The bytes are not JSON, or not of the form.</exception>
    public static T? Read<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type)
    {
        json = json.Span.StartsWith(ByteOrderMark) ? json[ByteOrderMark.Length..] : json;
        using (var document = Parse(json))
        {
            RefuseNull(document.RootElement, "$");
        }

        return JsonSerializer.Deserialize(json.Span, type);
    }

    private static void RefuseNull(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index())
                {
                    var place = string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
                    if (item.ValueKind == JsonValueKind.Null)
                    {
                        throw new JsonException($"A list may not have null in it: {place}.", place, lineNumber: null, bytePositionInLine: null);
                    }

                    RefuseNull(item, place);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    RefuseNull(member.Value, $"{path}.{member.Name}");
                }

                break;
        }
    }

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
