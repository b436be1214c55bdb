namespace AutoDetectSim.Network.LoadBalancing;

/// <summary>Chooses a node for a new connection.</summary>
internal interface ILoadBalancingPolicy
{
    /// <summary>Chooses one of <paramref name="available"/>, which is never empty and is in the order of the scenario. Calls are serialized by the balancer.</summary>
    ServedNode Choose(IReadOnlyList<ServedNode> available, Caller caller);

    /// <summary>The number of turns after which the policy begins again; 0 where turns do not decide.</summary>
    int Cycle(IReadOnlyList<ServedNode> available) => 0;
}
