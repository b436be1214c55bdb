using System.Text.RegularExpressions;
using AutoDetectSim.Diagnosis.Capture.Evidence.Calls;
using AutoDetectSim.Diagnosis.Capture.Evidence.Envelope;

namespace AutoDetectSim.Diagnosis.Capture.Evidence.Forms;

/// <summary>Output of <c>keytool -printcert -sslserver</c>, with -rfc (PEM) or without (names): the certificates as sent, without a verdict.</summary>
internal sealed partial class KeytoolForm : IEvidenceForm
{
    public bool Starts(EvidenceLine line) => Item().IsMatch(line.Text) || Command(line.Text) is not null;

    public bool Keeps(IReadOnlyList<EvidenceLine> region, EvidenceLine line) => PemReader.Begins(line.Text);

    public IEnumerable<EvidenceCall> Read(IReadOnlyList<EvidenceLine> region)
    {
        var (host, port) = region.Select(line => Command(line.Text)).FirstOrDefault(found => found is not null) ?? default;
        var blocks = PemReader.Read(region);
        var sent = blocks.Count > 0 ? [.. blocks.Take(200).Select(SentCertificate.Of)] : Named(region);
        if (sent.Count > 0)
        {
            yield return new EvidenceCall { Form = "keytool", Line = region[0].Number, Host = host, Port = port, SendsServerName = host is null ? null : true, Sent = sent };
        }
    }

    private static List<SentCertificate> Named(IReadOnlyList<EvidenceLine> region)
    {
        var sent = new List<SentCertificate>();
        for (var index = 0; index < region.Count && sent.Count < 200; index++)
        {
            if (!region[index].Text.StartsWith("Owner: ", StringComparison.Ordinal))
            {
                continue;
            }

            var part = region.Skip(index).TakeWhile((line, offset) => offset == 0 || !line.Text.StartsWith("Owner: ", StringComparison.Ordinal)).Take(300).ToList();
            var validity = part.Select(line => Validity().Match(line.Text)).FirstOrDefault(match => match.Success);
            sent.Add(new SentCertificate
            {
                Subject = EvidenceName.Parse(region[index].Text[7..]),
                Issuer = EvidenceName.Parse(part.Select(line => line.Text).FirstOrDefault(text => text.StartsWith("Issuer: ", StringComparison.Ordinal))?[8..]),
                NotBefore = EvidenceTime.Parse(validity?.Groups["from"].Value),
                NotAfter = EvidenceTime.Parse(validity?.Groups["until"].Value),
                Hosts = [.. part.Where(line => line.Text.StartsWith("DNSName: ", StringComparison.Ordinal)).Select(line => line.Text[9..].Trim().ToLowerInvariant())],
                Line = region[index].Number,
            });
        }

        return sent;
    }

    private static (string? Host, int? Port)? Command(string text) =>
        CommandLine.After(text, "keytool") is { } words && CommandLine.Value(words, "-sslserver") is { } server ? CommandLine.Target(server) : null;

    [GeneratedRegex(@"^(Certificate #[0-9]+$|Certificate\[[0-9]+\]:$|Owner: )", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Item();

    [GeneratedRegex("^Valid from: (?<from>.{10,40}) until: (?<until>.{10,40})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Validity();
}
