using AutoDetectSim.Diagnosis.Explaining;
using AutoDetectSim.Diagnosis.Probing;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>The results of many detections of an address, with reasons, as JSON. The form is a contract: members are added, never renamed.</summary>
internal sealed record DetectDocument
{
    public required string Email { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>healthy</c>, <c>notEnoughProbes</c>, <c>intermittent</c> or <c>broken</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>The verdict in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>What happens and why, for people who do not know certificates.</summary>
    public required IReadOnlyList<CustomerPart> Customer { get; init; }

    /// <summary>What to do, most important first.</summary>
    public required IReadOnlyList<string> Advice { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The run; the same as <c>detect --json</c>.</summary>
    public required DetectionRunResult Detections { get; init; }

    /// <summary>Nodes with their share of the detections; empty when the lab is not in this process.</summary>
    public required IReadOnlyList<DetectionNodeDocument> Nodes { get; init; }

    /// <summary>The detections in order, as many as are kept.</summary>
    public required IReadOnlyList<DetectionAttemptDocument> Timeline { get; init; }

    /// <summary>Headers of the sample, decoded and in words.</summary>
    public required IReadOnlyList<ExplainedHeader> Explained { get; init; }

    /// <summary>A check of the hosts from outside, by node and client; null if they could not be reached.</summary>
    public CheckDocument? Check { get; init; }
}

/// <summary>The detections that met one node.</summary>
internal sealed record DetectionNodeDocument
{
    public required string Name { get; init; }

    public required int Attempts { get; init; }

    /// <summary>The share of the detections that met the node.</summary>
    public required double Share { get; init; }

    public required IReadOnlyList<double> Confidence95 { get; init; }

    public required int Successes { get; init; }

    public required IReadOnlyDictionary<string, int> Errors { get; init; }
}

/// <summary>One detection.</summary>
internal sealed record DetectionAttemptDocument
{
    public required int Number { get; init; }

    public required double StartedMs { get; init; }

    public required double ElapsedMs { get; init; }

    public required int Status { get; init; }

    public required bool Succeeded { get; init; }

    public string? Error { get; init; }

    public required string Outcome { get; init; }

    public required IReadOnlyList<string> Nodes { get; init; }
}
