using System.Text;
using System.Text.Json;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>
/// A HAR file of Chrome, Firefox, Fiddler or mitmproxy (HAR 1.2): answers of https requests to AutoDiscover or ActiveSync paths, and requests that
/// failed. HAR holds no certificates; chains come from other evidence about the same host.
/// </summary>
internal static class HarForm
{
    private const int MaximumEntries = 10_000;
    private const string Ask = "HAR holds no certificates";

    /// <summary>What AutoDetect asks for.</summary>
    private static readonly string[] Asked = ["/autodiscover/", ExchangePaths.ActiveSync];

    /// <summary>The other virtual directories of Exchange.</summary>
    private static readonly string[] Directories = [.. Asked, "/owa", "/ecp", "/ews", "/mapi", "/oab", "/rpc", "/api"];

    public static bool IsLike(JsonElement root) => root.Find("log", "entries") is { ValueKind: JsonValueKind.Array };

    public static IEnumerable<EvidenceCall> Read(JsonElement root, int line) =>
        root.FindItems("log", "entries").Take(MaximumEntries).Select(entry => ReadEntry(entry, line)).OfType<EvidenceCall>();

    private static EvidenceCall? ReadEntry(JsonElement entry, int line)
    {
        var method = entry.FindText("request", "method") ?? "GET";
        if (method == "CONNECT" || !WebAddress.TryParse(entry.FindText("request", "url"), out var uri) || uri.Scheme != Uri.UriSchemeHttps)
        {
            return null;
        }

        var status = entry.FindNumber("response", "status") ?? 0;
        var error = entry.FindText("response", "_error") ?? entry.FindText("_error") ?? entry.FindText("response", "comment") ?? entry.FindText("comment") ?? "";

        // A browser that does not accept a certificate says so of any path of Exchange.
        var isRefusedCertificate = status <= 0 && error.Contains("ERR_CERT_", StringComparison.Ordinal) && (uri.AbsolutePath == "/" || Begins(uri, Directories));
        if (!isRefusedCertificate && !Begins(uri, Asked))
        {
            return null;
        }

        var at = EvidenceTime.Parse(entry.FindText("startedDateTime"));
        var call = new EvidenceCall
        {
            Form = "HAR",
            Line = line,
            Host = uri.IdnHost.ToLowerInvariant(),
            Port = uri.Port,
            SendsServerName = true,
            At = at,
            AtBasis = at is null ? null : "startedDateTime",
        };
        var body = Body(entry);
        if (status <= 0 || IsOfProxy(status, body, Headers(entry)))
        {
            return Failed(call, error.Length > 0 ? error : status > 0 ? body : entry.FindText("_securityState") ?? "", uri, line);
        }

        var answer = new ObservedAnswer { Method = method, Path = uri.PathAndQuery, StatusCode = status, Headers = [.. Headers(entry)], Body = body };
        return call with { Node = answer.Values("X-FEServer").FirstOrDefault(), Answers = [answer] };
    }

    /// <summary>A request without an answer: a fault of the connection, or the browser's word on a certificate that the file does not hold.</summary>
    private static EvidenceCall? Failed(EvidenceCall call, string error, Uri uri, int line)
    {
        var words = $"{uri.GetLeftPart(UriPartial.Path)} ended with {(error.Length == 0 ? "no answer" : error.Split('\n')[0] is var first && first.Length > 160 ? first[..160] + "..." : first)}";
        if (error.Contains("ERR_ABORTED", StringComparison.Ordinal) || error.Contains("ERR_BLOCKED", StringComparison.Ordinal))
        {
            return null;
        }

        if (error.Contains("CLIENT_AUTH", StringComparison.Ordinal))
        {
            return call with { DemandsClientCertificate = true, Verdict = null, Remarks = [words] };
        }

        var codes = error switch
        {
            _ when error.Contains("ERR_CERT_AUTHORITY_INVALID", StringComparison.Ordinal) || error.Contains("UNKNOWN_ISSUER", StringComparison.OrdinalIgnoreCase) || error.Contains("remote certificate is invalid", StringComparison.OrdinalIgnoreCase)
                => (string[]?)["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "UNABLE_TO_GET_ISSUER_CERT", "SELF_SIGNED_CERT_IN_CHAIN", "DEPTH_ZERO_SELF_SIGNED_CERT"],
            _ when error.Contains("ERR_CERT_DATE_INVALID", StringComparison.Ordinal) || error.Contains("EXPIRED_CERTIFICATE", StringComparison.OrdinalIgnoreCase) => ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"],
            _ when error.Contains("ERR_CERT_COMMON_NAME_INVALID", StringComparison.Ordinal) || error.Contains("BAD_CERT_DOMAIN", StringComparison.OrdinalIgnoreCase) => ["ERR_TLS_CERT_ALTNAME_INVALID"],
            _ when VerdictCodes.Find(error) is > 0 and var code => VerdictCodes.Of(code, words, line).Codes.ToArray(),
            _ when error.Contains("ERR_CERT_", StringComparison.Ordinal) || error.Contains("certificate", StringComparison.OrdinalIgnoreCase) || error is "broken" or "insecure" => [],
            _ => null,
        };
        if (codes is not null)
        {
            return call with { Verdict = new EvidenceVerdict { Passed = false, Codes = codes, Words = words + "; " + Ask, Line = line } };
        }

        return HandshakeFailures.Find(error, line, isDone: false) is { } failure
            ? call with { Failure = failure with { Words = words } }
            : call with { Verdict = new EvidenceVerdict { Passed = false, Words = words + "; " + Ask, Line = line } };
    }

    /// <summary>Fiddler and mitmproxy answer themselves where they cannot reach the server.</summary>
    private static bool IsOfProxy(int status, string body, IEnumerable<KeyValuePair<string, string>> headers) =>
        status == 502 && (headers.Any(header => header.Key.Equals("Server", StringComparison.OrdinalIgnoreCase) && header.Value.StartsWith("mitmproxy", StringComparison.OrdinalIgnoreCase)) || body.Contains("[Fiddler]", StringComparison.OrdinalIgnoreCase) || body.Contains("fiddler.network", StringComparison.OrdinalIgnoreCase) || body.Contains("mitmproxy", StringComparison.OrdinalIgnoreCase));

    private static bool Begins(Uri uri, string[] paths) => paths.Any(path => uri.AbsolutePath.StartsWith(path, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<KeyValuePair<string, string>> Headers(JsonElement entry)
    {
        foreach (var header in entry.FindItems("response", "headers"))
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
