using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>Output of <c>keytool -printcert -sslserver</c>, with -rfc (PEM) or without (names): the certificates as sent, without a verdict.</summary>
internal sealed partial class KeytoolForm : IEvidenceForm
{
    public bool Starts(EvidenceLine line) => Item().IsMatch(line.Text) || Command(line.Text) is not null;

    public bool Keeps(IReadOnlyList<EvidenceLine> region, EvidenceLine line) => PemReader.Begins(line.Text);

    public IEnumerable<EvidenceCall> Read(IReadOnlyList<EvidenceLine> region)
    {
        var segment = new List<EvidenceLine>();
        (string? Host, int? Port) target = default;
        foreach (var line in region)
        {
            var command = Command(line.Text);
            if (command is not null || (First().IsMatch(line.Text) && segment.Exists(known => First().IsMatch(known.Text))))
            {
                if (Parse(segment, target) is { } call)
                {
                    yield return call;
                }

                (segment, target) = ([], command ?? target);
            }

            segment.Add(line);
        }

        if (Parse(segment, target) is { } last)
        {
            yield return last;
        }
    }

    private static EvidenceCall? Parse(List<EvidenceLine> lines, (string? Host, int? Port) target)
    {
        var blocks = PemReader.Read(lines);
        var sent = blocks.Count > 0 ? [.. blocks.Take(200).Select(SentCertificate.Of)] : Named(lines);
        return sent.Count == 0 ? null : new EvidenceCall { Form = "keytool", Line = lines[0].Number, Host = target.Host, Port = target.Port, SendsServerName = target.Host is null ? null : true, Sent = sent };
    }

    private static List<SentCertificate> Named(List<EvidenceLine> region)
    {
        var sent = new List<SentCertificate>();
        for (var index = 0; index < region.Count && sent.Count < 200; index++)
        {
            if (Owner().Match(region[index].Text) is not { Success: true } owner)
            {
                continue;
            }

            var part = region.Skip(index).TakeWhile((line, offset) => offset == 0 || !Owner().IsMatch(line.Text)).Take(300).ToList();
            var validity = part.Select(line => Validity().Match(line.Text)).FirstOrDefault(match => match.Success);
            sent.Add(new SentCertificate
            {
                Subject = EvidenceName.Parse(owner.Groups["name"].Value),
                Issuer = EvidenceName.Parse(part.Select(line => Issuer().Match(line.Text)).FirstOrDefault(match => match.Success)?.Groups["name"].Value),
                NotBefore = EvidenceTime.Parse(validity?.Groups["from"].Value),
                NotAfter = EvidenceTime.Parse(validity?.Groups["until"].Value),
                Hosts = [.. part.Where(line => line.Text.StartsWith("DNSName: ", StringComparison.Ordinal)).Select(line => line.Text[9..].Trim().ToLowerInvariant())],
                HasEveryHost = part.Exists(line => line.Text.StartsWith("DNSName: ", StringComparison.Ordinal)),
                Line = region[index].Number,
            });
        }

        return sent;
    }

    private static (string? Host, int? Port)? Command(string text) =>
        CommandLine.After(text, "keytool") is { } words && CommandLine.Value(words, "-sslserver") is { } server ? CommandLine.Target(server) : null;

    [GeneratedRegex(@"^(Certificate #[0-9]+$|Certificate\[[0-9]+\]:$|(Owner|Eigent.{1,2}mer|所有者): )", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Item();

    /// <summary>Each call numbers its certificates from the server's own upwards.</summary>
    [GeneratedRegex(@"^(Certificate #0|Certificate\[1\]:)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex First();

    /// <summary>keytool speaks English, German, Japanese and Chinese.</summary>
    [GeneratedRegex("^(Owner|Eigent.{1,2}mer|所有者): (?<name>.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Owner();

    [GeneratedRegex("^(Issuer|Aussteller|発行者|发布者): (?<name>.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Issuer();

    /// <summary>Two times, which Java prints alike in every language.</summary>
    [GeneratedRegex("^[^:]{3,40}: (?<from>[A-Z][a-z]{2} [A-Z][a-z]{2} [0-9]{1,2} [0-9:]{8} [^ ]{1,12} [0-9]{4}).{0,20}: (?<until>[A-Z][a-z]{2} [A-Z][a-z]{2} [0-9]{1,2} [0-9:]{8} [^ ]{1,12} [0-9]{4})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Validity();
}
