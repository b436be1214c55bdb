using System.Text.RegularExpressions;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Training.Cases;

namespace AutoDetectSim.Training.Sessions;

/// <summary>
/// What a repair means apart from what was drawn for one trainee: which servers it is for by their state, and drawn texts by the names of
/// their draws. Repairs of a whole class can be counted by it.
/// </summary>
internal static class RepairMeaning
{
    /// <summary>Describes a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="world">The world that it is for.</param>
    /// <param name="trainingCase">The case.</param>
    public static string Of(ScenarioChange change, Scenario world, TrainingCase trainingCase)
    {
        var colon = change.Text.IndexOf(": ", StringComparison.Ordinal);
        var (target, rest) = colon < 0 ? (change.Text, string.Empty) : (change.Text[..colon], change.Text[(colon + 2)..]);
        var targets = change.TargetsIn(world);
        var nodes = targets.Where(keys => keys is ["loadBalancers", _, "nodes", _, ..]).ToList();
        var balancers = nodes.Select(keys => keys[1]).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (balancers.Count > 0 && nodes.Count == targets.Count)
        {
            target = $"{string.Join(',', balancers)}/({Which([.. nodes.Select(keys => keys[3])], [.. balancers], world, trainingCase)})";
        }

        var names = world.LoadBalancers.SelectMany(balancer => balancer.Nodes).Select(node => node.Name);
        rest = names.Aggregate(rest, (text, name) => Replaced(text, name, "SERVER"));
        return trainingCase.Draws.Texts.Aggregate($"{target}: {rest}", (text, draw) => Replaced(text, draw.Value, "{" + draw.Key + "}"));
    }

    private static string Which(HashSet<string> named, List<string> balancers, Scenario world, TrainingCase trainingCase)
    {
        var all = world.LoadBalancers.Where(balancer => balancers.Contains(balancer.Name, StringComparer.OrdinalIgnoreCase)).SelectMany(balancer => balancer.Nodes).Select(node => node.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var faulty = trainingCase.Faults.SelectMany(fault => fault.Nodes).Where(all.Contains).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var hit = named.Count(faulty.Contains);
        return named.Count == all.Count ? "all servers"
            : faulty.Count == 0 ? "some servers"
            : hit == 0 ? "servers without a fault"
            : hit < named.Count ? "servers with and without a fault"
            : hit == faulty.Count ? "the faulty servers"
            : "some of the faulty servers";
    }

    private static string Replaced(string text, string word, string by) =>
        word.Length == 0 ? text : Regex.Replace(text, $@"(?<![\w-]){Regex.Escape(word)}(?![\w-])", by.Replace("$", "$$", StringComparison.Ordinal), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
