using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Training.Observing;

/// <summary>Which share of new connections each node of a balancer gets.</summary>
internal static class NodeShares
{
    /// <summary>The share of every node that gets any, by name; they add up to one.</summary>
    public static IReadOnlyDictionary<string, double> Of(LoadBalancer balancer)
    {
        var weights = balancer.Nodes.Where(node => node.IsAvailable).ToDictionary(node => node.Name, node => WeightOf(node, balancer.Definition), StringComparer.OrdinalIgnoreCase);
        var sum = weights.Values.Sum();
        return weights.Where(node => node.Value > 0).ToDictionary(node => node.Key, node => node.Value / sum, StringComparer.OrdinalIgnoreCase);
    }

    private static double WeightOf(ServedNode node, LoadBalancerDefinition? balancer) => balancer?.Algorithm switch
    {
        BalancingAlgorithm.Weighted => node.Weight,
        BalancingAlgorithm.Sequence => balancer.Sequence.Count(name => string.Equals(name, node.Name, StringComparison.OrdinalIgnoreCase)),
        _ => 1,
    };
}
