using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Cases;

namespace AutoDetectSim.Training.Mysteries;

/// <summary>Derives the correct diagnosis of a scenario's fault from the settings in which the broken world differs from the healthy one.</summary>
internal static class CaseTruth
{
    public static CaseFault Of(Scenario healthy, Scenario broken, FaultDefinition fault)
    {
        var ways = ScenarioDifference.Of(healthy, broken).ToDictionary(setting => setting.Key.Split('/'), setting => setting.Value);
        var balancers = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var nodes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var hosts = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var certificates = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (keys, (before, after)) in ways)
        {
            switch (keys)
            {
                case ["loadBalancers", var balancer, "nodes", var node, ..]:
                    balancers.Add(balancer);
                    nodes.Add(node);
                    break;
                case ["loadBalancers", _, "hosts"]:
                    hosts.UnionWith(Items(before).Except(Items(after), StringComparer.OrdinalIgnoreCase).Concat(Items(after).Except(Items(before), StringComparer.OrdinalIgnoreCase)));
                    break;
                case ["loadBalancers", var balancer, ..]:
                    balancers.Add(balancer);
                    break;
                case ["dns", var owner, ..]:
                    hosts.Add(owner);
                    break;
                case ["certificates" or "authorities", var name, ..]:
                    certificates.Add(name);
                    balancers.UnionWith(healthy.LoadBalancers.Where(one => Presents(one, name)).Select(one => one.Name));
                    break;
            }

            if (keys is ["loadBalancers", .., "present"])
            {
                var (then, now) = (Names(before), Names(after));
                certificates.UnionWith(then.Except(now, StringComparer.Ordinal).Concat(now.Except(then, StringComparer.Ordinal)).Select(CertificateVariants.Original));
            }
        }

        hosts.UnionWith(healthy.LoadBalancers.Where(one => balancers.Contains(one.Name)).SelectMany(one => one.Hosts));
        var known = healthy.Authorities.Select(authority => authority.Name).Concat(healthy.Certificates.Select(certificate => certificate.Name));
        return new CaseFault
        {
            Kinds = [fault.Kind],
            Layers = [.. Layers(fault, ways.Keys)],
            Hosts = [.. hosts],
            Nodes = [.. healthy.LoadBalancers.Where(one => balancers.Contains(one.Name)).SelectMany(one => one.Nodes).Select(node => node.Name).Where(nodes.Contains)],
            Certificates = [.. known.Where(certificates.Contains)],
        };
    }

    /// <summary>
    /// The layers that are right: that of the scenario, and another one where the two look the same from outside. Connections that
    /// are lost in front of a server are lost by the network or by a device in it; a chain that a device presents is as much a matter of
    /// certificates as of the device; a server that accepts a connection and then fails is not told from a path that does so.
    /// </summary>
    private static IEnumerable<FaultLayer> Layers(FaultDefinition fault, IEnumerable<string[]> ways)
    {
        var layers = new List<FaultLayer> { fault.Layer };
        foreach (var key in ways)
        {
            switch (key)
            {
                case ["loadBalancers", .., "fault" or "faultShare" or "latency"] when fault.Layer is FaultLayer.Network or FaultLayer.Balancer:
                    layers.AddRange([FaultLayer.Network, FaultLayer.Balancer]);
                    break;
                case ["loadBalancers", _, "nodes", _, "fault"] when fault.Layer == FaultLayer.Exchange:
                    layers.AddRange([FaultLayer.Network, FaultLayer.Balancer]);
                    break;
                case ["loadBalancers", .., "alert"] or ["loadBalancers", .., "fault"] when fault.Layer == FaultLayer.Tls:
                    layers.Add(FaultLayer.Balancer);
                    break;
                case ["loadBalancers", _, "present" or "certificate"]:
                    layers.AddRange([FaultLayer.Balancer, FaultLayer.Certificate]);
                    break;
            }
        }

        return layers.Distinct();
    }

    private static bool Presents(LoadBalancerDefinition balancer, string name) =>
        balancer.Nodes.Select(node => node.Present).Append(balancer.Present).OfType<PresentedChainRecipe>()
            .Any(recipe => string.Equals(recipe.Certificate, name, StringComparison.Ordinal) || recipe.Names?.Contains(name, StringComparer.Ordinal) == true);

    private static string[] Items(string list) => Names(list.Trim('[', ']'));

    private static string[] Names(string present) => present.Split(", ", StringSplitOptions.RemoveEmptyEntries);
}
