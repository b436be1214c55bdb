using System.Security.Cryptography;
using AutoDetectSim.Protocols.Randomness;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Network.LoadBalancing;

/// <summary>Makes the policy that a scenario names.</summary>
internal static class LoadBalancingPolicies
{
    public static ILoadBalancingPolicy Create(LoadBalancerDefinition definition, int seed) => definition.Algorithm switch
    {
        BalancingAlgorithm.RoundRobin => new RoundRobinPolicy(),
        BalancingAlgorithm.Random => new RandomPolicy(new Seed(seed).Stream("balancer/" + definition.Name)),
        BalancingAlgorithm.Weighted => new WeightedPolicy(),
        BalancingAlgorithm.LeastConnections => new LeastConnectionsPolicy(),
        BalancingAlgorithm.SourceHash => new SourceHashPolicy(),
        BalancingAlgorithm.Sequence => new SequencePolicy(definition.Sequence),
        _ => throw new ArgumentOutOfRangeException(nameof(definition), definition.Algorithm, "Unknown balancing algorithm."),
    };
}

/// <summary>One after the other, in scenario order.</summary>
internal sealed class RoundRobinPolicy : ILoadBalancingPolicy
{
    private long _next;

    public ServedNode Choose(IReadOnlyList<ServedNode> available, Caller caller) => available[(int)(_next++ % available.Count)];

    public int Cycle(IReadOnlyList<ServedNode> available) => available.Count;
}

/// <summary>Each node equally likely, drawn from the scenario's seed.</summary>
internal sealed class RandomPolicy(SeededStream random) : ILoadBalancingPolicy
{
    public ServedNode Choose(IReadOnlyList<ServedNode> available, Caller caller) => available[random.Next(available.Count)];
}

/// <summary>
/// Smooth weighted round robin: in every run of as many connections as the weights add up to, each node gets exactly its
/// weight, spread out instead of in blocks.
/// </summary>
internal sealed class WeightedPolicy : ILoadBalancingPolicy
{
    private readonly Dictionary<string, int> _credit = new(StringComparer.OrdinalIgnoreCase);

    public ServedNode Choose(IReadOnlyList<ServedNode> available, Caller caller)
    {
        var total = 0;
        ServedNode? best = null;
        foreach (var node in available)
        {
            var credit = _credit[node.Name] = _credit.GetValueOrDefault(node.Name) + node.Weight;
            total += node.Weight;
            if (best is null || credit > _credit[best.Name])
            {
                best = node;
            }
        }

        _credit[best!.Name] -= total;
        return best!;
    }

    public int Cycle(IReadOnlyList<ServedNode> available) => available.Sum(node => node.Weight);
}

/// <summary>The node with the fewest open connections; equals take turns, in scenario order.</summary>
internal sealed class LeastConnectionsPolicy : ILoadBalancingPolicy
{
    private long _next;

    public ServedNode Choose(IReadOnlyList<ServedNode> available, Caller caller)
    {
        var first = (int)(_next % available.Count);
        var chosen = first;
        for (var offset = 1; offset < available.Count; offset++)
        {
            var candidate = (first + offset) % available.Count;
            chosen = available[candidate].OpenConnections.Count < available[chosen].OpenConnections.Count ? candidate : chosen;
        }

        _next = chosen + 1;
        return available[chosen];
    }

    public int Cycle(IReadOnlyList<ServedNode> available) => available.Count;
}

/// <summary>By a hash of the source address: one address always reaches the same node while the same nodes are up.</summary>
internal sealed class SourceHashPolicy : ILoadBalancingPolicy
{
    public ServedNode Choose(IReadOnlyList<ServedNode> available, Caller caller)
    {
        var digest = SHA256.HashData(caller.Address.GetAddressBytes());
        return available[(int)(BitConverter.ToUInt32(digest) % (uint)available.Count)];
    }
}

/// <summary>In a written order, again and again; a node that is down is passed over.</summary>
internal sealed class SequencePolicy(IReadOnlyList<string> names) : ILoadBalancingPolicy
{
    private long _next;

    public ServedNode Choose(IReadOnlyList<ServedNode> available, Caller caller)
    {
        for (var tried = 0; tried < names.Count; tried++)
        {
            var name = names[(int)(_next++ % names.Count)];
            foreach (var node in available)
            {
                if (string.Equals(node.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return node;
                }
            }
        }

        return available[0];
    }

    public int Cycle(IReadOnlyList<ServedNode> available) => names.Count;
}
