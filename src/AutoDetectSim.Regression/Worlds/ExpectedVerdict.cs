using AutoDetectSim.Documents.Model;
using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Regression.Worlds;

/// <summary>The actual state of a world, from its scenario's fault.</summary>
internal sealed record ExpectedVerdict
{
    /// <summary>A world without a fault.</summary>
    public static ExpectedVerdict Healthy { get; } = new() { State = VerdictState.Healthy };

    /// <summary>How the world is.</summary>
    public required VerdictState State { get; init; }

    /// <summary>The layer of the fault, as in <c>certificate</c>; null for none.</summary>
    public string? Layer { get; init; }

    /// <summary>The fault's word, as in <c>missingIntermediate</c>; null for none.</summary>
    public string? Kind { get; init; }

    /// <summary>The truth about a scenario as it is written. A fault is intermittent where the scenario expects that some detections succeed.</summary>
    public static ExpectedVerdict Of(Scenario scenario) => scenario.Fault is not { } fault ? Healthy : new ExpectedVerdict
    {
        State = PrimaryExpectation.Of(scenario) is { } telling && PrimaryExpectation.IsMixed(telling) ? VerdictState.Intermittent : VerdictState.Broken,
        Layer = ModelBuilder.Key(fault.Layer.ToString()),
        Kind = fault.Kind,
    };

    /// <summary>Whether a cause is the fault's word or its layer.</summary>
    public bool IsCause(string cause) =>
        string.Equals(cause, Kind, StringComparison.OrdinalIgnoreCase) || string.Equals(cause, Layer, StringComparison.OrdinalIgnoreCase);
}
