using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Observing;

/// <summary>How many detections of one address it takes to see all that a scenario can do.</summary>
internal static class DetectionsNeeded
{
    /// <summary>Maximum number of detections, whatever the scenario.</summary>
    public const int Maximum = 400;

    private const double Confidence = 0.99;

    // A firewall may know one of AutoDetect's ranges and not the other: calls come from 4,096 and from 512 addresses ([M365-ADDL]).
    private static readonly int SourcesNeeded = CouponCollector.ProbesNeeded([4096.0 / 4608, 512.0 / 4608], Confidence);

    /// <summary>How many detections meet everything that can go wrong in a scenario, with 99% probability where it is left to chance.</summary>
    public static int For(Scenario scenario)
    {
        var (needed, sources) = (4, 1);
        foreach (var balancer in scenario.LoadBalancers)
        {
            var nodes = Math.Max(1, balancer.Nodes.Count(node => node.Up));
            var shares = balancer.Nodes.Select(node => ShareOf(node.FaultShare)).Append(ShareOf(balancer.FaultShare)).Max();
            var turns = balancer.Algorithm switch
            {
                BalancingAlgorithm.RoundRobin => nodes,
                BalancingAlgorithm.Sequence => Math.Max(nodes, balancer.Sequence.Count),
                BalancingAlgorithm.Weighted => Math.Max(1, balancer.Nodes.Sum(node => node.Weight)),
                _ => CouponCollector.ProbesNeeded(Math.Min(nodes, CouponCollector.MaximumNodes), Confidence),
            };
            sources = balancer.AllowFrom.Count + balancer.DenyFrom.Count > 0 ? SourcesNeeded : sources;
            needed = Math.Max(needed, Math.Min(turns * shares, Maximum));
        }

        // A detection makes several connections, all from one address.
        return Math.Min(Math.Max(2 * needed, sources), Maximum);
    }

    private static int ShareOf(string? share) =>
        share is not null && Share.TryParse(share, out var read) && read.Probability > 0 ? (int)Math.Ceiling(1 / read.Probability) : 1;
}
