using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Worlds;

namespace AutoDetectSim.Regression;

/// <summary>What a regression run does.</summary>
internal sealed record RegressionPlan
{
    /// <summary>How the tool is run and read.</summary>
    public required AdapterDefinition Adapter { get; init; }

    /// <summary>The program and its arguments, with placeholders.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The worlds that it is tried on.</summary>
    public required IReadOnlyList<RegressionScenario> Worlds { get; init; }

    /// <summary>How many labs run at once.</summary>
    public required int Concurrency { get; init; }
}
