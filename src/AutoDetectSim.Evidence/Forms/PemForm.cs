using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>PEM certificates alone, in the order in which a server sends them.</summary>
internal sealed class PemForm : IEvidenceForm
{
    private const int MaximumCertificates = 200;

    public bool Starts(EvidenceLine line) => PemReader.Begins(line.Text);

    public IEnumerable<EvidenceCall> Read(IReadOnlyList<EvidenceLine> region)
    {
        var blocks = PemReader.Read(region);
        if (blocks.Count > 0)
        {
            yield return new EvidenceCall
            {
                Form = "PEM",
                Line = blocks[0].Line,
                Sent = [.. blocks.Take(MaximumCertificates).Select(SentCertificate.Of)],
                Guesses = ["PEM alone does not say what a server sends; it is taken for all that it sends, in this order"],
            };
        }
    }
}
