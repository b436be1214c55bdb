using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>
/// HTTP answers in text: status line, fields (also where mail broke them), body. What was asked stands in front of the answer, or is concluded from what
/// came: a challenge with Exchange's marks is ActiveSync's, a Protocol and Url are AutoDiscover's.
/// </summary>
internal static partial class HttpHead
{
    private const string AutoDiscoverPath = "/autodiscover/autodiscover.json";
    private const int LongestBody = 2000;
    private const string DetectPath = "/detect";

    public static bool IsStatusLine(string text) => text.StartsWith("HTTP/", StringComparison.Ordinal) && StatusLine().IsMatch(text);

    /// <summary>Every answer in some lines; interim answers and those of proxies to CONNECT are passed over.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="asked">The path that was asked for, where it is known from elsewhere.</param>
    public static IReadOnlyList<ObservedAnswer> Read(IReadOnlyList<EvidenceLine> lines, string? asked = null)
    {
        var answers = new List<ObservedAnswer>();
        string? request = null;
        for (var index = 0; index < lines.Count; index++)
        {
            if (RequestLine().Match(lines[index].Text) is { Success: true } sent)
            {
                request = sent.Value;
                continue;
            }

            if (!IsStatusLine(lines[index].Text))
            {
                continue;
            }

            var end = index + 1;
            while (end < lines.Count && !IsStatusLine(lines[end].Text))
            {
                end++;
            }

            if (ReadOne([.. lines.Skip(index).Take(end - index)], request, asked) is { } answer)
            {
                answers.Add(answer);
            }

            index = end - 1;
        }

        return answers;
    }

    /// <summary>An answer whose fields are known; what was asked is concluded where nothing says it.</summary>
    public static ObservedAnswer? Make(int status, IReadOnlyList<KeyValuePair<string, string>> headers, string body, string? method, string? path)
    {
        if (headers.Count == 0 || status < 200)
        {
            return null;
        }

        var concluded = path ?? Conclude(headers, body);
        return concluded is null ? null : new ObservedAnswer { Method = method ?? "GET", Path = concluded, StatusCode = status, Headers = headers, Body = body.Trim() };
    }

    private static ObservedAnswer? ReadOne(List<EvidenceLine> lines, string? request, string? asked)
    {
        var headers = new List<KeyValuePair<string, string>>();
        var index = 1;
        for (; index < lines.Count && lines[index].Text.Length > 0 && lines[index].Text[0] is not ('{' or '<'); index++)
        {
            var field = Field().Match(lines[index].Text);
            if (field.Success)
            {
                headers.Add(KeyValuePair.Create(field.Groups["name"].Value, field.Groups["value"].Value.Trim()));
            }
            else if (headers.Count > 0)
            {
                // A mail program broke the line.
                headers[^1] = KeyValuePair.Create(headers[^1].Key, headers[^1].Value + " " + lines[index].Text);
            }
        }

        var body = string.Join('\n', lines.Skip(index).Take(LongestBody).Select(line => line.Text));
        var code = int.Parse(StatusLine().Match(lines[0].Text).Groups["code"].Value, CultureInfo.InvariantCulture);
        var parts = request?.Split(' ');
        return Make(code, headers, body, parts?[0], parts?[1] ?? asked);
    }

    /// <summary>401 of anything else than Exchange is not taken for ActiveSync's.</summary>
    private static string? Conclude(IReadOnlyList<KeyValuePair<string, string>> headers, string body)
    {
        if (body.Contains("\"Protocol\"", StringComparison.OrdinalIgnoreCase) || body.Contains("\"ErrorCode\"", StringComparison.Ordinal)
            || Has("Location", "autodiscover.json"))
        {
            return AutoDiscoverPath;
        }

        if (Has(AutoDetectHeaders.AutoDv2Error, "") || Has(AutoDetectHeaders.DebugSupport, ""))
        {
            return DetectPath;
        }

        // ActiveSync offers neither of the two; EWS, MAPI and others do.
        if (Has("WWW-Authenticate", "Negotiate") || Has("WWW-Authenticate", "NTLM"))
        {
            return null;
        }

        return Has("WWW-Authenticate", "00000002-0000-0ff1-ce00-000000000000") || Has("MS-Server-ActiveSync", "") || Has("x-ms-diagnostics", "") || Has("X-OWA-Version", "") || Has("X-FEServer", "")
            ? ExchangePaths.ActiveSync
            : null;

        bool Has(string name, string part) => headers.Any(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase) && header.Value.Contains(part, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>When the server answered by its own clock, or null.</summary>
    public static DateTimeOffset? DateOf(IEnumerable<ObservedAnswer> answers) => answers.SelectMany(answer => answer.Values("Date")).Select(EvidenceTime.Parse).FirstOrDefault(time => time is not null);

    [GeneratedRegex(@"^HTTP/[0-9](\.[0-9])? (?<code>[1-5][0-9]{2})( |$)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex StatusLine();

    [GeneratedRegex(@"^(GET|POST|OPTIONS|HEAD|PUT) /[!-~]{0,2000} HTTP/[0-9.]{1,3}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"^(?<name>[A-Za-z][A-Za-z0-9_-]{0,60}): ?(?<value>.*)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Field();
}
