using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>Output of <c>gnutls-cli</c>, with --print-cert or without: every certificate by its names, and GnuTLS's verdict.</summary>
internal sealed partial class GnutlsForm : IEvidenceForm
{
    private static readonly string[] Untrusted = ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "UNABLE_TO_GET_ISSUER_CERT", "SELF_SIGNED_CERT_IN_CHAIN", "DEPTH_ZERO_SELF_SIGNED_CERT"];

    public bool Starts(EvidenceLine line) => Start().IsMatch(line.Text) || Command(line.Text) is not null;

    /// <summary>The certificates that it prints are its own.</summary>
    public bool Keeps(IReadOnlyList<EvidenceLine> region, EvidenceLine line) => PemReader.Begins(line.Text) && region.Any(known => Item().IsMatch(known.Text)) || HttpHead.IsStatusLine(line.Text);

    public IEnumerable<EvidenceCall> Read(IReadOnlyList<EvidenceLine> region)
    {
        var segment = new List<EvidenceLine>();
        (string? Host, int? Port, string? Name) command = default;
        foreach (var line in region)
        {
            if (Command(line.Text) is { } found)
            {
                foreach (var call in Parse(segment, command))
                {
                    yield return call;
                }

                (segment, command) = ([line], found);
                continue;
            }

            if (line.Text.StartsWith("Processed ", StringComparison.Ordinal) && segment.Exists(known => known.Text.StartsWith("Processed ", StringComparison.Ordinal)))
            {
                foreach (var call in Parse(segment, command))
                {
                    yield return call;
                }

                segment = [];
            }

            segment.Add(line);
        }

        foreach (var call in Parse(segment, command))
        {
            yield return call;
        }
    }

    private static IEnumerable<EvidenceCall> Parse(List<EvidenceLine> lines, (string? Host, int? Port, string? Name) command)
    {
        var sent = Sent(lines);
        var isDone = lines.Exists(line => line.Text.Contains("Handshake was completed", StringComparison.Ordinal));
        var alert = lines.Select(line => (Line: line, Match: Alert().Match(line.Text))).FirstOrDefault(found => found.Match.Success);
        var failure = alert.Line is null
            ? isDone || sent.Count > 0 ? null : HandshakeFailures.Find(lines, isDone: false)
            : new CallFailure(NodeErrors.ProtocolError, TransportFault.Alert, alert.Line.Text, alert.Line.Number)
            {
                Alert = ((TlsAlertDescription)int.Parse(alert.Match.Groups["number"].Value, CultureInfo.InvariantCulture)).ToRfcName(),
            };
        if (sent.Count == 0 && failure is null)
        {
            yield break;
        }

        var target = lines.Select(line => Target().Match(line.Text)).Where(match => match.Success).Select(match => CommandLine.Target(match.Groups["target"].Value)).FirstOrDefault();
        var isAsked = sent.Count > 0 && lines.Exists(line => line.Text.Contains("Server has requested a certificate", StringComparison.Ordinal));
        var demands = failure is not null && isAsked;
        var answers = HttpHead.Read(lines);
        var host = command.Host ?? target.Host;
        yield return new EvidenceCall
        {
            Form = "gnutls-cli",
            Line = lines[0].Number,
            Host = host,
            Port = command.Port ?? target.Port,
            ServerName = command.Name,
            SendsServerName = true,
            Sent = sent,
            Verdict = Verdict(lines),
            TlsVersions = NegotiatedVersion.Only(lines),
            Failure = demands ? null : failure,
            DemandsClientCertificate = demands,
            Answers = answers,
            Guesses = isAsked && !demands && answers.Count == 0 ? [ClientCertificateDemand.Unknown(host)] : [],
            Remarks = isAsked && !demands && answers.Count > 0 ? [ClientCertificateDemand.GoesOn] : [],
        };
    }

    private static List<SentCertificate> Sent(List<EvidenceLine> lines)
    {
        var sent = new List<SentCertificate>();
        for (var index = 0; index < lines.Count; index++)
        {
            if (!Item().IsMatch(lines[index].Text) || sent.Count >= 200)
            {
                continue;
            }

            var end = index + 1;
            while (end < lines.Count && !Item().IsMatch(lines[end].Text) && !lines[end].Text.StartsWith("- Status", StringComparison.Ordinal))
            {
                end++;
            }

            var part = lines.GetRange(index, end - index);
            var names = Names().Match(string.Join(' ', part.Skip(1).Take(4).Select(line => line.Text)));
            var named = new SentCertificate
            {
                Subject = EvidenceName.Parse(names.Groups["subject"].Value),
                Issuer = EvidenceName.Parse(names.Groups["issuer"].Value),
                Line = lines[index].Number,
            };
            sent.Add(PemReader.Read(part) is [var block, ..] ? block.Damage is null ? SentCertificate.Of(block) : named with { Damage = block.Damage, Line = block.Line } : named);
            index = end - 1;
        }

        return sent;
    }

    private static EvidenceVerdict? Verdict(List<EvidenceLine> lines)
    {
        var status = lines.Find(line => line.Text.StartsWith("- Status:", StringComparison.Ordinal));
        if (status is null)
        {
            return null;
        }

        var text = status.Text;
        var isUnknown = text.Contains("issuer is unknown", StringComparison.Ordinal) || text.Contains("not trusted", StringComparison.Ordinal);
        var codes = new List<string>();
        codes.AddRange(isUnknown ? Untrusted : []);
        codes.AddRange(text.Contains("expired", StringComparison.Ordinal) ? ["CERT_HAS_EXPIRED"] : []);
        codes.AddRange(text.Contains("not yet activated", StringComparison.Ordinal) || text.Contains("not yet valid", StringComparison.Ordinal) ? ["CERT_NOT_YET_VALID"] : []);
        codes.AddRange(codes.Count == 0 && text.Contains("does not match", StringComparison.Ordinal) ? ["ERR_TLS_CERT_ALTNAME_INVALID"] : []);
        return new EvidenceVerdict
        {
            Passed = !text.Contains("NOT trusted", StringComparison.Ordinal),
            Codes = codes,
            Words = text[2..],
            Line = status.Number,
            ReachedAnchor = !text.Contains("NOT trusted", StringComparison.Ordinal) ? true : isUnknown ? false : null,
        };
    }

    private static (string? Host, int? Port, string? Name)? Command(string text)
    {
        if (CommandLine.After(text, "gnutls-cli") is not { Count: > 0 } words)
        {
            return null;
        }

        var port = CommandLine.Value(words, "-p", "--port");
        var name = CommandLine.Value(words, "--sni-hostname");
        var host = words.LastOrDefault(word => word[0] != '-' && word != port && CommandLine.Target(word).Host is not null && word.Contains('.', StringComparison.Ordinal));
        return host is null ? null : (CommandLine.Target(host).Host, CommandLine.Target("x:" + (port ?? "443")).Port ?? CommandLine.Target(host).Port, CommandLine.Target(name).Host);
    }

    [GeneratedRegex(@"^(\*\*\* (Fatal error:|Received alert|PKI verification)|Could not connect to [0-9A-Za-z.:\[]+: |Processed [0-9]+ CA certificate|Resolving '|- Certificate type: X\.509|- Certificate\[[0-9]+\] info:)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Start();

    [GeneratedRegex(@"^- Certificate\[[0-9]+\] info:", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Item();

    [GeneratedRegex("^(Resolving|Connecting to) '(?<target>[^']{1,300})'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Target();

    [GeneratedRegex("subject [`'\"](?<subject>[^`'\"]{0,1000})['\"], issuer [`'\"](?<issuer>[^`'\"]{0,1000})['\"]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Names();

    [GeneratedRegex(@"Received alert \[(?<number>[0-9]{1,3})\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Alert();
}
