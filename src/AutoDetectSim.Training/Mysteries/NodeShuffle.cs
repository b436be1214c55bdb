using System.Text.RegularExpressions;
using AutoDetectSim.Protocols.Randomness;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Training.Mysteries;

/// <summary>Gives the nodes of load balancers one another's names, to hide which of them the library breaks.</summary>
internal sealed partial class NodeShuffle
{
    private readonly Dictionary<string, Dictionary<string, string>> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<string>> _order = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Draws.</summary>
    /// <param name="world">The world whose nodes are to be named; where other parts of it, or its texts, tell nodes apart, these keep their names.</param>
    /// <param name="seed">The seed.</param>
    public NodeShuffle(Scenario world, int seed)
    {
        if (world.Organizations.Any(organization => organization.MailboxSettings.Values.Any(settings => settings.Server is not null)) || TellsNodesApart(world))
        {
            return;
        }

        foreach (var balancer in world.LoadBalancers.Where(balancer => balancer.Sequence.Count == 0))
        {
            var order = balancer.Nodes.Select(node => node.Name).ToList();
            var left = order.ToList();
            var random = new Seed(seed).Stream("names/" + balancer.Name);
            _order[balancer.Name] = order;
            _names[balancer.Name] = order.ToDictionary(
                name => name,
                _ =>
                {
                    var index = random.Next(left.Count);
                    var drawn = left[index];
                    left.RemoveAt(index);
                    return drawn;
                },
                StringComparer.OrdinalIgnoreCase);
        }
    }

    private static bool TellsNodesApart(Scenario world)
    {
        var told = string.Join(' ', world.Title, world.Symptom, world.Fault?.Explanation);
        return Ordinal().IsMatch(told) || world.LoadBalancers.SelectMany(balancer => balancer.Nodes).Any(node => told.Contains(node.Name, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"\b(first|second|third|fourth|last)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ordinal();

    /// <summary>The same world with other names. Nodes that were not there when the names were drawn keep theirs.</summary>
    public Scenario Apply(Scenario world) => world with { LoadBalancers = [.. world.LoadBalancers.Select(Apply)] };

    private LoadBalancerDefinition Apply(LoadBalancerDefinition balancer)
    {
        if (!_names.TryGetValue(balancer.Name, out var names))
        {
            return balancer;
        }

        var nodes = balancer.Nodes.Select(node => node with { Name = names.GetValueOrDefault(node.Name, node.Name) });
        return balancer with { Nodes = [.. nodes.OrderBy(node => _order[balancer.Name].IndexOf(node.Name))] };
    }
}
