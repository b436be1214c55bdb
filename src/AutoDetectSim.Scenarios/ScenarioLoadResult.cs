using AutoDetectSim.Documents;

namespace AutoDetectSim.Scenarios;

/// <summary>What came of loading one scenario file: a scenario, or every problem that it has.</summary>
public sealed record ScenarioLoadResult
{
    /// <summary>The scenario with all defaults filled in, or null when there are problems.</summary>
    public Scenario? Scenario { get; init; }

    /// <summary>All problems, in file order; empty exactly when there is a scenario.</summary>
    public required IReadOnlyList<DocumentProblem> Problems { get; init; }
}
