using System.Globalization;
using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Probing;

/// <summary>Nodes in service that a run never met: its rate says nothing about them.</summary>
internal sealed record UnmetNodes
{
    /// <summary>The load balancer.</summary>
    public required string LoadBalancer { get; init; }

    /// <summary>Nodes that the load balancer gives connections.</summary>
    public required int InService { get; init; }

    /// <summary>Those of them that were met.</summary>
    public required int Met { get; init; }

    /// <summary>Detections that meet every node.</summary>
    public required int Needed { get; init; }

    /// <summary>Whether detections are independent draws, for which the interval of the rate holds however few nodes were met.</summary>
    public required bool IsDrawn { get; init; }

    /// <summary>The warning, as a sentence.</summary>
    public string Warning(int attempts) => string.Create(
        CultureInfo.InvariantCulture,
        $"{attempts} {(attempts == 1 ? "detection" : "detections")} met {Met} of the {InService} nodes that {LoadBalancer} has in service{(IsDrawn ? "" : ", in a fixed order, so the rate says nothing about the others and has no confidence interval")}. Meeting every node takes about {Needed} detections.");

    /// <summary>A warning about nodes that are up and never receive a connection, or null.</summary>
    public static string? NeverChosen(LoadBalancer balancer)
    {
        var inService = InServiceOf(balancer);
        var idle = balancer.Nodes.Where(node => node.IsAvailable && !inService.Contains(node)).Select(node => node.Name).ToList();
        var reason = balancer.Definition?.Algorithm == BalancingAlgorithm.Sequence ? "not in its sequence" : "of weight 0";
        return idle.Count == 0 ? null : $"{balancer.Name} never gives {string.Join(", ", idle)} a connection: {(idle.Count == 1 ? "this node is" : "these nodes are")} {reason}, and not in service.";
    }

    /// <summary>The nodes that can be given connections: the first one where the scenario would leave none.</summary>
    private static List<ServedNode> InServiceOf(LoadBalancer balancer)
    {
        var available = balancer.Nodes.Where(node => node.IsAvailable).ToList();
        var chosen = balancer.Definition switch
        {
            { Algorithm: BalancingAlgorithm.Weighted } => available.Where(node => node.Weight > 0),
            { Algorithm: BalancingAlgorithm.Sequence, Sequence: var names } => available.Where(node => names.Contains(node.Name, StringComparer.OrdinalIgnoreCase)),
            _ => available,
        };
        return [.. chosen.DefaultIfEmpty(available.FirstOrDefault()).OfType<ServedNode>()];
    }

    /// <summary>What a load balancer has left unmet, or null where every node was met.</summary>
    public static UnmetNodes? Of(LoadBalancer balancer, IReadOnlySet<string> met)
    {
        var available = InServiceOf(balancer);
        var unmet = available.Count(node => !met.Contains(node.Name));
        if (unmet == 0)
        {
            return null;
        }

        var isDrawn = balancer.Definition?.Algorithm is BalancingAlgorithm.Random or BalancingAlgorithm.SourceHash;
        return new UnmetNodes
        {
            LoadBalancer = balancer.Name,
            InService = available.Count,
            Met = available.Count - unmet,
            IsDrawn = isDrawn,
            Needed = isDrawn ? CouponCollector.AboutProbesNeeded(available.Count, 0.95) : balancer.Definition?.Algorithm switch
            {
                BalancingAlgorithm.Weighted => Math.Max(1, available.Sum(node => node.Weight)),
                BalancingAlgorithm.Sequence => Math.Max(available.Count, balancer.Definition.Sequence.Count),
                _ => available.Count,
            },
        };
    }
}
