namespace AutoDetectSim.Protocols.Timing;

/// <summary>A timer of a clock that can stand still: when its time is over by the clock of the system, it asks that clock how much is left.</summary>
internal sealed class RunningTimer : ITimer
{
    private const long Never = long.MaxValue;

    private readonly Lock _gate = new();
    private readonly RunningTime _time;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ITimer _timer;
    private TimeSpan _period;
    private long _due = Never;
    private bool _disposed;

    /// <param name="time">The clock that can stand still.</param>
    /// <param name="inner">The clock that goes on.</param>
    /// <param name="callback">Called when the time is over.</param>
    /// <param name="state">Passed to <paramref name="callback"/>.</param>
    /// <param name="dueTime">The time until the first call.</param>
    /// <param name="period">The time between calls; none for zero or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    public RunningTimer(RunningTime time, TimeProvider inner, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _time = time;
        _callback = callback;
        _state = state;
        _timer = inner.CreateTimer(static timer => ((RunningTimer)timer!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Change(dueTime, period);
    }

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            if (_disposed)
            {
                return false;
            }

            _period = period;
            SetDue(dueTime == Timeout.InfiniteTimeSpan ? Never : In(dueTime));
            return _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            SetDue(Never);
        }

        _timer.Dispose();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
            SetDue(Never);
        }

        return _timer.DisposeAsync();
    }

    private void Ring()
    {
        lock (_gate)
        {
            if (_due == Never)
            {
                return;
            }

            if (_time.GetElapsedTime(_time.GetTimestamp(), _due) is var left && left > TimeSpan.Zero)
            {
                _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                return;
            }

            SetDue(_period > TimeSpan.Zero ? In(_period) : Never);
            if (_due != Never)
            {
                _timer.Change(_period, Timeout.InfiniteTimeSpan);
            }
        }

        _callback(_state);
    }

    private void SetDue(long due)
    {
        if ((due == Never) != (_due == Never))
        {
            _time.Count(due == Never ? -1 : 1);
        }

        _due = due;
    }

    private long In(TimeSpan span) => _time.GetTimestamp() + (long)(span.TotalSeconds * _time.TimestampFrequency);
}
