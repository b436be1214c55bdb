using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>One form of text that a program prints, in a file that may hold several.</summary>
internal interface IEvidenceForm
{
    /// <summary>Whether the form begins with the line.</summary>
    bool Starts(EvidenceLine line);

    /// <summary>Whether a line that begins another form still belongs to this one.</summary>
    bool Keeps(IReadOnlyList<EvidenceLine> region, EvidenceLine line) => false;

    /// <summary>Reads the calls of a stretch of lines that begins with the form.</summary>
    IEnumerable<EvidenceCall> Read(IReadOnlyList<EvidenceLine> region);
}
