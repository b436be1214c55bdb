using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Adds hosts to a lab that detections need and that were not examined, without a fault.</summary>
internal sealed class UnseenHosts(CapturedWorld world, PkiReproduction pki, SortedSet<string> guesses)
{
    /// <summary>A host that AutoDiscover names is put on the same nodes, unless their certificates are known not to be for it.</summary>
    public void AddActiveSyncHost(List<LoadBalancerDefinition> balancers, string host)
    {
        if (balancers.Count == 0 || Serves(balancers, host))
        {
            return;
        }

        IEnumerable<PresentedChainRecipe> presented = balancers[0].Present is { } ended ? [ended] : balancers[0].Nodes.Select(node => node.Present).OfType<PresentedChainRecipe>();
        if (world.IsEvidence && !presented.All(chain => pki.MakeCover(chain.Certificate, host)))
        {
            Assume(balancers, host, "activesync", "an ActiveSync host");
            return;
        }

        balancers[0] = balancers[0] with { Hosts = [.. balancers[0].Hosts, host] };
        guesses.Add($"{host} was not examined; it is put on the nodes of {balancers[0].Hosts[0]}");
    }

    /// <summary>Evidence of the ActiveSync host alone says nothing of AutoDiscover, without which no detection comes as far as that host.</summary>
    public void AddAutoDiscoverHost(List<LoadBalancerDefinition> balancers, string domain)
    {
        var host = ScenarioReproduction.AutoDiscoverLabel + domain;
        if (world.IsEvidence && balancers.Count > 0 && !Serves(balancers, host)
            && !balancers.Exists(balancer => balancer.Hosts.Any(known => known.StartsWith(ScenarioReproduction.AutoDiscoverLabel, StringComparison.OrdinalIgnoreCase))))
        {
            Assume(balancers, host, "autodiscover", "an AutoDiscover host");
        }
    }

    private void Assume(List<LoadBalancerDefinition> balancers, string host, string role, string what)
    {
        var node = new NodeDefinition { Name = "assumed-" + role, Present = pki.Assume([host]) };
        balancers.Add(new LoadBalancerDefinition { Name = "assumed-" + role, Hosts = [host], Nodes = [node] });
        guesses.Add($"{host} was not examined: {what} without a fault is assumed. Ask for: {Evidence.Refusal.Command(host)}");
    }

    private static bool Serves(List<LoadBalancerDefinition> balancers, string host) => balancers.Exists(balancer => balancer.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase));
}
