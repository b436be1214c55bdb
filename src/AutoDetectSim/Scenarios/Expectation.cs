namespace AutoDetectSim.Scenarios;

/// <summary>What must be true of a number of detections.</summary>
public sealed record Expectation
{
    /// <summary>The address to detect.</summary>
    public required string Detect { get; init; }

    /// <summary>How many detections are made. Default: 1.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Share of detections with services or protocols, 0 to 1; null: not checked.</summary>
    public double? SuccessRate { get; init; }

    /// <summary>How often each X-AutoDv2-Error value comes; null: not checked, empty: none may come.</summary>
    public IReadOnlyDictionary<string, int>? Errors { get; init; }

    /// <summary>How often each outcome comes on the phone; null: not checked.</summary>
    public IReadOnlyDictionary<string, int>? Outcome { get; init; }
}
