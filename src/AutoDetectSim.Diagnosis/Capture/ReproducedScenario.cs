using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>A scenario made from a capture.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Deviations">What it does not have in common with the captured world, in sentences without a full stop.</param>
internal sealed record ReproducedScenario(Scenario Scenario, IReadOnlyList<string> Deviations)
{
    /// <summary>What was concluded and not seen, in sentences without a full stop.</summary>
    public IReadOnlyList<string> Guesses { get; init; } = [];

    /// <summary>The connections that each node was made from.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<CapturedConnection>> Nodes { get; init; } = new Dictionary<string, IReadOnlyList<CapturedConnection>>(StringComparer.Ordinal);
}
