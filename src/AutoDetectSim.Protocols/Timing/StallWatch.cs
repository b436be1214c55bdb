namespace AutoDetectSim.Protocols.Timing;

/// <summary>Measures how long this process is stalled from now on.</summary>
internal sealed class StallWatch
{
    private readonly TimeSpan _before = RunningTime.Shared.Stalled;

    /// <summary>How long it was stalled since then.</summary>
    public TimeSpan Stalled => RunningTime.Shared.Stalled - _before;

    /// <summary>The same in milliseconds, for documents; null if it was not.</summary>
    public double? Milliseconds => Stalled is var stalled && stalled > TimeSpan.Zero ? Math.Round(stalled.TotalMilliseconds) : null;
}
