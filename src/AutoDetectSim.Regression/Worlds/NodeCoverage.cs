using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Regression.Adapters;

namespace AutoDetectSim.Regression.Worlds;

/// <summary>The nodes behind a part of a world: how many runs of a tool it takes to meet them all.</summary>
internal sealed class NodeCoverage
{
    private readonly Lab _lab;
    private readonly IReadOnlyList<LoadBalancer> _balancers;

    /// <param name="lab">The lab.</param>
    /// <param name="target">The part that the tool is asked for. AutoDetect in turn asks every load balancer of the customer.</param>
    public NodeCoverage(Lab lab, AskedTarget target)
    {
        _lab = lab;
        _balancers = target.Part == AskedPart.Detect ? [.. lab.Network.CustomerVirtualIps.Select(virtualIp => virtualIp.Balancer).Append(target.VirtualIp?.Balancer).OfType<LoadBalancer>().Distinct()]
            : target.VirtualIp is { } virtualIp ? [virtualIp.Balancer]
            : [];
        Nodes = _balancers.Select(balancer => balancer.Nodes.Count).DefaultIfEmpty(1).Max();
    }

    /// <summary>The nodes of the largest load balancer.</summary>
    public int Nodes { get; }

    /// <summary>Whether every node had its turn. A tool that never reaches some is not run for ever.</summary>
    public bool IsEnough(int runs) => runs >= Nodes && (runs >= DetectionsNeeded.For(_lab.Scenario) || Unmet() == 0);

    /// <summary>Lets the next run begin at another node than this one.</summary>
    public void EndRun()
    {
        foreach (var balancer in _balancers)
        {
            balancer.Selector.EndRun(balancer);
        }
    }

    private int Unmet()
    {
        var met = _lab.Network.Journal.All().Select(connection => connection.Node).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return _balancers.SelectMany(balancer => balancer.Available()).Count(node => !met.Contains(node.Name));
    }
}
