using System.Globalization;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;

namespace AutoDetectSim.Diagnosis.Checking;

/// <summary>What the reader of a check should know before believing its verdict.</summary>
internal static class CheckWarnings
{
    public static IReadOnlyList<string> For(CheckRequest request, IReadOnlyList<HostDiagnosis> hosts, CheckEnvironment environment)
    {
        var warnings = new List<string>();
        foreach (var host in hosts.Where(host => host.Chains.Count > 0))
        {
            if (!host.Probes.Enough)
            {
                var needed = Math.Max(host.Probes.Needed95, host.Probes.NeededToRuleOutOneMore);
                warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{host.Host}: {host.Attempts} connections met {host.Probes.NodesMet} {(host.Probes.NodesMet == 1 ? "node" : "nodes")}; a node with a share of up to {host.Probes.LargestHiddenShare * 100:0.#}% may still be unmet. It takes {needed} connections to rule out one more with 95% confidence ({host.Probes.Needed99} to have met {host.Probes.NodesMet} with 99%)."));
            }

            if (host.Balancing.Pattern == BalancingPattern.OneNodeFromOneSource)
            {
                warnings.Add($"{host.Host}: all connections met one node. The balancer may be sticky: check from a second source address as well (--source), or other nodes stay hidden.");
            }
            else if (host.Balancing.Pattern == BalancingPattern.BySource)
            {
                warnings.Add($"{host.Host}: the balancer is sticky: each source address keeps its node. Shares are counted over source addresses, one connection each.");
            }

            if (host.WithoutServerName is { } bare)
            {
                var subject = bare.Presented.Count > 0 ? bare.Presented[0].Subject : "another certificate";
                warnings.Add($"{host.Host}: who sends no server name (SNI) gets {subject} instead ({bare.NodeCode}). AutoDetect sends the name; old probes do not.");
            }

            var unnamed = host.Timeline.Count(attempt => attempt.Node is null);
            if (unnamed > 0)
            {
                warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{host.Host}: {unnamed} of {host.Attempts} connections ended before the node could be told."));
            }
        }

        if (hosts[0] is { Role: HostRole.AutoDiscover, Chains.Count: > 0 } && hosts.All(host => host.Role == HostRole.AutoDiscover))
        {
            warnings.Add(request.Email is null
                ? "AutoDiscover V2 named no ActiveSync host for a made-up address: give a real one with --email to follow the case further."
                : "AutoDiscover V2 named no ActiveSync host for the address, so that the case ends here.");
        }

        if (environment.Anchors.Count == 0)
        {
            warnings.Add("No trust anchors are at hand: every chain counts as untrusted. Give the roots with --ca.");
        }

        return warnings;
    }
}
