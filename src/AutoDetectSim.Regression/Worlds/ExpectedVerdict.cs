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

    /// <summary>
    /// The truth about a scenario as it is written. A fault is intermittent where the scenario expects that some detections succeed. A scenario
    /// can be faulty without a fault that a repair would remove: a domain that does not exist.
    /// </summary>
    public static ExpectedVerdict Of(Scenario scenario)
    {
        var telling = PrimaryExpectation.Of(scenario);
        return scenario.Fault is null && telling?.SuccessRate is not < 1 ? Healthy : new ExpectedVerdict
        {
            State = telling is not null && PrimaryExpectation.IsMixed(telling) ? VerdictState.Intermittent : VerdictState.Broken,
            Layer = scenario.Fault is { } fault ? ModelBuilder.Key(fault.Layer.ToString()) : null,
            Kind = scenario.Fault?.Kind,
        };
    }

    /// <summary>Whether a cause is the fault's word or its layer; a world without a named fault takes any.</summary>
    public bool IsCause(string cause) =>
        Kind is null
        || string.Equals(cause, Kind, StringComparison.OrdinalIgnoreCase)
        || string.Equals(cause, Layer, StringComparison.OrdinalIgnoreCase);
}
