using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Diagnosis.Capture.Evidence;

/// <summary>
/// Output of <c>openssl s_client -showcerts</c>, standard output and error together or apart, of one call or of many in a row. Without
/// -showcerts the output holds the server's own certificate only; how many were sent stands in its list all the same.
/// </summary>
internal static partial class SClientEvidence
{
    private const string ChainTitle = "Certificate chain";
    private const string Connected = "CONNECTED(";

    /// <summary>The OpenSSL results that say that the path ended at no trust anchor.</summary>
    private static readonly int[] NoAnchor = [18, 19, 20];

    public static bool IsLike(string text) => text.Contains(ChainTitle, StringComparison.Ordinal) || text.Contains(Connected, StringComparison.Ordinal);

    public static IReadOnlyList<CapturedConnection> Parse(string text)
    {
        var starts = Start().Matches(text).Select(match => match.Index).ToList();
        if (starts.Count == 0)
        {
            starts.Add(0);
        }

        var connections = new List<CapturedConnection>();
        for (var index = 0; index < starts.Count; index++)
        {
            var from = index == 0 ? 0 : starts[index];
            var to = index + 1 < starts.Count ? starts[index + 1] : text.Length;
            if (ParseOne(text[from..to]) is { } connection)
            {
                connections.Add(connection);
            }
        }

        return connections;
    }

    private static CapturedConnection? ParseOne(string text)
    {
        var list = text.IndexOf(ChainTitle, StringComparison.Ordinal);
        var certificates = PemEvidence.Certificates(text.AsSpan(Math.Max(0, list)));
        var sent = list < 0 ? certificates.Count : Listed().Count(text.AsSpan(list));
        var own = text.IndexOf("Server certificate", StringComparison.Ordinal);
        if (own > 0 && certificates.Count > sent)
        {
            // Without a list, or after one whose certificates are not shown, the server's own is shown alone.
            certificates = [.. certificates.Take(Math.Max(1, sent))];
        }

        if (certificates.Count == 0)
        {
            return text.Contains(Connected, StringComparison.Ordinal) && list < 0 ? new CapturedConnection { ErrorCode = NodeErrors.ProtocolError } : null;
        }

        var code = ReturnCode().Match(text);
        int? result = code.Success ? int.Parse(code.Groups["code"].Value, CultureInfo.InvariantCulture) : null;
        var version = Version().Match(text);
        var host = ServerName().Match(text);
        return new CapturedConnection
        {
            Host = host.Success ? host.Groups["host"].Value : null,
            Presented = certificates,
            UnseenCertificates = Math.Max(0, sent - certificates.Count),
            ReachedAnchor = result switch
            {
                0 => true,
                { } failed when NoAnchor.Contains(failed) => false,
                _ => null,
            },
            TlsVersions = version.Success ? [version.Groups["version"].Value is "1" ? "1.0" : version.Groups["version"].Value] : [],
        };
    }

    [GeneratedRegex(@"^CONNECTED\(", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Start();

    [GeneratedRegex(@"^ ?\d{1,3} s:", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Listed();

    [GeneratedRegex(@"Verify return code: (?<code>\d{1,4})\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ReturnCode();

    [GeneratedRegex(@"^(New, |\s*Protocol *: *)TLSv(?<version>1(\.[0-3])?)\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Version();

    /// <summary>A pasted command line tells the host; s_client itself prints it nowhere.</summary>
    [GeneratedRegex(@"s_client\b.*-(servername|connect)[ =](?<host>[A-Za-z0-9.-]+\.[A-Za-z]{2,})", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ServerName();
}
