using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>
/// The text of Microsoft's Remote Connectivity Analyzer: names, ports, and what it says of certificates. It downloads missing issuers, so that a good word of
/// it says nothing of what was sent.
/// </summary>
internal sealed partial class AnalyzerForm : IEvidenceForm
{
    private static readonly string[] NotTrusted = ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "UNABLE_TO_GET_ISSUER_CERT", "SELF_SIGNED_CERT_IN_CHAIN", "DEPTH_ZERO_SELF_SIGNED_CERT"];

    public bool Starts(EvidenceLine line) => Start().IsMatch(line.Text);

    public IEnumerable<EvidenceCall> Read(IReadOnlyList<EvidenceLine> region)
    {
        string? host = null;
        var calls = new Dictionary<string, EvidenceCall>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in region)
        {
            if (Meant().Match(line.Text) is { Success: true } meant && CommandLine.Target(meant.Groups["host"].Value).Host is { } named)
            {
                host = named;
            }

            if (host is null)
            {
                continue;
            }

            var call = calls.GetValueOrDefault(host) ?? new EvidenceCall { Form = "Connectivity Analyzer", Line = line.Number, Host = host, Port = 443, SendsServerName = true, IsListKnown = false };
            calls[host] = Take(call, line);
        }

        return calls.Values.Where(call => call.Sent.Count > 0 || call.Failure is not null || call.Verdict is { Passed: false });
    }

    private static EvidenceCall Take(EvidenceCall call, EvidenceLine line)
    {
        var text = line.Text;
        if (Subject().Match(text) is { Success: true } names)
        {
            return call with
            {
                Line = line.Number,
                Sent = [new SentCertificate { Subject = EvidenceName.Parse(names.Groups["subject"].Value), Issuer = EvidenceName.Parse(names.Groups["issuer"].Value), Line = line.Number }],
                Remarks = ["the analyzer downloads missing issuers, so that it does not say what was sent; ask for " + Refusal.Command(call.Host)],
            };
        }

        (string Words, string Code, TransportFault Fault)[] failures =
        [
            ("host name couldn't be resolved", NodeErrors.NameNotFound, TransportFault.None),
            ("host name could not be resolved", NodeErrors.NameNotFound, TransportFault.None),
            ("port is either blocked, not listening", NodeErrors.ConnectionRefused, TransportFault.Refused),
        ];
        foreach (var (words, code, fault) in failures)
        {
            if (text.Contains(words, StringComparison.OrdinalIgnoreCase))
            {
                return call with { Line = line.Number, Failure = new CallFailure(code, fault, text, line.Number) };
            }
        }

        var codes = text switch
        {
            _ when text.Contains("chain couldn't be constructed", StringComparison.OrdinalIgnoreCase) || text.Contains("certificate chain wasn't trusted", StringComparison.OrdinalIgnoreCase) || text.Contains("trust validation failed", StringComparison.OrdinalIgnoreCase) || text.Contains("trust is being validated", StringComparison.OrdinalIgnoreCase) && text.Contains("failed", StringComparison.OrdinalIgnoreCase) => NotTrusted,
            _ when text.Contains("name validation failed", StringComparison.OrdinalIgnoreCase) || text.Contains("doesn't match any name found on the server certificate", StringComparison.OrdinalIgnoreCase) => ["ERR_TLS_CERT_ALTNAME_INVALID"],
            _ when text.Contains("certificate is expired", StringComparison.OrdinalIgnoreCase) || text.Contains("certificate has expired", StringComparison.OrdinalIgnoreCase) || text.Contains("date validation failed", StringComparison.OrdinalIgnoreCase) => ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"],
            _ => (string[]?)null,
        };
        return codes is null ? call : call with { Verdict = new EvidenceVerdict { Passed = false, Codes = codes, Words = text.Length > 160 ? text[..160] + "..." : text, Line = line.Number, ReachedAnchor = codes == NotTrusted ? false : null } };
    }

    [GeneratedRegex("^(Testing TCP port [0-9]+ on host |Attempting to resolve the host name |The Microsoft Connectivity Analyzer (is attempting|successfully obtained|wasn't able)|Testing the SSL certificate to make sure|Remote Certificate Subject: )", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Start();

    [GeneratedRegex("(port 443 on host|resolve the host name|from remote server) (?<host>[A-Za-z0-9._-]{1,255})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Meant();

    [GeneratedRegex("Remote Certificate Subject: (?<subject>.{3,600}?), Issuer: (?<issuer>.{3,600}?)\\.?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Subject();
}
