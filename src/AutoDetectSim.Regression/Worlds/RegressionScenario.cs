using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Regression.Worlds;

/// <summary>One world that a tool is tried on: a scenario as it is written, or without its fault.</summary>
internal sealed record RegressionScenario
{
    /// <summary>What the scenario is called in reports: its id in the library, or its name.</summary>
    public required string Name { get; init; }

    /// <summary>The path, or the id of the library, by which the scenario was found.</summary>
    public required string Reference { get; init; }

    /// <summary>The scenario as it is written, with its fault.</summary>
    public required Scenario Origin { get; init; }

    /// <summary>The scenario of this world.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>Whether this is the world without the fault.</summary>
    public required bool IsRepaired { get; init; }

    /// <summary>The address of the mailbox that shows the fault.</summary>
    public required string Email { get; init; }

    /// <summary>How the world really is.</summary>
    public required ExpectedVerdict Truth { get; init; }

    /// <summary>The worlds of scenarios: each as written, and if it has a fault, also without it, to find false alarms.</summary>
    /// <param name="references">Paths, and ids of the library.</param>
    /// <param name="problems">Takes everything that is wrong with the files.</param>
    public static IReadOnlyList<RegressionScenario> Load(IEnumerable<string> references, ICollection<string> problems)
    {
        var worlds = new List<RegressionScenario>();
        foreach (var reference in references)
        {
            var result = ScenarioLibrary.Load(reference);
            foreach (var problem in result.Problems)
            {
                problems.Add(problem.ToString());
            }

            if (result.Scenario is not { } scenario)
            {
                continue;
            }

            var name = File.Exists(reference) ? scenario.Name : reference;
            name = worlds.Exists(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)) ? reference : name;
            var world = new RegressionScenario
            {
                Name = name,
                Reference = reference,
                Origin = scenario,
                Scenario = scenario,
                IsRepaired = false,
                Email = PrimaryExpectation.Of(scenario)?.Detect ?? ExampleAddress.Of(scenario),
                Truth = ExpectedVerdict.Of(scenario),
            };
            worlds.Add(world);
            if (scenario.Fault is not null)
            {
                worlds.Add(world with { Scenario = scenario.WithoutFault(), IsRepaired = true, Truth = ExpectedVerdict.Healthy });
            }
        }

        return worlds;
    }
}
