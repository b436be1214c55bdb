using AutoDetectSim.Network;
using AutoDetectSim.Network.Journal;

namespace AutoDetectSim.Hosting;

/// <summary>Times the parts of one call as its client experiences them, and writes them down with its connection.</summary>
internal sealed class CallStopwatch
{
    private readonly TimeProvider _time;
    private readonly LabConnection _connection;
    private CallTiming _timing;
    private long _last;
    private TimeSpan _counted;

    /// <param name="time">The lab's time.</param>
    /// <param name="started">When the call began.</param>
    /// <param name="connection">The connection, whose address has been found.</param>
    /// <param name="wait">The time that is counted for finding it.</param>
    public CallStopwatch(TimeProvider time, long started, LabConnection connection, TimeSpan wait)
    {
        _time = time;
        _connection = connection;
        _last = time.GetTimestamp();
        _timing = new CallTiming { Dns = time.GetElapsedTime(started, _last) + wait };
    }

    /// <summary>The connection is established.</summary>
    public void Connected() => Write(_timing with { Tcp = Lap() });

    /// <summary>The handshake has ended.</summary>
    public void Secured() => Write(_timing with { Tls = Lap() });

    /// <summary>The answer is there.</summary>
    public void Answered() => Write(_timing with { Http = Lap() });

    private TimeSpan Lap()
    {
        var now = _time.GetTimestamp();
        var counted = _connection.SimulatedWait;
        var lap = _time.GetElapsedTime(_last, now) + (counted - _counted);
        (_last, _counted) = (now, counted);
        return lap;
    }

    private void Write(CallTiming timing)
    {
        _timing = timing;
        _connection.Entry?.Timed(timing);
    }
}
