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

    /// <summary>What a load balancer has left unmet, or null where every node was met.</summary>
    public static UnmetNodes? Of(LoadBalancer balancer, IReadOnlySet<string> met)
    {
        var available = balancer.Nodes.Where(node => node.IsAvailable).ToList();
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
                BalancingAlgorithm.Weighted => available.Sum(node => Math.Max(1, node.Weight)),
                BalancingAlgorithm.Sequence => Math.Max(available.Count, balancer.Definition.Sequence.Count),
                _ => available.Count,
            },
        };
    }
}
