using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AutoDetectSim.Diagnosis.Json;

/// <summary>JSON that a tool wrote, and JSONPath into it.</summary>
internal static class JsonAnswer
{
    private const int MaximumDepth = 64;

    private static readonly JsonSelectSettings Settings = new() { RegexMatchTimeout = TimeSpan.FromSeconds(5) };

    public static bool IsValidPath(string path)
    {
        try
        {
            return path.StartsWith('$') && new JObject().SelectTokens(path, Settings) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Reads one JSON document; null where the text is none.</summary>
    public static JToken? Parse(string text)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(text)) { MaxDepth = MaximumDepth, DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal };
            return JToken.ReadFrom(reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a path finds other than null: texts as they are, everything else as JSON.</summary>
    public static IEnumerable<string> Select(JToken document, string path) =>
        document.SelectTokens(path, Settings)
            .Where(token => token.Type is not (JTokenType.Null or JTokenType.Undefined))
            .Select(token => token.Type == JTokenType.String ? token.Value<string>()! : token.ToString(Formatting.None, []));
}
