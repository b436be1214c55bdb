using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>Certificates as hexadecimal dumps, as <c>certutil -encodehex</c>, <c>Format-Hex</c> and xxd write them: one after the other, in the order in which a server sends them.</summary>
internal sealed partial class HexForm : IEvidenceForm
{
    private const int MaximumCertificates = 200;

    public bool Starts(EvidenceLine line) => First().IsMatch(line.Text);

    public IEnumerable<EvidenceCall> Read(IReadOnlyList<EvidenceLine> region)
    {
        var sent = new List<SentCertificate>();
        for (var index = 0; index < region.Count && sent.Count < MaximumCertificates; index++)
        {
            if (!First().IsMatch(region[index].Text))
            {
                continue;
            }

            var start = index;
            var bytes = new List<byte>();
            while (index < region.Count && Row().Match(region[index].Text) is { Success: true } row && OffsetOf(row) == bytes.Count)
            {
                var digits = string.Concat(row.Groups["bytes"].Value.Where(char.IsAsciiHexDigit));
                bytes.AddRange(Convert.FromHexString(digits[..(digits.Length / 2 * 2)]));
                index++;
            }

            index--;
            var (der, damage) = PemReader.ReadDer([.. bytes]);
            if (damage != PemReader.NotACertificate)
            {
                // Programs also dump keys and extensions of certificates.
                sent.Add(SentCertificate.Of(new PemBlock(region[start].Number, region[index].Number, der, damage)));
            }
        }

        if (sent.Count > 0)
        {
            yield return new EvidenceCall
            {
                Form = "hexadecimal dump",
                Line = region[0].Number,
                Sent = sent,
                Guesses = ["a dump of a certificate does not say what a server sends; it is taken for all that it sends, in this order"],
            };
        }
    }

    private static int OffsetOf(Match row) => int.TryParse(row.Groups["offset"].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var offset) ? offset : -1;

    /// <summary>A sequence with a length of two bytes begins every certificate.</summary>
    [GeneratedRegex("^0{4,16}:?\\s+30 ?82 ", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex First();

    [GeneratedRegex("^(?<offset>[0-9A-Fa-f]{4,16}):?\\s+(?<bytes>[0-9A-Fa-f]{2}( {0,2}[ -]?[0-9A-Fa-f]{2}){0,15})( |\\t|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
