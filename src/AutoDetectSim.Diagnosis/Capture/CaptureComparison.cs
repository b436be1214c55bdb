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
        var (before, after) = (Verdicts(host, names), Verdicts(again, null));
        foreach (var key in before.Keys.Union(after.Keys, StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase))
        {
            var (was, isNow) = (before.GetValueOrDefault(key), after.GetValueOrDefault(key));
            if (was is null || isNow is null)
            {
                differences.Add($"{host.Host}: {key} is {(was is null ? "new in" : "missing from")} the reproduction");
            }
            else if (!string.Equals(was, isNow, StringComparison.Ordinal))
            {
                differences.Add($"{host.Host}: {key} was \"{was}\" and is \"{isNow}\" in the reproduction");
            }
        }

        // Shares are draws where the balancer draws lots: each interval has to know the other share.
        var (rate, rateAgain) = (Rate(host), Rate(again));
        if (rate < again.Confidence.Low || rate > again.Confidence.High)
        {
            differences.Add(string.Create(CultureInfo.InvariantCulture, $"{host.Host}: the share of successes was {rate:0.###} and is {rateAgain:0.###} in the reproduction"));
        }
    }

    private static double Rate(HostDiagnosis host) => (double)host.Successes / Math.Max(1, host.Attempts);

    /// <summary>What strict clients and every profile make of each node. Nodes that show no name are told by their verdict alone.</summary>
    private static Dictionary<string, string> Verdicts(HostDiagnosis host, IReadOnlyDictionary<string, string>? names)
    {
        var chains = host.Chains.ToDictionary(chain => chain.Label, StringComparer.Ordinal);
        var verdicts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var node in host.Nodes)
        {
            var words = string.Join(" | ", node.Chains.Select(label => Words(chains[label])).Order(StringComparer.Ordinal))
                + (node.Faults.Count == 0 ? "" : "; " + string.Join(", ", node.Faults.Order(StringComparer.Ordinal)));
            verdicts[node.Basis == IdentityBasis.FrontEndServer ? names?.GetValueOrDefault(node.Name) ?? node.Name : "a node without a name: " + words] = words;
        }

        return verdicts;
    }

    private static string Words(ChainGroup chain) =>
        $"{chain.Strict.NodeCode} [{string.Join(", ", chain.Strict.ChainIssues)}] in use: {Accepting(chain, client => client.InUse)}; at first: {Accepting(chain, client => client.FirstVisit)}";

    private static string Accepting(ChainGroup chain, Func<ClientGroupVerdict, ClientVerdict> verdict)
    {
        var names = chain.Clients.Where(client => verdict(client).Accepted).Select(client => client.Profile.Name).ToList();
        return names.Count == 0 ? "nobody" : names.Count == chain.Clients.Count ? "all" : string.Join(" ", names);
    }
}
