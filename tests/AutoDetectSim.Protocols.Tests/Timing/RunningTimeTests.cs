using AutoDetectSim.Protocols.Timing;

namespace AutoDetectSim.Protocols.Tests.Timing;

public sealed class RunningTimeTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly StallingClock _clock = new();
    private readonly RunningTime _time;

    public RunningTimeTests() => _time = new RunningTime(_clock);

    public void Dispose() => _time.Dispose();

    [Fact]
    public void A_time_limit_is_kept_to_the_millisecond_while_the_machine_runs()
    {
        var rung = 0;
        using var timer = _time.CreateTimer(_ => rung++, null, 10 * Second, Timeout.InfiniteTimeSpan);

        _clock.Run(TimeSpan.FromMilliseconds(9999));
        Assert.Equal(0, rung);
        _clock.Run(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, rung);
        _clock.Run(100 * Second);
        Assert.Equal(1, rung);
    }

    [Fact]
    public void A_stall_does_not_count_toward_a_time_limit()
    {
        var rung = 0;
        using var timer = _time.CreateTimer(_ => rung++, null, 10 * Second, Timeout.InfiniteTimeSpan);
        _clock.Run(3 * Second);

        _clock.Stall(12 * Second);
        Assert.Equal(0, rung);
        _clock.Run(6 * Second);
        Assert.Equal(0, rung);
        _clock.Run(Second);
        Assert.Equal(1, rung);
    }

    [Fact]
    public void Many_stalls_in_a_row_do_not_add_up_to_a_time_limit()
    {
        var rung = 0;
        using var timer = _time.CreateTimer(_ => rung++, null, 10 * Second, Timeout.InfiniteTimeSpan);
        for (var stall = 0; stall < 20; stall++)
        {
            _clock.Stall(12 * Second);
        }

        Assert.Equal(0, rung);
        Assert.True(_time.Stalled > 230 * Second, $"{_time.Stalled}");
        _clock.Run(10 * Second);
        Assert.Equal(1, rung);
    }

    [Fact]
    public void Time_never_goes_back_and_counts_no_more_of_a_stall_than_is_tolerated()
    {
        var start = _time.GetTimestamp();
        var last = start;
        for (var step = 0; step < 50; step++)
        {
            _clock.Stall(TimeSpan.FromMilliseconds(step * 50));
            Assert.True(_time.GetTimestamp() >= last);
            last = _time.GetTimestamp();
            _clock.Run(TimeSpan.FromMilliseconds(step));
        }

        Assert.True(_time.GetElapsedTime(start) <= (50 * RunningTime.Tolerance) + TimeSpan.FromMilliseconds(50 * 49 / 2), $"{_time.GetElapsedTime(start)}");
    }

    [Fact]
    public void Before_its_first_beat_after_a_stall_the_time_stands_still()
    {
        using var stopped = new RunningTime(_clock);
        stopped.Dispose();
        var start = stopped.GetTimestamp();

        _clock.Run(100 * Second);

        Assert.Equal(RunningTime.Tolerance, stopped.GetElapsedTime(start));
    }

    [Fact]
    public void On_a_machine_with_too_much_to_do_the_time_goes_on_slowly()
    {
        var start = _time.GetTimestamp();
        for (var beat = 0; beat < 50; beat++)
        {
            _clock.Stall(TimeSpan.FromMilliseconds(200));
        }

        Assert.InRange(_time.GetElapsedTime(start), TimeSpan.Zero, 3 * Second);
        Assert.Equal(TimeSpan.Zero, _time.Stalled);
    }

    [Fact]
    public void Short_stalls_are_not_reported()
    {
        _clock.Stall(2 * Second);
        Assert.Equal(TimeSpan.Zero, _time.Stalled);

        _clock.Stall(12 * Second);
        Assert.InRange(_time.Stalled, 11 * Second, 12 * Second);
    }

    [Fact]
    public void A_periodic_timer_goes_on_after_a_stall_and_a_changed_one_rings_at_its_new_time()
    {
        var (periodic, changed) = (0, 0);
        using var ticking = _time.CreateTimer(_ => periodic++, null, Second, Second);
        using var moved = _time.CreateTimer(_ => changed++, null, Second, Timeout.InfiniteTimeSpan);
        moved.Change(20 * Second, Timeout.InfiniteTimeSpan);

        _clock.Run(TimeSpan.FromMilliseconds(5500));
        _clock.Stall(60 * Second);
        _clock.Run(TimeSpan.FromMilliseconds(4500));

        Assert.InRange(periodic, 9, 10);
        Assert.Equal(0, changed);
        _clock.Run(10 * Second);
        Assert.Equal(1, changed);
    }

    [Fact]
    public void A_disposed_timer_does_not_ring()
    {
        var rung = 0;
        var timer = _time.CreateTimer(_ => rung++, null, Second, Second);
        timer.Dispose();

        _clock.Run(10 * Second);

        Assert.Equal(0, rung);
        Assert.False(timer.Change(Second, Second));
    }

    [Fact]
    public void Only_the_clock_of_the_system_is_replaced()
    {
        Assert.Same(RunningTime.Shared, RunningTime.Of(TimeProvider.System));
        Assert.Same(_clock, RunningTime.Of(_clock));
        Assert.InRange(RunningTime.Shared.GetUtcNow() - TimeProvider.System.GetUtcNow(), -Second, Second);
    }

    [Fact]
    public void While_nobody_needs_the_time_nothing_happens_and_the_time_goes_on_all_the_same()
    {
        var start = _time.GetTimestamp();
        var timer = _time.CreateTimer(_ => { }, null, 3600 * Second, Timeout.InfiniteTimeSpan);
        Assert.Equal(40 * 100, _clock.Rings(100 * Second));

        timer.Dispose();
        Assert.InRange(_clock.Rings(100 * Second), 1, RunningTime.RestsAfter / RunningTime.Interval);
        Assert.Equal(0, _clock.Rings(100 * Second));

        Assert.Equal(300 * Second, _time.GetElapsedTime(start));
        Assert.Equal(40, _clock.Rings(Second));
    }

    [Fact]
    public void A_stall_does_not_count_toward_a_time_limit_that_is_set_after_a_rest()
    {
        _clock.Run(100 * Second);
        var rung = 0;
        using var timer = _time.CreateTimer(_ => rung++, null, 10 * Second, Timeout.InfiniteTimeSpan);

        _clock.Stall(60 * Second);
        _clock.Run(9 * Second);
        Assert.Equal(0, rung);
        _clock.Run(Second);
        Assert.Equal(1, rung);
    }

    [Fact]
    public async Task Delays_and_time_limits_of_the_framework_follow_it()
    {
        using var limit = new CancellationTokenSource(10 * Second, _time);
        var delay = Task.Delay(10 * Second, _time, TestContext.Current.CancellationToken);

        _clock.Stall(12 * Second);
        Assert.False(limit.IsCancellationRequested || delay.IsCompleted);
        _clock.Run(10 * Second);
        Assert.True(limit.IsCancellationRequested);
        await delay;
    }
}
