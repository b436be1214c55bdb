using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>What s_client lists as sent: number, subject and issuer of each certificate, with -showcerts its PEM, and the server's own at the end.</summary>
internal static partial class SClientList
{
    private const int MaximumCertificates = 200;

    /// <summary>The certificates as sent, and whether their number is known.</summary>
    public static (IReadOnlyList<SentCertificate> Sent, bool IsKnown) Read(IReadOnlyList<EvidenceLine> lines)
    {
        var start = IndexOf(lines, "Certificate chain", 0);
        var own = IndexOf(lines, "Server certificate", Math.Max(0, start));
        if (start < 0)
        {
            // A list that was cut away leaves certificates, or the server's own alone.
            var blocks = PemReader.Read(own >= 0 ? [.. lines.Skip(own)] : lines);
            return blocks.Count > 0 ? ([.. blocks.Take(MaximumCertificates).Select(SentCertificate.Of)], own < 0) : (Brief(lines), false);
        }

        var end = start + 1;
        while (end < lines.Count && lines[end].Text != "---" && lines[end].Text != "Server certificate" && end - start < 40_000)
        {
            end++;
        }

        // A paste that stops within the list does not say what came after.
        var isWhole = end < lines.Count;
        var sent = Items([.. lines.Skip(start + 1).Take(end - start - 1)]);
        if (own >= 0 && PemReader.Read([.. lines.Skip(own).TakeWhile((line, index) => index == 0 || line.Text != "---")]) is [var server, ..])
        {
            var known = sent.Count > 0 ? sent[0] : new SentCertificate();
            if (known.Der is null && (known.Damage is null || server.Damage is null))
            {
                // Without -showcerts the server's own certificate stands below the list.
                var held = SentCertificate.Of(server);
                sent = [held.Damage is null ? held : known with { Damage = held.Damage, Line = held.Line }, .. sent.Skip(1)];
            }
        }

        return (sent, isWhole);
    }

    private static List<SentCertificate> Items(List<EvidenceLine> lines)
    {
        var sent = new List<SentCertificate>();
        var expected = 0;
        for (var index = 0; index < lines.Count && sent.Count < MaximumCertificates; index++)
        {
            var match = Item().Match(lines[index].Text);
            if (!match.Success)
            {
                continue;
            }

            var end = index + 1;
            while (end < lines.Count && !Item().IsMatch(lines[end].Text))
            {
                end++;
            }

            var number = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
            for (; expected < number && sent.Count < MaximumCertificates; expected++)
            {
                sent.Add(new SentCertificate { Line = lines[index].Number, Damage = "is missing from the list" });
            }

            expected = number + 1;
            sent.Add(One(match.Groups["subject"].Value, [.. lines.Skip(index).Take(end - index)]));
            index = end - 1;
        }

        return sent;
    }

    private static SentCertificate One(string subject, List<EvidenceLine> lines)
    {
        string? issuer = null;
        (DateTimeOffset? NotBefore, DateTimeOffset? NotAfter) validity = default;
        var part = 's';
        foreach (var line in lines.Skip(1))
        {
            var match = Part().Match(line.Text);
            if (match.Success)
            {
                part = match.Groups["part"].Value[0];
                issuer = part == 'i' ? match.Groups["text"].Value : issuer;
                validity = part == 'v' ? Validity(match.Groups["text"].Value) : validity;
            }
            else if (PemReader.Begins(line.Text))
            {
                break;
            }
            else if (part == 's')
            {
                subject += " " + line.Text;
            }
            else if (part == 'i')
            {
                issuer += " " + line.Text;
            }
        }

        var named = new SentCertificate
        {
            Subject = EvidenceName.Parse(subject),
            Issuer = EvidenceName.Parse(issuer),
            NotBefore = validity.NotBefore,
            NotAfter = validity.NotAfter,
            Line = lines[0].Number,
        };
        return PemReader.Read(lines) is [var block, ..]
            ? block.Damage is null ? SentCertificate.Of(block) : named with { Damage = block.Damage, Line = block.Line }
            : named;
    }

    private static (DateTimeOffset?, DateTimeOffset?) Validity(string text)
    {
        var parts = text.Split(';');
        return (EvidenceTime.Parse(After(parts[0])), parts.Length > 1 ? EvidenceTime.Parse(After(parts[1])) : null);

        static string After(string part) => part[(part.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>-brief names the server's own certificate, and no other.</summary>
    private static IReadOnlyList<SentCertificate> Brief(IReadOnlyList<EvidenceLine> lines)
    {
        var line = lines.FirstOrDefault(line => line.Text.StartsWith("Peer certificate:", StringComparison.Ordinal));
        return line is null ? [] : [new SentCertificate { Subject = EvidenceName.Parse(line.Text[17..]), Line = line.Number }];
    }

    private static int IndexOf(IReadOnlyList<EvidenceLine> lines, string text, int from)
    {
        for (var index = from; index < lines.Count; index++)
        {
            if (lines[index].Text == text)
            {
                return index;
            }
        }

        return -1;
    }

    [GeneratedRegex("^(?<number>[0-9]{1,3}) s:(?<subject>.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Item();

    [GeneratedRegex("^(?<part>[iav]):(?<text>.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
