using AutoDetectSim.Diagnosis.Checking.Grouping;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>Nodes that present, lack and answer the same.</summary>
internal sealed record NodeGroup(IReadOnlyList<string> Names, int Attempts, int Successes, string Chains, string Wrong, string Answers, bool IsGood)
{
    /// <summary>The nodes of a host, faulty ones first.</summary>
    public static IReadOnlyList<NodeGroup> Of(HostDocument host) =>
    [
        .. host.Nodes.GroupBy(node => (
                Chains: string.Join(", ", node.Chains),
                Wrong: string.Join("; ", node.Faults.Concat(node.Remarks).Select(FaultNames.Words)),
                Answers: string.Join("; ", node.Answers),
                IsGood: node.Faults.Count == 0))
            .OrderBy(group => group.Key.IsGood)
            .Select(group => new NodeGroup(
                [.. group.Select(node => node.Name)], group.Sum(node => node.Attempts), group.Sum(node => node.Successes), group.Key.Chains, group.Key.Wrong, group.Key.Answers, group.Key.IsGood)),
    ];
}
