using AutoDetectSim.Scenarios;

namespace AutoDetectSim.AutoDetect;

/// <summary>One call of AutoDetect.</summary>
internal sealed record DetectionRequest
{
    /// <summary>The address as the caller wrote it, and its domain.</summary>
    public required SmtpAddress Email { get; init; }

    /// <summary>What the query asked for.</summary>
    public DetectionParameters Parameters { get; init; } = DetectionParameters.Everything;

    /// <summary>Which AutoDetect answers; null: the scenario's.</summary>
    public Edition? Edition { get; init; }
}
