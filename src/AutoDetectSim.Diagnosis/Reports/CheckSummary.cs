using System.Globalization;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Statistics;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>Verdicts in sentences for the customer.</summary>
internal static class CheckSummary
{
    /// <summary>The whole check in a sentence or two.</summary>
    public static string Of(CheckResult result)
    {
        var worst = result.Hosts.Max(host => host.Verdict);
        return string.Join(" ", [.. RangeText.Blocked(result), .. HelloText.Sentences(result), .. result.Hosts.Where(host => host.Verdict == worst).Select(Of)]);
    }

    /// <summary>One host in a sentence.</summary>
    public static string Of(HostDiagnosis host)
    {
        if (host.IsUnreachable)
        {
            return $"{host.Host} cannot be reached ({string.Join(", ", host.Errors.Keys)}).";
        }

        var failed = host.Attempts - host.Successes;
        return host.Verdict switch
        {
            Verdict.Healthy => string.Create(CultureInfo.InvariantCulture, $"{host.Host} is healthy: all {host.Attempts} connections succeeded, on {ProbesText.Nodes(host.Nodes.Count, host.HasLookAlikes)}."),
            Verdict.Broken => string.Create(CultureInfo.InvariantCulture, $"{host.Host} is broken for {(host.HasGoodChains ? "AutoDetect" : "strict clients")}: none of {host.Attempts} connections succeeded{Why(host)}."),
            Verdict.Intermittent => string.Create(CultureInfo.InvariantCulture, $"{host.Host} fails intermittently: {failed} of {host.Attempts} connections fail for {(host.HasGoodChains ? "AutoDetect" : "strict clients")} ({ReportText.Interval([1 - host.Confidence.High, 1 - host.Confidence.Low])}){Why(host)}."),
            Verdict.NotEnoughProbes when host.Balancing.Pattern == BalancingPattern.OneNodeFromOneSource => string.Create(CultureInfo.InvariantCulture, $"{host.Host}: {host.Successes} of {host.Attempts} connections succeeded, all on one node and from one source address; that is not enough to call it healthy, because a sticky load balancer may hide other nodes."),
            _ => string.Create(CultureInfo.InvariantCulture, $"{host.Host}: {host.Successes} of {host.Attempts} connections succeeded, which is too few to decide{Why(host)}."),
        };
    }

    private static string Why(HostDiagnosis host)
    {
        var faulty = host.FaultyNodes.ToList();
        if (faulty.Count == 0)
        {
            return host.Errors.Count == 0 ? "" : $" ({string.Join(", ", host.Errors.Keys)})";
        }

        var reasons = faulty.GroupBy(node => node.Faults[0], StringComparer.Ordinal)
            .Select(group => $"on {NameRow.Of([.. group.Select(node => node.Name)])} {FaultNames.Words(group.Key)}");
        return ": " + string.Join("; ", reasons);
    }
}
