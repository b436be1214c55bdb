using AutoDetectSim.AutoDetect;

namespace AutoDetectSim.Diagnosis.Probing;

/// <summary>One detection of a probe run.</summary>
internal sealed record DetectionAttempt
{
    /// <summary>The number of the detection in the order in which they were begun, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When it was begun, from the start of the run.</summary>
    public required TimeSpan Started { get; init; }

    /// <summary>How long the call took.</summary>
    public required TimeSpan Elapsed { get; init; }

    public required FrontDoorAnswer Answer { get; init; }

    /// <summary>What AutoDetect did, or null when the lab is not in this process.</summary>
    public Detection? Detection { get; init; }

    /// <summary>Whether services or protocols were found.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>X-AutoDv2-Error, or null.</summary>
    public string? Error { get; init; }

    /// <summary>What the person with the phone saw, by its name in JSON.</summary>
    public required string Outcome { get; init; }

    /// <summary>The customer's nodes that were met and what each did; none when the lab is not in this process.</summary>
    public required NodesMet Met { get; init; }

    /// <summary>The nodes, each once, in order, with the code of what failed there first, or null.</summary>
    public IReadOnlyDictionary<string, string?> Nodes => Met.Codes;
}
