using System.Text;
using System.Text.Json;
using AutoDetectSim.Diagnosis.Checking.Connecting;

namespace AutoDetectSim.Diagnosis.Capture.Evidence;

/// <summary>
/// A HAR file of a browser or a proxy (HAR 1.2): the answers of every https request to AutoDiscover or ActiveSync paths. HAR holds no
/// certificates; chains come from other evidence about the same host.
/// </summary>
internal static class HarEvidence
{
    private const int MaximumEntries = 10_000;

    public static bool IsLike(JsonElement root) => root.Find("log", "entries") is { ValueKind: JsonValueKind.Array };

    public static IReadOnlyList<CapturedConnection> Parse(JsonElement root) =>
        [.. root.GetProperty("log").GetProperty("entries").EnumerateArray().Take(MaximumEntries).Select(ParseEntry).OfType<CapturedConnection>()];

    private static CapturedConnection? ParseEntry(JsonElement entry)
    {
        if (!Uri.TryCreate(entry.FindText("request", "url"), UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || !IsOfInterest(uri)
            || entry.Find("response", "status") is not { ValueKind: JsonValueKind.Number } status || !status.TryGetInt32(out var code) || code <= 0)
        {
            return null;
        }

        var answer = new ObservedAnswer
        {
            Method = entry.FindText("request", "method") ?? "GET",
            Path = uri.PathAndQuery,
            StatusCode = code,
            Headers = [.. Headers(entry)],
            Body = Body(entry),
        };
        return new CapturedConnection
        {
            Host = uri.IdnHost,
            Port = uri.Port,
            Node = answer.Values("X-FEServer").FirstOrDefault(),
            Answers = [answer],
        };
    }

    private static bool IsOfInterest(Uri uri) =>
        uri.AbsolutePath.StartsWith("/autodiscover/", StringComparison.OrdinalIgnoreCase)
        || uri.AbsolutePath.StartsWith(ProbeTarget.ActiveSyncPath, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<KeyValuePair<string, string>> Headers(JsonElement entry)
    {
        if (entry.Find("response", "headers") is not { ValueKind: JsonValueKind.Array } headers)
        {
            yield break;
        }

        foreach (var header in headers.EnumerateArray())
        {
            if (header.FindText("name") is { } name && header.FindText("value") is { } value)
            {
                // Browsers put repeated fields into one value with line ends between them.
                foreach (var one in value.Split('\n'))
                {
                    yield return KeyValuePair.Create(name, one);
                }
            }
        }
    }

    private static string Body(JsonElement entry)
    {
        var text = entry.FindText("response", "content", "text") ?? "";
        if (entry.FindText("response", "content", "encoding") is not "base64")
        {
            return text;
        }

        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            return "";
        }
    }
}
