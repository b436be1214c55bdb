using System.Globalization;

namespace AutoDetectSim.Diagnosis.Statistics;

/// <summary>What numbers of connections and nodes tell, in sentences. Nodes without a name are never counted, and no sentence names a share that cannot be.</summary>
internal static class ProbesText
{
    /// <summary>How many nodes were met, for example <c>3 nodes</c> or <c>at least 2 servers</c>.</summary>
    public static string Nodes(int met, bool hasLookAlikes) => (met, hasLookAlikes) switch
    {
        (0, _) => "no node that can be identified",
        (1, false) => "one node",
        (1, true) => "at least one server",
        (_, false) => string.Create(CultureInfo.InvariantCulture, $"{met} nodes"),
        _ => string.Create(CultureInfo.InvariantCulture, $"at least {met} servers"),
    };

    /// <summary>What the connections to a host met, and what they may have missed.</summary>
    public static string Sentence(ProbeSufficiency probes)
    {
        var met = $"{Connections(probes.Made)} met {Nodes(probes.NodesMet, probes.HasLookAlikes)}";
        if (probes.NodesMet == 0)
        {
            return met + ".";
        }

        var hidden = ShareText.Percent(probes.LargestHiddenShare);
        return probes.HasLookAlikes
            ? $"{met}: without X-FEServer, servers that look alike cannot be told apart and are not counted. Shares are of connections. A server that looks different would have been met if it received more than {hidden} of the connections (95% confidence)."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{met}. Meeting that many takes {Connections(probes.Needed95)} at 95% confidence, {probes.Needed99} at 99%{(probes.EqualShares ? "" : " (allowing for unequal shares)")}. A node with a share above {hidden} would have been met.");
    }

    /// <summary>The warning about connections that are too few, as the end of a sentence that names the host.</summary>
    public static string TooFew(ProbeSufficiency probes)
    {
        var met = $"{Connections(probes.Made)} met {Nodes(probes.NodesMet, probes.HasLookAlikes)}";
        var missed = $"may have been missed if it receives up to {ShareText.Percent(probes.LargestHiddenShare)} of the connections";
        return probes switch
        {
            { NodesMet: 0 } => met + ".",
            { HasLookAlikes: true } => string.Create(
                CultureInfo.InvariantCulture,
                $"{met}. Without X-FEServer, servers that look alike are not counted; one that looks different {missed}. Ruling out one that receives {ShareText.Percent(ProbeSufficiency.ShareToRuleOut)} takes {probes.NeededToBeSure} connections at 95% confidence."),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{met}; another node {missed}. Ruling out one more node takes {probes.NeededToBeSure} connections at 95% confidence ({probes.Needed99} to have met {probes.NodesMet} at 99%)."),
        };
    }

    /// <summary>The confidence of a check for people who do not know certificates.</summary>
    public static string Confidence(int made, bool each, IEnumerable<string> hosts, ProbeSufficiency probes)
    {
        var servers = probes switch
        {
            { NodesMet: 0 } => "no server that can be identified",
            { HasLookAlikes: true } => Nodes(probes.NodesMet, hasLookAlikes: true) + " (servers that look alike count as one)",
            { NodesMet: 1 } => "one server",
            _ => string.Create(CultureInfo.InvariantCulture, $"{probes.NodesMet} servers"),
        };
        var rest = probes switch
        {
            { NodesMet: 0 } => "",
            { Turn: not null } => "; round robin: all of them were met",
            _ => $"; a{(probes.HasLookAlikes ? " different" : "")} server that receives more than {ShareText.Percent(probes.LargestHiddenShare)} of the connections would have been met, with 95% confidence",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{made} new {(made == 1 ? "connection" : "connections")}{(each ? " each" : "")} to {string.Join(" and ", hosts)} met {servers}{rest}.");
    }

    private static string Connections(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "connection" : "connections")}");
}
