using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Hosting;

/// <summary>Times the parts of one call as its client experiences them, and writes them down with its connection.</summary>
internal sealed class CallStopwatch
{
    private readonly TimeProvider _time;
    private readonly LabConnection _connection;
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
        Timing = new CallTiming { Dns = time.GetElapsedTime(started, _last) + wait };
    }

    /// <summary>The parts so far.</summary>
    public CallTiming Timing { get; private set; }

    /// <summary>The connection is established.</summary>
    public void Connected() => Write(Timing with { Tcp = Lap() });

    /// <summary>The handshake has ended.</summary>
    public void Secured() => Write(Timing with { Tls = Lap() });

    /// <summary>The answer is there.</summary>
    public void Answered() => Write(Timing with { Http = Lap() });

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
        Timing = timing;
        _connection.Entry?.Timed(timing);
    }
}
