using AutoDetectSim.Documents;

namespace AutoDetectSim.Scenarios;

/// <summary>The result of loading a scenario file: the scenario, or all its problems.</summary>
public sealed record ScenarioLoadResult
{
    /// <summary>The scenario with all defaults filled in, or null when there are problems.</summary>
    public Scenario? Scenario { get; init; }

    /// <summary>All problems, in file order; empty if and only if there is a scenario.</summary>
    public required IReadOnlyList<DocumentProblem> Problems { get; init; }
}
