using AutoDetectSim.Documents;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>Names that must be unlike; those of authorities and certificates are the PKI's matter.</summary>
internal static class NameRules
{
    public static void Check(Scenario scenario, ProblemSink problems)
    {
        Unique(problems, "organizations", scenario.Organizations.Select(part => part.Name), new(StringComparer.OrdinalIgnoreCase), "organization");
        Unique(problems, "loadBalancers", scenario.LoadBalancers.Select(part => part.Name), new(StringComparer.OrdinalIgnoreCase), "load balancer");

        var nodes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var balancer in scenario.LoadBalancers)
        {
            foreach (var node in balancer.Nodes)
            {
                if (!nodes.TryAdd(node.Name, balancer.Name))
                {
                    var path = ModelPath.Root / "loadBalancers" / balancer.Name / "nodes" / node.Name;
                    problems.AddAt(path, $"Duplicate node `{node.Name}`: `{nodes[node.Name]}` has one, and node names must be unique in a scenario", node.Name);
                }
            }
        }
    }

    private static void Unique(ProblemSink problems, string list, IEnumerable<string> names, HashSet<string> seen, string noun)
    {
        foreach (var name in names)
        {
            if (!seen.Add(name))
            {
                problems.AddAt(ModelPath.Root / list / name, $"Duplicate {noun} `{name}`", name);
            }
        }
    }
}
