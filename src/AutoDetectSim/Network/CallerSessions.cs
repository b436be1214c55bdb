namespace AutoDetectSim.Network;

/// <summary>Hands out the session numbers of one lab: each number once.</summary>
internal sealed class CallerSessions
{
    private long _last;

    /// <summary>A number that no other caller of the lab has.</summary>
    public long Next() => Interlocked.Increment(ref _last);
}
