using System.IO.Enumeration;
using AutoDetectSim.Documents.Binding;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Training.Cases;

/// <summary>Finds the parts of a world that people name in a diagnosis.</summary>
internal static class PartNames
{
    private const string All = "all";

    /// <summary>
    /// The nodes that a text means, in the order of the world: names, ranges such as <c>ex{02..20}</c>, patterns such as <c>ex*</c>,
    /// load balancers for all of their nodes, and <c>all</c>; <c>EX02 to EX20</c> as reports print it; several with commas.
    /// </summary>
    /// <param name="world">The world.</param>
    /// <param name="text">The text.</param>
    /// <param name="unknown">Takes what means no node.</param>
    public static IReadOnlyList<string> Nodes(Scenario world, string text, ICollection<string> unknown)
    {
        var nodes = world.LoadBalancers.SelectMany(balancer => balancer.Nodes.Select(node => (Balancer: balancer.Name, Node: node.Name))).ToList();
        var meant = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Span(part, [.. nodes.Select(node => node.Node)]) is { } span)
            {
                meant.UnionWith(span);
                continue;
            }

            var slash = part.IndexOf('/', StringComparison.Ordinal);
            var (balancer, name) = slash < 0 ? (null, part) : (part[..slash], part[(slash + 1)..]);
            var candidates = nodes.Where(node => balancer is null || Is(node.Balancer, balancer)).ToList();
            var found = candidates.Where(node => Matches(name, node.Node) || (balancer is null && (Is(node.Balancer, name) || Is(All, name)))).Select(node => node.Node).ToList();
            var missing = NameRange.Expand(name, out _) is [_, _, ..] range ? range.Where(one => !found.Contains(one, StringComparer.OrdinalIgnoreCase)).ToList() : found.Count == 0 ? [part] : [];
            missing.ForEach(unknown.Add);
            meant.UnionWith(found);
        }

        return [.. nodes.Select(node => node.Node).Where(meant.Contains)];
    }

    /// <summary>Nodes as reports print them: <c>EX01 to EX08</c>, in the order of the world; null for any other text.</summary>
    private static List<string>? Span(string text, List<string> nodes)
    {
        var ends = text.Split(" to ", StringSplitOptions.TrimEntries);
        var (first, last) = ends is [var from, var to] ? (nodes.FindIndex(node => Is(node, from)), nodes.FindIndex(node => Is(node, to))) : (-1, -1);
        return first >= 0 && first <= last ? nodes[first..(last + 1)] : null;
    }

    /// <summary>Every host name that a diagnosis can be about.</summary>
    public static IReadOnlyList<string> Hosts(Scenario world) =>
    [
        .. world.LoadBalancers.SelectMany(balancer => balancer.Hosts)
            .Concat(world.Dns.Keys)
            .Concat(world.AutoDetect.Hosts)
            .Concat(world.Organizations.SelectMany(organization => organization.Domains.SelectMany(domain => (string[])[domain, "autodiscover." + domain])))
            .Concat(world.Organizations.Select(organization => Uri.TryCreate(organization.ActiveSyncUrl, UriKind.Absolute, out var url) ? url.Host : null).OfType<string>())
            .Append("outlook.office365.com")
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    private static bool Matches(string written, string node) =>
        written.Contains('*', StringComparison.Ordinal)
            ? FileSystemName.MatchesSimpleExpression(written, node)
            : NameRange.Expand(written, out _)?.Contains(node, StringComparer.OrdinalIgnoreCase) == true;

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
