using AutoDetectSim.Protocols;

namespace AutoDetectSim.AutoDetect;

/// <summary>One call of AutoDetect.</summary>
internal sealed record DetectionRequest
{
    /// <summary>The address as the caller wrote it, and its domain.</summary>
    public required EmailAddress Email { get; init; }

    /// <summary>What the query asked for.</summary>
    public DetectionParameters Parameters { get; init; } = DetectionParameters.Everything;
}
