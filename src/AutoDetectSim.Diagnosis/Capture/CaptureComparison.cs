using System.Globalization;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Grouping;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Holds a check of the captured world against one of its reproduction: the same verdicts per node and per client.</summary>
internal static class CaptureComparison
{
    /// <summary>The differences, in sentences without a full stop; empty where the two agree.</summary>
    /// <param name="original">The captured world.</param>
    /// <param name="reproduced">The lab that was made from it.</param>
    /// <param name="anonymizer">What replaced names in the lab, or null where nothing did.</param>
    public static IReadOnlyList<string> Compare(CheckResult original, CheckResult reproduced, Anonymizer? anonymizer = null)
    {
        var differences = new List<string>();
        foreach (var host in original.Hosts.Where(host => !host.IsUnreachable))
        {
            var again = reproduced.Hosts.FirstOrDefault(candidate => candidate.Role == host.Role && string.Equals(candidate.Host, anonymizer?.Host(host.Host) ?? host.Host, StringComparison.OrdinalIgnoreCase));
            if (again is null)
            {
                differences.Add($"{host.Host} ({host.Role}) is not met in the reproduction");
                continue;
            }

            Compare(host, again, anonymizer?.NodeNames, differences);
        }

        return differences;
    }

    private static void Compare(HostDiagnosis host, HostDiagnosis again, IReadOnlyDictionary<string, string>? names, List<string> differences)
    {
        var before = Verdicts(host, names);
        var after = Verdicts(again, names: null);
        foreach (var key in before.Keys.Union(after.Keys.Where(before.ContainsKey), StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase))
        {
            var (was, isNow) = (before.GetValueOrDefault(key), after.GetValueOrDefault(key));
            if (isNow is null)
            {
                differences.Add($"{host.Host}: {key} is missing from the reproduction");
            }
            else if (!string.Equals(was, isNow, StringComparison.Ordinal))
            {
                differences.Add($"{host.Host}: {key} was \"{was}\" and is \"{isNow}\" in the reproduction");
            }
        }

        // Nodes without a name get one in the lab: their verdicts are compared, and how many of them look alike does not matter.
        var unnamed = Distinct(host, node => node.Basis == IdentityBasis.Certificates);
        var unnamedAgain = Distinct(again, node => node.Basis == IdentityBasis.Certificates || !before.ContainsKey(node.Name));
        differences.AddRange(unnamed.Except(unnamedAgain, StringComparer.Ordinal).Select(words => $"{host.Host}: a server without a name, \"{words}\", is missing from the reproduction"));
        differences.AddRange(unnamedAgain.Except(unnamed, StringComparer.Ordinal).Select(words => $"{host.Host}: a server, \"{words}\", is new in the reproduction"));

        // Shares are draws where the balancer draws lots: each interval has to know the other share.
        var (rate, rateAgain) = (Rate(host), Rate(again));
        if (rate < again.Confidence.Low || rate > again.Confidence.High)
        {
            differences.Add(string.Create(CultureInfo.InvariantCulture, $"{host.Host}: the share of successes was {rate:0.###} and is {rateAgain:0.###} in the reproduction"));
        }
    }

    private static double Rate(HostDiagnosis host) => (double)host.Successes / Math.Max(1, host.Attempts);

    /// <summary>What strict clients and every profile make of each node that has a name.</summary>
    private static Dictionary<string, string> Verdicts(HostDiagnosis host, IReadOnlyDictionary<string, string>? names) => host.Nodes
        .Where(node => node.Basis == IdentityBasis.FrontEndServer)
        .GroupBy(node => names?.GetValueOrDefault(node.Name) ?? node.Name, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => Words(host, group.Last()), StringComparer.OrdinalIgnoreCase);

    private static List<string> Distinct(HostDiagnosis host, Func<NodeDiagnosis, bool> isMeant) =>
        [.. host.Nodes.Where(isMeant).Select(node => Words(host, node)).Distinct(StringComparer.Ordinal)];

    private static string Words(HostDiagnosis host, NodeDiagnosis node)
    {
        var chains = host.Chains.ToDictionary(chain => chain.Label, StringComparer.Ordinal);
        return string.Join(" | ", node.Chains.Select(label => Words(chains[label])).Order(StringComparer.Ordinal))
            + (node.Faults.Count == 0 ? "" : "; " + string.Join(", ", node.Faults.Order(StringComparer.Ordinal)));
    }

    private static string Words(ChainGroup chain) =>
        $"{chain.Strict.NodeCode} [{string.Join(", ", chain.Strict.ChainIssues)}] in use: {Accepting(chain, client => client.InUse)}; at first: {Accepting(chain, client => client.FirstVisit)}";

    private static string Accepting(ChainGroup chain, Func<ClientGroupVerdict, ClientVerdict> verdict)
    {
        var names = chain.Clients.Where(client => verdict(client).Accepted).Select(client => client.Profile.Name).ToList();
        return names.Count == 0 ? "nobody" : names.Count == chain.Clients.Count ? "all" : string.Join(" ", names);
    }
}
