using System.Text.Json;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Diagnosis.Checking.Grouping;

/// <summary>What the answers of one connection say about the way to the mailbox.</summary>
internal sealed record AnswerReading
{
    private const string AutoDiscoverFile = "/autodiscover.json";

    /// <summary>x-ms-diagnostics of an audience that is not the one which Exchange takes itself for ([HMADOC], variant B).</summary>
    private const string WrongAudience = "2000003;";

    /// <summary>The ActiveSync URL that AutoDiscover V2 gave, or null.</summary>
    public string? ActiveSyncUrl { get; init; }

    /// <summary>Where AutoDiscover V2 redirected to, as an absolute address, or null.</summary>
    public string? Redirect { get; init; }

    /// <summary>The authorization endpoint of the Bearer challenge, or null.</summary>
    public string? AuthorizationUri { get; init; }

    /// <summary>Whether the question that the role asks got no answer.</summary>
    public bool IsUnanswered { get; init; }

    /// <summary>What is wrong with the answer whatever other nodes answer (<see cref="FaultNames"/>), or null.</summary>
    public string? Fault { get; init; }

    /// <summary>An oddity that AutoDetect puts up with (<see cref="FaultNames"/>), or null.</summary>
    public string? Remark { get; init; }

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
            HostRole.AutoDiscover => AutoDiscover(asked!, observation),
            HostRole.ActiveSync => ActiveSync(asked!, observation),
            _ => reading,
        };
    }

    private static AnswerReading AutoDiscover(ObservedAnswer answer, Observation observation)
    {
        if (answer.StatusCode == 200 && UrlOf(answer.Body) is { } url)
        {
            return new AnswerReading { ActiveSyncUrl = url, Words = ["AutoDiscover V2: " + url] };
        }

        if (RedirectOf(answer, observation) is { } target)
        {
            var words = "AutoDiscover V2: redirect to " + target.OriginalString;
            return LeadsToAutoDiscover(target)
                ? new AnswerReading { Redirect = target.AbsoluteUri, Words = [words] }
                : new AnswerReading { Fault = LogonPage.IsAddress(target) ? FaultNames.PreAuthentication : null, Words = [words] };
        }

        // Exchange answers AutoDiscover V2 to everybody ([HMADOC]).
        var wantsLogon = answer.StatusCode == 401 || LogonPage.IsForm(answer);
        return new AnswerReading
        {
            Fault = wantsLogon ? FaultNames.PreAuthentication : null,
            Words = [$"AutoDiscover V2: HTTP {answer.StatusCode}{(LogonPage.IsForm(answer) ? " with a logon page" : answer.StatusCode == 200 ? " without a URL" : "")}"],
        };
    }

    private static AnswerReading ActiveSync(ObservedAnswer answer, Observation observation)
    {
        if (LogonPage.IsForm(answer) || RedirectOf(answer, observation) is { } target && LogonPage.IsAddress(target))
        {
            return new AnswerReading { Fault = FaultNames.PreAuthentication, Words = [$"ActiveSync: HTTP {answer.StatusCode}, a logon page"] };
        }

        var challenges = answer.Values("WWW-Authenticate").ToList();
        var bearer = challenges.FirstOrDefault(challenge => challenge.StartsWith("Bearer", StringComparison.OrdinalIgnoreCase));
        var uri = bearer is null ? null : Parameter(bearer, "authorization_uri");
        var (words, fault) = (bearer, uri) switch
        {
            (not null, not null) => ($"Bearer with {uri}", IsOffloaded(answer) ? FaultNames.TlsOffload : null),
            (not null, null) => ("Bearer without authorization_uri", FaultNames.MissingAuthorizationUri),
            _ when answer.StatusCode != 401 => ("no challenge", FaultNames.NoActiveSync),
            _ when challenges.Count > 0 => (string.Join(" and ", challenges.Select(challenge => challenge.Split(' ')[0])) + " only", null),
            _ => ("no challenge", FaultNames.ChallengesRemoved),
        };
        return new AnswerReading
        {
            AuthorizationUri = uri,
            Fault = fault,
            Remark = bearer is not null && IsMerged(bearer) ? FaultNames.ChallengesMerged : null,
            Words = [$"ActiveSync: HTTP {answer.StatusCode}, {words}"],
        };
    }

    /// <summary>Where a redirect leads; a target without a host counts from the host that was asked.</summary>
    private static Uri? RedirectOf(ObservedAnswer answer, Observation observation)
    {
        if (answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Values("Location").FirstOrDefault() is not { } location)
        {
            return null;
        }

        var asked = observation.Host.Length > 0 ? new UriBuilder(Uri.UriSchemeHttps, observation.Host, observation.Port, answer.Path.Split('?')[0]).Uri : null;
        return asked is not null && WebAddress.TryParse(location, asked, out var resolved) || WebAddress.TryParse(location, out resolved) ? resolved : null;
    }

    /// <summary>AutoDetect follows redirects to https alone.</summary>
    private static bool LeadsToAutoDiscover(Uri target) =>
        target.Scheme == Uri.UriSchemeHttps && target.AbsolutePath.Contains(AutoDiscoverFile, StringComparison.OrdinalIgnoreCase);

    private static bool IsOffloaded(ObservedAnswer answer) =>
        answer.Values("x-ms-diagnostics").Any(text => text.StartsWith(WrongAudience, StringComparison.Ordinal) && text.Contains("'http://", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether another challenge stands in the line of the Bearer one. Exchange Online's own has an empty realm.</summary>
    private static bool IsMerged(string bearer) => bearer.Contains(", Basic realm=\"", StringComparison.OrdinalIgnoreCase) && !bearer.Contains("realm=\"\"", StringComparison.OrdinalIgnoreCase);

    private static string? UrlOf(string body)
    {
        try
        {
            using var document = StrangersJson.Parse(body);
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
