using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Regression.Adapters;

namespace AutoDetectSim.Regression.Worlds;

/// <summary>
/// The nodes behind a part of a world: how many runs of a tool it takes to meet them all, whichever of its connections decides.
/// Each run begins one node further. If all runs make the same number of connections, then each of these meets every node in as many runs
/// as there are nodes. If not, for example because a tool leaves out its second call where the first one fails, it can keep step with
/// the load balancer; it then gets a second round, in which each run stays on the node where it began.
/// </summary>
internal sealed class NodeCoverage
{
    private readonly Lab _lab;
    private readonly IReadOnlyList<LoadBalancer> _balancers;
    private readonly List<int[]> _turns = [];

    /// <summary>The runs of one round: after as many, every load balancer that deals in turn begins again.</summary>
    private readonly int _round;

    /// <summary>The most runs; a tool that never reaches some nodes is not run for ever.</summary>
    private readonly int _most;

    private int? _secondRoundFrom;

    /// <param name="lab">The lab.</param>
    /// <param name="target">The part that the tool is asked for. AutoDetect in turn asks every load balancer of the customer.</param>
    public NodeCoverage(Lab lab, AskedTarget target)
    {
        _lab = lab;
        _balancers = target.Part == AskedPart.Detect ? [.. lab.Network.CustomerVirtualIps.Select(virtualIp => virtualIp.Balancer).Append(target.VirtualIp?.Balancer).OfType<LoadBalancer>().Distinct()]
            : target.VirtualIp is { } virtualIp ? [virtualIp.Balancer]
            : [];
        Nodes = _balancers.Select(balancer => balancer.Nodes.Count).DefaultIfEmpty(1).Max();
        _most = Math.Max(Nodes, DetectionsNeeded.For(lab.Scenario));
        _round = Math.Min(_most, Math.Max(Nodes, _balancers.Select(balancer => balancer.Selector.Cycle(balancer)).DefaultIfEmpty(1).Max()));
    }

    /// <summary>The nodes of the largest load balancer.</summary>
    public int Nodes { get; }

    /// <summary>Whether every node had its turn.</summary>
    public bool IsEnough(int runs) =>
        runs >= Nodes
        && (runs >= _most || (Unmet() == 0 && (HasOneTurnEach() || (!IsLeftToChance() && runs >= (_secondRoundFrom ?? 0) + _round))));

    /// <summary>Lets the next run begin at another node than this one.</summary>
    public void EndRun()
    {
        _turns.Add([.. _balancers.Select(balancer => balancer.Selector.EndRun(balancer))]);
        if (_secondRoundFrom is null && _turns.Count == _round && _turns.Exists(turns => !turns.SequenceEqual(_turns[0])))
        {
            _secondRoundFrom = _turns.Count;
            foreach (var balancer in _balancers)
            {
                balancer.Selector.StayOnOneNode();
            }
        }
    }

    private bool HasOneTurnEach() => _turns.TrueForAll(turns => Array.TrueForAll(turns, turn => turn <= 1));

    private bool IsLeftToChance() => _balancers.Any(balancer => balancer.Nodes.Count > 1 && balancer.Selector.Cycle(balancer) == 0);

    private int Unmet()
    {
        var met = _lab.Network.Journal.All().Select(connection => connection.Node).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return _balancers.SelectMany(balancer => balancer.Available()).Count(node => !met.Contains(node.Name));
    }
}
