using AutoDetectSim.Diagnosis.Reports;

namespace AutoDetectSim.Cli.Check;

/// <summary>Hosts with the same finding: the same summary, the same chains on the same nodes.</summary>
/// <param name="Hosts">The hosts, in the order of the check.</param>
/// <param name="Role">As what a host was checked that has another finding in another role; empty for all others.</param>
internal sealed record CheckHostGroup(IReadOnlyList<HostDocument> Hosts, string Role)
{
    /// <summary>The host whose tables are shown for all.</summary>
    public HostDocument First => Hosts[0];

    /// <summary>The names, as the beginning of a sentence about one host.</summary>
    public string Subject => Distinct.Count == 1 ? Names : "Each of " + Names;

    /// <summary>The names.</summary>
    public string Names => Distinct.Count == 1 ? First.Host + Role : $"{string.Join(", ", Distinct.SkipLast(1))} and {Distinct[^1]}";

    /// <summary>A host that serves both AutoDiscover and ActiveSync is checked for each, and has one name.</summary>
    private IReadOnlyList<string> Distinct => [.. Hosts.Select(host => host.Host).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The summary without its subject.</summary>
    public string Summary => SummaryOf(First);

    /// <summary>The groups, in the order of their first hosts.</summary>
    public static IReadOnlyList<CheckHostGroup> Of(CheckDocument document) =>
        [.. document.Hosts.GroupBy(Finding, StringComparer.Ordinal).Select(group => new CheckHostGroup([.. group], RoleOf(group.First(), document)))];

    private static string RoleOf(HostDocument host, CheckDocument document) =>
        document.Hosts.Any(other => other.Role != host.Role && string.Equals(other.Host, host.Host, StringComparison.OrdinalIgnoreCase) && Finding(other) != Finding(host))
            ? $" ({(host.Role == "activeSync" ? "ActiveSync" : "AutoDiscover")})"
            : string.Empty;

    private static string SummaryOf(HostDocument host) => host.Summary[host.Host.Length..];

    private static string Finding(HostDocument host) =>
        string.Join('\n', host.Chains.Select(chain => $"{chain.Fingerprint} {chain.Attempts} {chain.Code} {string.Join(',', chain.Nodes)}")
            .Order(StringComparer.Ordinal)
            .Prepend(ReportText.Balancing(host.Balancing))
            .Prepend(SummaryOf(host)));
}
