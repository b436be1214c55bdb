using AutoDetectSim.Protocols.Timing;

namespace AutoDetectSim.Testing;

/// <summary>
/// The clock of a lab: the system's, moved by an offset that tests set. The validity of certificates, the ages of caches and the
/// lifetimes of tokens follow it. Only the time of day is moved: timers and timestamps are real, and a stall of the machine does not
/// count toward them. Pass it to a tool under test that accepts a <see cref="TimeProvider"/>, and both use
/// the same time. Thread-safe.
/// </summary>
public sealed class LabClock : TimeProvider
{
    private readonly long _startOffset;
    private long _offset;

    internal LabClock(DateTimeOffset? start)
    {
        _startOffset = start is { } time ? (time - System.GetUtcNow()).Ticks : 0;
        _offset = _startOffset;
    }

    /// <summary>How far the clock is ahead of the system's; negative when it is behind.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

    /// <inheritdoc/>
    public override long TimestampFrequency => RunningTime.Shared.TimestampFrequency;

    /// <inheritdoc/>
    public override long GetTimestamp() => RunningTime.Shared.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        RunningTime.Shared.CreateTimer(callback, state, dueTime, period);

    /// <summary>Moves the clock on; it runs on from there.</summary>
    /// <param name="by">How far; negative to move it back.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such date.</exception>
    public void Advance(TimeSpan by)
    {
        var now = GetUtcNow();
        if (by > DateTimeOffset.MaxValue - now || by < DateTimeOffset.MinValue - now)
        {
            throw new ArgumentOutOfRangeException(nameof(by), by, $"{now:u} moved by that is not a valid date.");
        }

        Interlocked.Add(ref _offset, by.Ticks);
    }

    /// <summary>Sets the clock; it runs on from there.</summary>
    /// <param name="time">What it shows now.</param>
    public void SetUtcNow(DateTimeOffset time) => Interlocked.Exchange(ref _offset, (time - System.GetUtcNow()).Ticks);

    /// <summary>Resets the clock as if it had never been moved since the lab started.</summary>
    public void Reset() => Interlocked.Exchange(ref _offset, _startOffset);
}
