using AutoDetectSim.Documents;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>Connectors that no node could use, and expectations of connectors that the scenario does not have.</summary>
internal static class ConnectorRules
{
    public static void Check(Scenario scenario, ProblemSink problems)
    {
        foreach (var balancer in scenario.LoadBalancers.Where(balancer => balancer.Connectors.Count > 0))
        {
            var path = ModelPath.Root / "loadBalancers" / balancer.Name / "connectors";
            for (var index = 0; index < balancer.Connectors.Count; index++)
            {
                var name = balancer.Connectors[index];
                if (name.Length is 0 or > 100)
                {
                    problems.AddAt(path / index, "The name of a connector must have 1 to 100 characters", name);
                }
                else if (balancer.Connectors.Take(index).Contains(name, StringComparer.Ordinal))
                {
                    problems.AddAt(path / index, $"`connectors` lists `{name}` twice", name);
                }
            }

            if (balancer.Tls == TlsHandling.Terminate)
            {
                problems.AddAt(path, "`connectors` requires `tls: passthrough`: behind a load balancer that terminates TLS the nodes have no certificates of their own here", null, "tls: passthrough");
            }
        }

        CheckAll(scenario, scenario.Expect, ModelPath.Root / "expect", problems);
        if (scenario.Fault is { } fault)
        {
            CheckAll(scenario, fault.ExpectFixed, ModelPath.Root / "fault" / "expectFixed", problems);
        }
    }

    private static void CheckAll(Scenario scenario, IReadOnlyList<Expectation> expectations, ModelPath path, ProblemSink problems)
    {
        var known = scenario.LoadBalancers.SelectMany(balancer => balancer.Connectors).ToList();
        for (var index = 0; index < expectations.Count; index++)
        {
            foreach (var name in (expectations[index].Connectors?.Keys ?? []).Where(name => !known.Contains(name, StringComparer.Ordinal)))
            {
                var nearest = problems.Nearest(name, known);
                problems.AddAt(path / index / "connectors" / name, $"No load balancer has a connector `{name}`{(nearest is null ? "" : $"; did you mean `{nearest}`?")}", name, nearest);
            }
        }
    }
}
