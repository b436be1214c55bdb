using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>
/// Makes calls of findings of testssl.sh: one for each address and certificate. Version 3.0 writes the server's own certificate and how many were
/// sent; 3.2 writes the intermediates as well.
/// </summary>
internal static partial class TestsslCalls
{
    private const int MostCertificates = 20;

    private static readonly Dictionary<string, string> Versions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["TLS1"] = "1.0",
        ["TLS1_1"] = "1.1",
        ["TLS1_2"] = "1.2",
        ["TLS1_3"] = "1.3",
    };

    public static IEnumerable<EvidenceCall> Make(IReadOnlyList<TestsslFinding> findings, DateTimeOffset? at)
    {
        foreach (var server in findings.GroupBy(finding => (finding.Target, finding.Port)))
        {
            var all = server.ToList();
            var made = 0;
            foreach (var number in all.Select(finding => finding.Certificate).Where(number => number > 0).Distinct().DefaultIfEmpty(0))
            {
                if (MakeOne(server.Key.Target, server.Key.Port, all, number, at) is { } call)
                {
                    made++;
                    yield return call;
                }
            }

            if (made == 0 && Failed(all) is { } failure)
            {
                yield return Base(server.Key.Target, server.Key.Port, all, at) with { Failure = failure };
            }
        }
    }

    private static EvidenceCall? MakeOne(string? target, string? port, List<TestsslFinding> all, int number, DateTimeOffset? at)
    {
        var findings = number == 0 ? all : all.Where(finding => finding.Certificate == number || (finding.Certificate == 0 && IsOfServer(finding.Id))).ToList();
        var sent = new List<SentCertificate>();
        if (findings.Find(finding => finding.Id == "cert") is not { } own || PemReader.Read(own.Value, own.Line) is not [var leaf, ..])
        {
            return null;
        }

        sent.Add(SentCertificate.Of(leaf));
        foreach (var finding in findings.Where(finding => finding.Id.StartsWith("intermediate_cert <", StringComparison.Ordinal)).DistinctBy(finding => finding.Id, StringComparer.Ordinal))
        {
            sent.AddRange(PemReader.Read(finding.Value, finding.Line).Take(1).Select(SentCertificate.Of));
        }

        var count = Number(findings, "certs_countServer");
        var verdict = Verdict(findings);
        var guesses = new List<string>();
        if (count is null && verdict?.Passed == true && sent.Count == 1)
        {
            count = 2;
            guesses.Add("the file does not say how many certificates were sent; as the chain passed, one intermediate is assumed");
        }

        // What was sent and is not in the file is known by what it issued where the chain passed, and not at all otherwise.
        var issuer = verdict?.Passed == true ? sent[^1].Issuer : null;
        while (sent.Count < Math.Min(count ?? 0, MostCertificates))
        {
            sent.Add(new SentCertificate { Subject = issuer, Line = own.Line });
            issuer = null;
        }

        return Base(target, port, all, at) with
        {
            Line = own.Line,
            Sent = sent,
            IsListKnown = count is not null || findings.Exists(finding => finding.Id.StartsWith("intermediate_cert", StringComparison.Ordinal)),
            Verdict = verdict,
            TlsVersions = Accepted(all),
            DemandsClientCertificate = all.Exists(DemandsClientCertificate),
            Guesses = guesses,
            Remarks = number > 1 ? ["the server has several certificates, of different kinds of key; which one a client gets depends on what it offers"] : [],
        };
    }

    private static EvidenceCall Base(string? target, string? port, List<TestsslFinding> all, DateTimeOffset? at)
    {
        var host = target?.Split('/')[0];
        var service = all.Find(finding => finding.Id is "service" or "pre_128cipher_service" || finding.Id.StartsWith("optimal_proto", StringComparison.Ordinal))?.Value;
        var protocol = service?.Split(' ', ',', '/')[0].ToLowerInvariant() switch
        {
            "smtp" or "imap" or "pop" or "pop3" or "ftp" or "ldap" or "xmpp" or "nntp" or "lmtp" or "postgres" or "mysql" => service.Split(' ', ',', '/')[0].ToLowerInvariant(),
            _ => null,
        };
        return new EvidenceCall
        {
            Form = "testssl.sh",
            Line = all[0].Line,
            Host = CommandLine.Target(host).Host,
            Port = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536 ? number : null,
            SendsServerName = true,
            Protocol = protocol,
            At = at,
            AtBasis = at is null ? null : "startTime",
        };
    }

    /// <summary>Version 3.2 has a finding for it; 3.0 says it in place of the service.</summary>
    private static bool DemandsClientCertificate(TestsslFinding finding) => finding.Id switch
    {
        "clientAuth" => finding.Value.StartsWith("required", StringComparison.OrdinalIgnoreCase),
        "service" => finding.Value.Contains("certificate-based authentication", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static bool IsOfServer(string id) => Versions.ContainsKey(id) || id is "service" or "clientAuth";

    private static List<string> Accepted(List<TestsslFinding> findings)
    {
        // A list is one only where every version that counts was asked for.
        var known = findings.Where(finding => Versions.ContainsKey(finding.Id)).ToList();
        var offered = known.Where(finding => finding.Value.StartsWith("offered", StringComparison.OrdinalIgnoreCase) || finding.Value.Contains("is offered", StringComparison.OrdinalIgnoreCase) && !finding.Value.Contains("not offered", StringComparison.OrdinalIgnoreCase));
        return known.Select(finding => finding.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count() < 3 ? [] : [.. offered.Select(finding => Versions[finding.Id]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static EvidenceVerdict? Verdict(List<TestsslFinding> findings)
    {
        var trust = findings.Find(finding => finding.Id is "cert_chain_of_trust" or "chain_of_trust" or "trust_chain");
        if (trust is null)
        {
            return null;
        }

        var text = trust.Value;
        var words = $"{trust.Id}: {(text.Length > 120 ? text[..120] + "..." : text)}";
        if (text.StartsWith("passed", StringComparison.OrdinalIgnoreCase) || text.StartsWith("All certificate trust checks passed", StringComparison.OrdinalIgnoreCase))
        {
            return VerdictCodes.Of(0, words, trust.Line);
        }

        if (text.StartsWith("Some certificate trust checks failed", StringComparison.OrdinalIgnoreCase) || Passing().IsMatch(text))
        {
            // AutoDetect trusts what Mozilla does.
            if (Passing().Match(text) is { Success: true } passing && text[passing.Index..].Contains("Mozilla", StringComparison.Ordinal))
            {
                return VerdictCodes.Of(0, words, trust.Line);
            }
        }

        var code = text switch
        {
            _ when text.Contains("chain incomplete", StringComparison.OrdinalIgnoreCase) => 20,
            _ when text.Contains("self signed CA in chain", StringComparison.OrdinalIgnoreCase) => 19,
            _ when text.Contains("self signed", StringComparison.OrdinalIgnoreCase) => 18,
            _ when text.Contains("expired", StringComparison.OrdinalIgnoreCase) => 10,
            _ => -1,
        };
        return code > 0 ? VerdictCodes.Of(code, words, trust.Line) with { ReachedAnchor = code == 10 ? null : false } : new EvidenceVerdict { Passed = false, Words = words, Line = trust.Line, ReachedAnchor = false };
    }

    private static CallFailure? Failed(List<TestsslFinding> findings)
    {
        var problem = findings.Find(finding => finding.Id is "scanProblem" or "engine_problem" && finding.Value.Length > 0);
        return problem is null ? null
            : HandshakeFailures.Find(problem.Value, problem.Line, isDone: false)
                ?? (problem.Value.Contains("connect", StringComparison.OrdinalIgnoreCase) ? new CallFailure(NodeErrors.ConnectionRefused, TransportFault.Refused, problem.Value, problem.Line) : null);
    }

    private static int? Number(List<TestsslFinding> findings, string id)
    {
        var digits = new string([.. (findings.Find(finding => finding.Id == id)?.Value ?? "").SkipWhile(character => !char.IsAsciiDigit(character)).TakeWhile(char.IsAsciiDigit).Take(4)]);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>The screen has a colon before the names of the stores, files have an arrow.</summary>
    [GeneratedRegex("(?<!NOT )\\bOK(:| ->)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Passing();
}
