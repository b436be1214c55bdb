using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Cli.Detect;

/// <summary>Nodes on which detections ended the same: always, never or sometimes with success, and with the same errors.</summary>
/// <param name="Names">The nodes.</param>
/// <param name="Attempts">Detections that met one of them.</param>
/// <param name="Successes">How many of those succeeded.</param>
/// <param name="Errors">How often each error occurred.</param>
internal sealed record DetectNodeGroup(IReadOnlyList<string> Names, int Attempts, int Successes, IReadOnlyDictionary<string, int> Errors)
{
    /// <summary>The groups, in the order of their first nodes.</summary>
    public static IReadOnlyList<DetectNodeGroup> Of(IReadOnlyList<NodeResult> nodes) =>
    [
        .. nodes.OrderBy(node => node.Name, NaturalOrder.Instance)
            .GroupBy(node => (IsGood: node.Successes == node.Attempts, IsBad: node.Successes == 0, Errors: string.Join(' ', node.Errors.Keys.Order(StringComparer.Ordinal))))
            .Select(group => new DetectNodeGroup(
                [.. group.Select(node => node.Name)],
                group.Sum(node => node.Attempts),
                group.Sum(node => node.Successes),
                group.SelectMany(node => node.Errors)
                    .GroupBy(error => error.Key, StringComparer.Ordinal)
                    .ToDictionary(error => error.Key, error => error.Sum(one => one.Value), StringComparer.Ordinal))),
    ];

    /// <summary>Whether the errors of the nodes are all errors that detections ended with.</summary>
    public static bool Explain(DetectionRunResult result) => result.Errors.All(error =>
        result.Nodes.Sum(node => node.Errors.GetValueOrDefault(error.Key)) == error.Value);
}
