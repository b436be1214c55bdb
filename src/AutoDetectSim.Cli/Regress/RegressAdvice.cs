using System.Globalization;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Regression.Reports;

namespace AutoDetectSim.Cli.Regress;

/// <summary>What a tool did in a world that it misjudged, and what its author can do about it.</summary>
internal static class RegressAdvice
{
    private const string Healthy = "healthy";
    private const string Good = NodeErrors.Ok;

    /// <summary>The lines.</summary>
    public static IEnumerable<string> Of(WorldDocument world)
    {
        if (world.NeverConnected)
        {
            yield return "The tool did not connect to the lab, so it has no verdict. It finds the lab through HTTPS_PROXY, or through placeholders such as {gateway} or {endpoint} in its arguments.";
            foreach (var line in world.Timeline ?? [])
            {
                yield return "  " + line;
            }

            yield break;
        }

        var (nodes, unmet) = (world.Nodes ?? [], world.Unmet ?? []);
        foreach (var group in nodes.GroupBy(node => string.Join(" and ", node.Verdicts), StringComparer.Ordinal))
        {
            var connections = group.Sum(node => node.Connections);
            yield return string.Create(CultureInfo.InvariantCulture, $"met {NameRow.Of([.. group.Select(node => node.Name)])} in {connections} {(connections == 1 ? "connection" : "connections")}: {group.Key}");
        }

        if (nodes.Count > 0 && unmet.Count > 0)
        {
            yield return "did not meet " + NameRow.Of(unmet);
        }

        foreach (var line in world.Timeline ?? [])
        {
            yield return "  " + line;
        }

        if (world is { Expected.State: not Healthy, Said.State: Healthy })
        {
            var bad = nodes.Where(node => node.Verdicts.Any(verdict => verdict != Good)).Select(node => node.Name).ToList();
            yield return bad.Count > 0
                ? $"The tool met {NameRow.Of(bad)}, which AutoDetect rejects, and did not notice."
                : Missed(nodes.Count, unmet.Count, nodes.Sum(node => node.Connections));
        }
    }

    private static string Missed(int met, int unmet, int connections) => (met, unmet) switch
    {
        (0, _) => "The tool met no server of the customer.",
        (_, 0) => string.Create(CultureInfo.InvariantCulture, $"The tool met {(met == 1 ? "the only node" : $"all {met} nodes")}, and did not notice the fault."),
        _ => string.Create(CultureInfo.InvariantCulture, $"The tool met {met} of {met + unmet} nodes in {connections} {(connections == 1 ? "connection" : "connections")}. To meet the others, leave out `runs`, or use `--runs {met + unmet}`."),
    };
}
