namespace AutoDetectSim.Protocols.Timing;

/// <summary>
/// The time during which this process runs. A stall of the machine, such as a stopped process, swapping or a laptop asleep, counts for no more than
/// <see cref="Tolerance"/>, and what comes due meanwhile comes due as much later: a time limit measures the other side of a connection,
/// not this machine. On a machine that has too much to do, every beat comes late, and the time goes on slowly. The time of day is the system's. Thread-safe.
/// </summary>
/// <remarks>
/// A beat comes every <see cref="Interval"/>. The time goes on from one beat for at most <see cref="Tolerance"/>; then it stands still until
/// the next one. With no timer waiting and no one reading the time, the beats stop after <see cref="RestsAfter"/>, so an idle lab uses no
/// processor time; the pause counts in full.
/// </remarks>
internal sealed class RunningTime : TimeProvider, IDisposable
{
    /// <summary>The time from one beat to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <summary>How long a beat may take before the time stands still.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(50);

    /// <summary>The shortest stall that <see cref="Stalled"/> counts: shorter ones are of no account to the time limits of real programs.</summary>
    public static readonly TimeSpan Notable = TimeSpan.FromSeconds(3);

    /// <summary>How long the beats continue after they were last needed.</summary>
    public static readonly TimeSpan RestsAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly TimeProvider _inner;
    private readonly long _tolerance;
    private readonly ITimer _timer;
    private int _waiting;
    private int _vain;
    private bool _rests;
    private long _beat;
    private long _missed;
    private long _stalled;

    /// <summary>Starts to beat.</summary>
    /// <param name="inner">The clock that goes on during a stall.</param>
    internal RunningTime(TimeProvider inner)
    {
        _inner = inner;
        _tolerance = (long)(Tolerance.TotalSeconds * inner.TimestampFrequency);
        _beat = inner.GetTimestamp();

        // The timer outlives whoever asks for the time first.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = inner.CreateTimer(static state => ((RunningTime)state!).Beat(), this, Interval, Interval);
        }
    }

    /// <summary>The time of this process.</summary>
    public static RunningTime Shared { get; } = new(System);

    /// <summary>How long the process was stalled so far, counting stalls of at least <see cref="Notable"/>.</summary>
    public TimeSpan Stalled
    {
        get
        {
            lock (_gate)
            {
                return _inner.GetElapsedTime(0, _stalled);
            }
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => _inner.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _inner.LocalTimeZone;

    /// <summary>The clock by which time limits are kept: the running time for the system's clock, any other as it is.</summary>
    public static TimeProvider Of(TimeProvider time) => ReferenceEquals(time, System) ? Shared : time;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _inner.GetUtcNow();

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_gate)
        {
            _vain = 0;
            if (_rests)
            {
                _rests = false;
                _beat = _inner.GetTimestamp();
                _timer.Change(Interval, Interval);
            }

            return Math.Min(_inner.GetTimestamp(), _beat + _tolerance) - _missed;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return new RunningTimer(this, _inner, callback, state, dueTime, period);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    /// <summary>Keeps count of the timers that wait.</summary>
    /// <param name="change">1 for one more, -1 for one less.</param>
    internal void Count(int change)
    {
        lock (_gate)
        {
            _waiting += change;
        }
    }

    private void Beat()
    {
        lock (_gate)
        {
            if (_rests)
            {
                return;
            }

            var now = _inner.GetTimestamp();
            if (now - _beat - _tolerance is > 0 and var missed)
            {
                _missed += missed;
                if (_inner.GetElapsedTime(_beat, now) >= Notable)
                {
                    _stalled += missed;
                }
            }

            _beat = now;
            if (_waiting == 0 && ++_vain >= RestsAfter / Interval)
            {
                _rests = true;
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
