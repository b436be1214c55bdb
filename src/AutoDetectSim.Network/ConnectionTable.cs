using System.Collections.Concurrent;
using System.Net;

namespace AutoDetectSim.Network;

/// <summary>Connections that were dialled inside the lab, by their local port, until the listener takes them over.</summary>
internal sealed class ConnectionTable
{
    /// <summary>The source address of real programs that do not name another (TEST-NET-2, RFC 5737).</summary>
    public static readonly IPAddress ExternalAddress = IPAddress.Parse("198.51.100.10");

    private readonly ConcurrentDictionary<int, LabConnection> _dialled = new();
    private long _externalSession;

    public void Add(int localPort, LabConnection connection) => _dialled[localPort] = connection;

    public LabConnection? Take(int remotePort) => _dialled.TryRemove(remotePort, out var connection) ? connection : null;

    /// <summary>A caller for one connection of a real program. Its sessions count down from -1, to avoid AutoDetect's sessions.</summary>
    public Caller NewExternalCaller(IPAddress? address = null) =>
        new(address ?? ExternalAddress, Interlocked.Decrement(ref _externalSession));
}
