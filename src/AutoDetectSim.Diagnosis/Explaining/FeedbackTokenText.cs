using System.Text.Json;

namespace AutoDetectSim.Diagnosis.Explaining;

/// <summary>Says what X-Feedback-Token tells.</summary>
internal static class FeedbackTokenText
{
    public static IReadOnlyList<string> Of(JsonElement header, JsonElement claims)
    {
        var words = new List<string>
        {
            $"The token is a JWT signed with {header.Text("alg") ?? "an algorithm that it does not name"}; the signature was not checked, since only AutoDetect has the key.",
            $"It is about the domain {claims.Text("D") ?? "(none)"}.",
            claims.Text("PI") is { } provider ? $"The answer came from provider record {provider}." : "The answer came from no provider record.",
            Listed(claims.Items("S"), "Services that were found", "No service was found."),
            Listed(claims.Items("P"), "Servers that were found", "No server was found."),
        };
        if (claims.Time("iat") is { } issued)
        {
            words.Add($"AutoDetect answered at {issued}.");
        }

        if (claims.Time("exp") is { } expires)
        {
            words.Add($"The app can give feedback with it until {expires}.");
        }

        return words;
    }

    private static string Listed(IReadOnlyList<JsonElement> items, string title, string none) => items.Count == 0
        ? none
        : $"{title}: {string.Join(", ", items.Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() : item.GetRawText()))}.";
}
