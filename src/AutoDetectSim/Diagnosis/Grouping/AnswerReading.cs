using System.Text.Json;
using AutoDetectSim.Diagnosis.Observing;

namespace AutoDetectSim.Diagnosis.Grouping;

/// <summary>What the answers of one connection say about the way to the mailbox.</summary>
internal sealed record AnswerReading
{
    /// <summary>The ActiveSync URL that AutoDiscover V2 gave, or null.</summary>
    public string? ActiveSyncUrl { get; init; }

    /// <summary>Where AutoDiscover V2 redirected to, or null.</summary>
    public string? Redirect { get; init; }

    /// <summary>The authorization endpoint of the Bearer challenge, or null.</summary>
    public string? AuthorizationUri { get; init; }

    /// <summary>Whether the question that the role asks got no answer.</summary>
    public bool IsUnanswered { get; init; }

    /// <summary>The answers in a few words each.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    public static AnswerReading Of(Observation observation, HostRole role)
    {
        var asked = observation.Answers.FirstOrDefault(answer => answer.Method == "GET");
        var reading = new AnswerReading();
        if (asked is null && role != HostRole.Server)
        {
            return observation.Error is null ? reading with { IsUnanswered = true, Words = ["no HTTP answer"] } : reading;
        }

        return role switch
        {
            HostRole.AutoDiscover => AutoDiscover(asked!),
            HostRole.ActiveSync => ActiveSync(asked!),
            _ => reading,
        };
    }

    private static AnswerReading AutoDiscover(ObservedAnswer answer)
    {
        if (answer.StatusCode == 200 && UrlOf(answer.Body) is { } url)
        {
            return new AnswerReading { ActiveSyncUrl = url, Words = ["AutoDiscover V2: " + url] };
        }

        var location = answer.Values("Location").FirstOrDefault();
        return answer.StatusCode is 301 or 302 && location is not null
            ? new AnswerReading { Redirect = location, Words = ["AutoDiscover V2: redirect to " + location] }
            : new AnswerReading { Words = [$"AutoDiscover V2: HTTP {answer.StatusCode}{(answer.StatusCode == 200 ? " without a URL" : "")}"] };
    }

    private static AnswerReading ActiveSync(ObservedAnswer answer)
    {
        var challenges = answer.Values("WWW-Authenticate").ToList();
        var bearer = challenges.FirstOrDefault(challenge => challenge.StartsWith("Bearer", StringComparison.OrdinalIgnoreCase));
        var uri = bearer is null ? null : Parameter(bearer, "authorization_uri");
        var words = (answer.StatusCode, bearer, uri) switch
        {
            (_, not null, not null) => $"ActiveSync: HTTP {answer.StatusCode}, Bearer with {uri}",
            (_, not null, null) => $"ActiveSync: HTTP {answer.StatusCode}, Bearer without authorization_uri",
            _ when challenges.Count > 0 => $"ActiveSync: HTTP {answer.StatusCode}, {string.Join(" and ", challenges.Select(challenge => challenge.Split(' ')[0]))} only",
            _ => $"ActiveSync: HTTP {answer.StatusCode}, no challenge",
        };
        return new AnswerReading { AuthorizationUri = uri, Words = [words] };
    }

    private static string? UrlOf(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("Url", out var url)
                && url.ValueKind == JsonValueKind.String
                && url.GetString() is { Length: > 0 } text
                    ? text
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Parameter(string challenge, string name)
    {
        var start = challenge.IndexOf(name + "=\"", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return null;
        }

        start += name.Length + 2;
        var end = challenge.IndexOf('"', start);
        return end > start ? challenge[start..end] : null;
    }
}
