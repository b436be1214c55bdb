using AutoDetectSim.Scenarios;

namespace AutoDetectSim.AutoDetect;

/// <summary>What every call has, whether a detection came of it or not.</summary>
internal record AutoDetectCall
{
    public required Guid RequestId { get; init; }

    public required Edition Edition { get; init; }

    /// <summary>The instance that answered.</summary>
    public required string Instance { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>How long the call took: time that passed, or time that the lab only simulates, whichever is longer.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>When the answer left: the Date header, and the <c>iat</c> of X-Feedback-Token.</summary>
    public DateTimeOffset Answered => Started + Elapsed;
}
