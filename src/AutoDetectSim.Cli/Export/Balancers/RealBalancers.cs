using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Export.Balancers;

/// <summary>
/// What a balancer of the real world, which only passes connections on, can do of what a scenario's balancer does. Firewalls and broken addresses are
/// in the way of clients, which know them from the scenario, whatever balances.
/// </summary>
internal static class RealBalancers
{
    /// <summary>The settings that need our own balancer; none for one that a real balancer can replace.</summary>
    public static IReadOnlyList<string> OwnSettings(LoadBalancerDefinition balancer)
    {
        var settings = new List<string>();
        Add(balancer.Tls == TlsHandling.Terminate, "tls: terminate");
        Add(balancer.Fault != TransportFault.None, "fault");
        Add(balancer.Http != PlainHttpPort.Closed, "http");
        Add(balancer.HealthProbe is not null, "healthProbe");
        Add(balancer.Latency > TimeSpan.Zero, "latency");
        Add(balancer.Algorithm == BalancingAlgorithm.Sequence, "algorithm: sequence");
        return settings;

        void Add(bool isSet, string setting)
        {
            if (isSet)
            {
                settings.Add(setting);
            }
        }
    }

    /// <summary>Whether a real balancer can replace it.</summary>
    public static bool CanReplace(LoadBalancerDefinition balancer) => OwnSettings(balancer).Count == 0;

    /// <summary>A node's share as a whole number that a balancer takes.</summary>
    /// <param name="node">The node.</param>
    /// <param name="balancer">The balancer.</param>
    /// <param name="most">The largest number that the balancer takes.</param>
    public static int WeightOf(NodeDefinition node, LoadBalancerDefinition balancer, int most)
    {
        if (balancer.Algorithm != BalancingAlgorithm.Weighted)
        {
            return 1;
        }

        var largest = balancer.Nodes.Max(one => one.Weight);
        return node.Weight == 0 || largest <= most ? node.Weight : Math.Max(1, (int)Math.Round((double)node.Weight * most / largest));
    }
}
