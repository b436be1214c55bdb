using System.Globalization;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

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
                warnings.Add($"{host.Host}: {ProbesText.TooFew(host.Probes)}");
            }

            if (host.Balancing.Pattern == BalancingPattern.OneNodeFromOneSource)
            {
                warnings.Add($"{host.Host}: all connections met one node. The load balancer may be sticky and hide other nodes: check from a second source address as well (--source).");
            }
            else if (host.Balancing.Pattern == BalancingPattern.BySource)
            {
                warnings.Add($"{host.Host}: the load balancer is sticky: each source address keeps its node. Shares are counted by source address, one connection each.");
            }

            if (host.WithoutServerName is { } bare)
            {
                var subject = bare.Presented.Count > 0 ? bare.Presented[0].Subject : "another certificate";
                warnings.Add($"{host.Host}: clients without SNI are served {subject} instead ({bare.NodeCode}). AutoDetect sends SNI; old probes do not.");
            }

            var unnamed = host.Timeline.Count(attempt => attempt.Node is null);
            if (unnamed > 0)
            {
                warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{host.Host}: {unnamed} of {host.Attempts} connections ended before the node could be identified."));
            }
        }

        if (hosts[0] is { Role: HostRole.AutoDiscover, Chains.Count: > 0 } && hosts.All(host => host.Role == HostRole.AutoDiscover))
        {
            warnings.Add(request.Email is null
                ? "AutoDiscover V2 returned no ActiveSync host for a made-up address: give a real one with --email to check the ActiveSync host as well."
                : "AutoDiscover V2 returned no ActiveSync host for the address: the check ends here.");
        }

        if (!environment.CanClaimSources && hosts.Any(host => !host.Errors.ContainsKey(NodeErrors.NameNotFound)))
        {
            warnings.Add($"AutoDetect connects from its published ranges {SourceRanges.TextOfAutoDetect}, which this check cannot do: they were not tried, and a firewall that blocks them would not show here.");
        }

        if (environment.Anchors.Count == 0)
        {
            warnings.Add("No trusted roots are known: every chain counts as untrusted. Give the roots with --ca.");
        }

        return warnings;
    }
}
