using System.Globalization;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Cli.Detect;

/// <summary>Nodes on which detections ended the same: always, never or sometimes as they should, and with the same problems.</summary>
/// <param name="Names">The nodes.</param>
/// <param name="Attempts">Detections that met one of them.</param>
/// <param name="Good">How many of those ended as they should.</param>
/// <param name="Problems">Each error and each outcome that is not the expected one, with its number.</param>
internal sealed record DetectNodeGroup(IReadOnlyList<string> Names, int Attempts, int Good, IReadOnlyList<string> Problems)
{
    /// <summary>The groups, in the order of their first nodes.</summary>
    public static IReadOnlyList<DetectNodeGroup> Of(DetectionRunResult run) =>
    [
        .. run.Nodes.OrderBy(node => node.Name, NaturalOrder.Instance)
            .Select(node => (Node: node, Good: DetectionText.Good(run, node), Outcomes: Unexpected(run, node)))
            .GroupBy(one => (
                IsGood: one.Good == one.Node.Attempts,
                IsBad: one.Good == 0,
                Problems: string.Join(' ', one.Node.Errors.Keys.Concat(one.Outcomes.Select(outcome => outcome.Key)).Order(StringComparer.Ordinal))))
            .Select(group => new DetectNodeGroup(
                [.. group.Select(one => one.Node.Name)],
                group.Sum(one => one.Node.Attempts),
                group.Sum(one => one.Good),
                [.. Counted(group.SelectMany(one => one.Node.Errors), string.Empty), .. Counted(group.SelectMany(one => one.Outcomes), $" instead of {run.ExpectedOutcome}")])),
    ];

    /// <summary>Whether the errors of the nodes are all errors that detections ended with.</summary>
    public static bool Explain(DetectionRunResult result) => result.Errors.All(error =>
        result.Nodes.Sum(node => node.Errors.GetValueOrDefault(error.Key)) == error.Value);

    private static IReadOnlyList<KeyValuePair<string, int>> Unexpected(DetectionRunResult run, NodeResult node) =>
        run.ExpectedOutcome is not { } expected ? [] : [.. node.Outcomes.Where(outcome => outcome.Key != expected)];

    private static IEnumerable<string> Counted(IEnumerable<KeyValuePair<string, int>> counts, string suffix) => counts
        .GroupBy(count => count.Key, StringComparer.Ordinal)
        .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key}{suffix} ({count.Sum(one => one.Value)})"));
}
