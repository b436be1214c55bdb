using System.Text.Json;
using System.Text.RegularExpressions;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>Says what the headers of Exchange's answers tell.</summary>
internal static partial class AnswerText
{
    /// <summary>The sentences; those that are about one server are marked, since they differ from server to server.</summary>
    public static IReadOnlyList<AnswerWord> Of(ObservedAnswer answer)
    {
        var words = new List<AnswerWord>();
        if (answer.Values("X-FEServer").FirstOrDefault() is { } server)
        {
            words.Add(new($"X-FEServer: front end {server} answered.", IsOfOneServer: true));
        }

        foreach (var name in (string[])["X-BEServer", "X-CalculatedBETarget"])
        {
            if (answer.Values(name).FirstOrDefault() is { } target)
            {
                words.Add(new($"{name}: mailbox server {target} took part.", IsOfOneServer: true));
            }
        }

        if (answer.Values("X-OWA-Version").Concat(answer.Values("MS-Server-ActiveSync")).FirstOrDefault() is { } build)
        {
            words.Add(new($"Build {build}: {ReleaseOf(build)}."));
        }

        if (answer.Values("MS-ASProtocolVersions").FirstOrDefault() is { } versions)
        {
            words.Add(new($"ActiveSync supports the protocol versions {versions}."));
        }

        if (answer.Values("Location").FirstOrDefault() is { } location)
        {
            words.Add(new($"It redirects the client to {location}."));
        }

        words.AddRange(Challenges(answer).Select(sentence => new AnswerWord(sentence)));
        words.AddRange(Diagnostics(answer).Select(sentence => new AnswerWord(sentence)));
        words.AddRange(Body(answer).Select(sentence => new AnswerWord(sentence)));
        return words;
    }

    /// <summary>The release that a build is of, as far as major and minor version tell.</summary>
    internal static string ReleaseOf(string build) => Version.TryParse(build, out var version)
        ? (version.Major, version.Minor) switch
        {
            (14, _) => "Exchange 2010",
            (15, 0) => "Exchange 2013",
            (15, 1) => "Exchange 2016",
            (15, 2) when version.Build >= 2562 => "Exchange Server SE",
            (15, 2) => "Exchange 2019 or SE",
            (15, 20) => "Exchange Online",
            _ => "not a known Exchange release",
        }
        : "not a version number";

    private static IEnumerable<string> Challenges(ObservedAnswer answer)
    {
        foreach (var challenge in WwwAuthenticate.Parse(answer.Values("WWW-Authenticate")))
        {
            if (!challenge.HasScheme("Bearer"))
            {
                yield return $"{challenge.Scheme} is offered{(challenge.Parameter("realm") is { Length: > 0 } realm ? $" for {realm}" : "")}.";
                continue;
            }

            yield return challenge.Parameter("authorization_uri") is { } uri
                ? $"Bearer is offered: modern authentication, with the sign-in at {uri}."
                : "Bearer is offered without authorization_uri: AutoDetect finds no sign-in page and treats the answer as a failure.";
            if (challenge.Parameter("trusted_issuers") is { } issuers)
            {
                yield return $"Tokens are accepted from {string.Join(" and ", issuers.Split(',', StringSplitOptions.TrimEntries).Select(Issuer))}.";
            }

            if (challenge.Parameter("error") is { } error)
            {
                yield return $"The token was refused: {error}.";
            }
        }
    }

    private static string Issuer(string issuer) => issuer.Split('@')[0] switch
    {
        "00000001-0000-0000-c000-000000000000" => $"Entra (tenant {issuer[(issuer.IndexOf('@', StringComparison.Ordinal) + 1)..]})",
        "00000004-0000-0ff1-ce00-000000000000" => "Skype for Business on-premises",
        _ => issuer,
    };

    private static IEnumerable<string> Diagnostics(ObservedAnswer answer)
    {
        foreach (var value in answer.Values("x-ms-diagnostics"))
        {
            var reason = Reason().Match(value);
            yield return reason.Success ? $"x-ms-diagnostics: {reason.Groups["reason"].Value}" : $"x-ms-diagnostics: {value}";
        }
    }

    private static IEnumerable<string> Body(ObservedAnswer answer)
    {
        if (!answer.Path.Contains("autodiscover.json", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        try
        {
            using var document = StrangersJson.Parse(answer.Body);
            var root = document.RootElement;
            return (Text(root, "Url"), Text(root, "ErrorCode")) switch
            {
                ({ } url, _) => [$"AutoDiscover V2 names {url}."],
                (_, { } code) => [$"AutoDiscover V2 refuses: {code}{(Text(root, "ErrorMessage") is { } message ? $" ({message})" : "")}."],
                _ => ["AutoDiscover V2 names no URL."],
            };
        }
        catch (JsonException)
        {
            return answer.StatusCode == 200 ? ["The answer is not JSON: AutoDiscover V2 did not answer."] : [];
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex("reason=\"(?<reason>[^\"]{1,500})\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reason();
}

/// <summary>One sentence about an answer.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="IsOfOneServer">Whether the sentence names the server that answered.</param>
internal readonly record struct AnswerWord(string Text, bool IsOfOneServer = false);
