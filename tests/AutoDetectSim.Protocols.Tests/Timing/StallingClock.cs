namespace AutoDetectSim.Protocols.Tests.Timing;

/// <summary>A clock of a machine that a test lets run or stall: timers that came due during a stall ring after it, in any order.</summary>
internal sealed class StallingClock : TimeProvider
{
    private readonly List<HandTimer> _timers = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(this, callback, state);
        timer.Change(dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Time passes, and every timer rings when it is due.</summary>
    public void Run(TimeSpan span) => Rings(span);

    /// <summary>The same; returns how often a timer rang.</summary>
    public int Rings(TimeSpan span)
    {
        var rings = 0;
        var end = _now + span.Ticks;
        while (_timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due) is { } next)
        {
            _now = Math.Max(_now, next.Due);
            next.Ring();
            rings++;
        }

        _now = end;
        return rings;
    }

    /// <summary>Time passes, but nothing runs; then what is due rings, the latest timer first.</summary>
    public void Stall(TimeSpan span)
    {
        _now += span.Ticks;
        foreach (var timer in _timers.Where(timer => timer.Due <= _now).Reverse().ToList())
        {
            timer.Ring();
        }
    }

    private sealed class HandTimer(StallingClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public long Due { get; private set; } = long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : clock._now + dueTime.Ticks;
            return true;
        }

        public void Ring()
        {
            Due = _period > TimeSpan.Zero ? clock._now + _period.Ticks : long.MaxValue;
            callback(state);
        }

        public void Dispose() => Due = long.MaxValue;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
