using AutoDetectSim.Evidence.Calls;

namespace AutoDetectSim.Evidence;

/// <summary>What a file says.</summary>
/// <param name="Calls">The connections that it tells of, in order.</param>
/// <param name="Remarks">What the reader should know, in sentences without a full stop.</param>
internal sealed record EvidenceReading(IReadOnlyList<EvidenceCall> Calls, IReadOnlyList<string> Remarks)
{
    /// <summary>Faults that the file tells of and that no call holds, in sentences without a full stop.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];
}
