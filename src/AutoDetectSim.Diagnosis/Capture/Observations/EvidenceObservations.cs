namespace AutoDetectSim.Diagnosis.Capture.Observations;

/// <summary>What the evidence comes to.</summary>
internal sealed record EvidenceObservations
{
    public required CapturedWorld World { get; init; }

    /// <summary>What was taken from where, one sentence without a full stop for each call.</summary>
    public required IReadOnlyList<string> Taken { get; init; }

    /// <summary>What was concluded and not read.</summary>
    public required IReadOnlyList<string> Guesses { get; init; }

    /// <summary>What the reader should know.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Whether the evidence says of any connection how it ended.</summary>
    public required bool HasVerdict { get; init; }
}
