using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>Response heads as <c>curl -i</c>, <c>curl -D</c> and browsers save them, without anything that says where they come from.</summary>
internal sealed class HttpForm : IEvidenceForm
{
    public bool Starts(EvidenceLine line) => HttpHead.IsStatusLine(line.Text);

    public IEnumerable<EvidenceCall> Read(IReadOnlyList<EvidenceLine> region) =>
        HttpHead.Read(region).Select(answer => new EvidenceCall
        {
            Form = "response headers",
            Line = region[0].Number,
            At = HttpHead.DateOf([answer]),
            AtBasis = HttpHead.DateOf([answer]) is null ? null : "the Date header",
            Node = answer.Values("X-FEServer").FirstOrDefault(),
            Answers = [answer],
        });
}
