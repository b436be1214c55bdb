using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;

namespace AutoDetectSim.Evidence;

/// <summary>Finds lines that show a fault in a form of output that is not supported, in a file that has supported ones too: no fault may be dropped silently.</summary>
internal static partial class UnreadFaults
{
    private const int Most = 5;

    /// <summary>A sentence without a full stop for each.</summary>
    public static IReadOnlyList<string> Find(EvidenceDocument document, IEnumerable<EvidenceLine> lines, IReadOnlyList<EvidenceCall> calls)
    {
        var ordered = calls.OrderBy(call => call.Line).ToList();
        return
        [
            .. lines.Where(line => line.Text.Length is > 8 and < 2000 && Sign().IsMatch(line.Text) && !IsTold(ordered, line.Number)).Take(Most)
                .Select(line => $"{document.Name}, line {line.Number}: \"{(line.Text.Length > 120 ? line.Text[..120] + "..." : line.Text)}\" shows a fault, but this form of output is not supported, so it is left out. Ask for: {Refusal.CommandFor(line.Text)}"),
        ];
    }

    /// <summary>Whether the call that a line belongs to has failed anyway.</summary>
    private static bool IsTold(List<EvidenceCall> calls, int line) => calls.FindLast(call => call.Line <= line) is { } call && (call.Failure is not null || call.Verdict is { Passed: false });

    [GeneratedRegex(@"^ERROR: cannot verify .{3,255} certificate|^(WARNUNG|FEHLER): .{0,40}Zertifikat.{0,300}nicht gepr|Chain of trust +NOT ok|Certificate is NOT Trusted|^ERROR: Could not open a connection to host|^TcpTestSucceeded *: *False|Vertrauensstellung|relation de confiance|relaci.n de confianza|Could not establish trust relationship|SSLError|CERTIFICATE_VERIFY_FAILED|CERT_TRUST_IS_PARTIAL_CHAIN|SEC_ERROR_UNKNOWN_ISSUER|Chain issues[: ]+Incomplete|PKIX path building failed", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sign();
}
