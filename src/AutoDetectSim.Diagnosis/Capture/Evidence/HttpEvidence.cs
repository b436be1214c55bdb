using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Diagnosis.Checking.Connecting;

namespace AutoDetectSim.Diagnosis.Capture.Evidence;

/// <summary>
/// Response headers as <c>curl -D</c> and <c>curl -i</c> save them, one answer or several, bodies included. What was asked is concluded from what
/// came: a challenge is ActiveSync's, a Protocol and Url are AutoDiscover's.
/// </summary>
internal static partial class HttpEvidence
{
    public static bool IsLike(ReadOnlySpan<char> text) => StatusLine().IsMatch(text);

    public static IReadOnlyList<CapturedConnection> Parse(string text)
    {
        var starts = StatusLine().Matches(text).ToList();
        return [.. starts.Select((start, index) => ParseOne(start, text[start.Index..(index + 1 < starts.Count ? starts[index + 1].Index : text.Length)])).OfType<CapturedConnection>()];
    }

    private static CapturedConnection? ParseOne(Match status, string block)
    {
        var lines = block.ReplaceLineEndings("\n").Split('\n');
        var headers = new List<KeyValuePair<string, string>>();
        var index = 1;
        for (; index < lines.Length && lines[index].Length > 0; index++)
        {
            var colon = lines[index].IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers.Add(KeyValuePair.Create(lines[index][..colon].Trim(), lines[index][(colon + 1)..].Trim()));
            }
        }

        var body = string.Join('\n', lines.Skip(index + 1));
        var code = int.Parse(status.Groups["code"].Value, CultureInfo.InvariantCulture);
        if (headers.Count == 0 || code < 200)
        {
            // An interim answer, or a proxy's to CONNECT, says nothing of the server.
            return null;
        }

        var isAutoDiscover = body.Contains("\"Protocol\"", StringComparison.OrdinalIgnoreCase)
            || headers.Exists(header => header.Key.Equals("Location", StringComparison.OrdinalIgnoreCase) && header.Value.Contains("autodiscover.json", StringComparison.OrdinalIgnoreCase));
        var answer = new ObservedAnswer
        {
            Method = "GET",
            Path = isAutoDiscover ? "/autodiscover/autodiscover.json" : ProbeTarget.ActiveSyncPath,
            StatusCode = code,
            Headers = headers,
            Body = body.Trim(),
        };
        return new CapturedConnection { Node = answer.Values("X-FEServer").FirstOrDefault(), Answers = [answer] };
    }

    [GeneratedRegex(@"^HTTP/[0-9](\.[0-9])? (?<code>[1-5][0-9]{2})\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex StatusLine();
}
