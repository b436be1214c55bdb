using System.Globalization;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Checking;

/// <summary>What the reader of a check should know before believing its verdict.</summary>
internal static class CheckWarnings
{
    private const int NodesNamed = 3;

    /// <summary>A connection that takes this long is worth a word.</summary>
    private static readonly TimeSpan SlowFrom = TimeSpan.FromSeconds(2);

    /// <summary>Ends that are this far apart are those of different renewals.</summary>
    private static readonly TimeSpan ApartFrom = TimeSpan.FromHours(24);

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

            warnings.AddRange(host.Revoked.Select(revoked => Revoked(host, revoked)));
            if (host.Chains.Where(chain => chain.Remarks.Contains(FaultNames.NoClientAuth, StringComparer.Ordinal)).SelectMany(chain => chain.Nodes).Distinct(StringComparer.Ordinal).Order(NaturalOrder.Instance).ToList() is { Count: > 0 } servers)
            {
                var connectors = host.Connectors is { Count: > 0 } names ? $" ({string.Join(", ", names)})" : "";
                warnings.Add($"{host.Host}: {Few(servers)} cannot use {(servers.Count == 1 ? "its" : "their")} certificate as a client (no clientAuth, {ValidationCode.InvalidPurpose.NodeName()}): connectors with mutual TLS{connectors} fail there, although AutoDetect and browsers accept it.");
            }

            if (EndsApart(host) is { } apart)
            {
                warnings.Add(apart);
            }

            if (Slow(host) is { } slow)
            {
                warnings.Add(slow);
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

    private static string Revoked(HostDiagnosis host, RevokedCertificate revoked)
    {
        var particulars = string.Join(", ", new[] { revoked.Since?.ToString("'on 'yyyy-MM-dd", CultureInfo.InvariantCulture), revoked.Reason }.OfType<string>());
        return $"{host.Host}: {revoked.Issuer} has revoked the certificate of {revoked.Subject} that is served{(particulars.Length == 0 ? "" : $" ({particulars})")}, according to {revoked.Url}. AutoDetect does not check revocation; clients that do reject the chain if they have no other path.";
    }

    private static string Few(List<string> names) => string.Join(", ", names.Take(NodesNamed)) + (names.Count > NodesNamed ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - NodesNamed} more") : "");

    /// <summary>A sentence where a usual connection takes long, and where the time goes; null where it does not.</summary>
    private static string? Slow(HostDiagnosis host)
    {
        var usual = host.Observations.OrderBy(observation => observation.Elapsed).ElementAt(host.Observations.Count / 2);
        if (usual is not { OpenAfter: { } open } || usual.Elapsed < SlowFrom)
        {
            return null;
        }

        var (part, what) = open.Ticks * 2 > usual.Elapsed.Ticks ? (open, "name resolution and TCP") : (usual.Elapsed - open, "TLS and HTTP");
        return string.Create(CultureInfo.InvariantCulture, $"{host.Host}: a connection takes {usual.Elapsed.TotalSeconds:0.0} s (median), {part.TotalSeconds:0.0} s of it for {what}. Adding an account takes several connections, one after the other.");
    }

    /// <summary>A sentence where the certificates of a host's nodes end at different times; null where they end together.</summary>
    private static string? EndsApart(HostDiagnosis host)
    {
        var ends = host.Chains
            .Select(chain => (chain.Nodes, End: chain.Strict.Presented.Count > 0 ? chain.Strict.Presented[0].NotAfter : null))
            .Where(chain => chain is { End: not null, Nodes.Count: > 0 })
            .GroupBy(chain => chain.End!.Value)
            .OrderBy(group => group.Key)
            .Select(group => (End: group.Key, Nodes: Few([.. group.SelectMany(chain => chain.Nodes).Distinct(StringComparer.Ordinal).Order(NaturalOrder.Instance)])))
            .ToList();
        return ends.Count > 1 && ends[^1].End - ends[0].End >= ApartFrom
            ? $"{host.Host}: the certificates of the nodes end apart from each other: {string.Join("; ", ends.Select(end => string.Create(CultureInfo.InvariantCulture, $"{end.Nodes} on {end.End:yyyy-MM-dd}")))}. If one is not renewed in time, its nodes fail and the others do not."
            : null;
    }
}
