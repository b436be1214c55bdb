using AutoDetectSim.Regression.Worlds;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Model;

namespace AutoDetectSim.Regression.Judging;

/// <summary>How a world really is: what its scenario says of its fault.</summary>
internal sealed record WorldTruth
{
    /// <summary>A world without a fault.</summary>
    public static WorldTruth Healthy { get; } = new() { State = WorldState.Healthy };

    /// <summary>How the world is.</summary>
    public required WorldState State { get; init; }

    /// <summary>The layer of the fault, as in <c>certificate</c>; null for none.</summary>
    public string? Layer { get; init; }

    /// <summary>The fault's word, as in <c>missingIntermediate</c>; null for none.</summary>
    public string? Kind { get; init; }

    /// <summary>The truth about a scenario as it is written. A fault is intermittent where the scenario expects that some detections succeed.</summary>
    public static WorldTruth Of(Scenario scenario) => scenario.Fault is not { } fault ? Healthy : new WorldTruth
    {
        State = TellingExpectation.Of(scenario) is { } telling && TellingExpectation.IsMixed(telling) ? WorldState.Intermittent : WorldState.Broken,
        Layer = ModelBuilder.Key(fault.Layer.ToString()),
        Kind = fault.Kind,
    };

    /// <summary>Whether a cause is the fault's word or its layer.</summary>
    public bool IsCause(string cause) =>
        string.Equals(cause, Kind, StringComparison.OrdinalIgnoreCase) || string.Equals(cause, Layer, StringComparison.OrdinalIgnoreCase);
}
