using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Roles;

/// <summary>Which parts connect to which.</summary>
internal static class PartNeeds
{
    /// <summary>The parts that a role connects to, whether or not they are in the same process.</summary>
    public static IEnumerable<PartRole> Of(Scenario scenario, PartRole role)
    {
        var balancers = scenario.LoadBalancers.Select(balancer => PartRole.OfBalancer(balancer.Name));
        return role.Kind switch
        {
            // An Exchange server fetches the keys of Entra, with which it checks tokens.
            PartKind.Node => [PartRole.Cloud],
            PartKind.Balancer => NodesBehind(scenario, role.Balancer),
            PartKind.AutoDetect => balancers.Append(PartRole.Cloud),
            PartKind.Gateway or PartKind.Dns => balancers.Append(PartRole.AutoDetect).Append(PartRole.Cloud),
            _ => [],
        };
    }

    /// <summary>What of a scenario a part is.</summary>
    public static string Describe(Scenario scenario, PartRole role) => role.Kind switch
    {
        PartKind.Node => $"the node {role.Node} of the load balancer {role.Balancer}",
        PartKind.Balancer => $"the load balancer {role.Balancer}, with the hosts {string.Join(", ", scenario.LoadBalancers.First(balancer => balancer.Name == role.Balancer).Hosts)}",
        PartKind.AutoDetect => $"AutoDetect at {scenario.AutoDetect.Hosts[0]}",
        _ => "Exchange Online, Entra and the other services of the internet",
    };

    // One that terminates TLS answers itself: what its nodes do is part of it.
    private static IEnumerable<PartRole> NodesBehind(Scenario scenario, string name)
    {
        var balancer = scenario.LoadBalancers.First(balancer => balancer.Name == name);
        return balancer.Tls == TlsHandling.Terminate ? [] : balancer.Nodes.Select(node => PartRole.OfNode(balancer.Name, node.Name));
    }
}
