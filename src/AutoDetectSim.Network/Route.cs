using System.Net;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Network;

/// <summary>How far the way to a node leads: <see cref="Connection"/> is set where a connection can be made, else <see cref="Error"/>.</summary>
internal sealed record Route
{
    public IPAddress? Address { get; init; }

    public VirtualIp? VirtualIp { get; init; }

    public ServedNode? Node { get; init; }

    public LabConnection? Connection { get; init; }

    public NodeError? Error { get; init; }

    /// <summary>What a client without a connection learns.</summary>
    public RouteEnd End { get; init; }

    /// <summary>The time that name resolution, and addresses that did not answer, have cost; it is counted, not waited for.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Whether a client would learn nothing and wait until its own time is up.</summary>
    public bool IsEndless => Error is not null && End is RouteEnd.Dropped or RouteEnd.Silent;

    /// <summary>The route fails at once, with an error that the client receives.</summary>
    public static Route Failed(NodeError error, IPAddress? address = null, VirtualIp? virtualIp = null, ServedNode? node = null) =>
        new() { Error = error, Address = address, VirtualIp = virtualIp, Node = node };

    /// <summary>No connection is ever established.</summary>
    public static Route Dropped(string message, IPAddress? address, VirtualIp? virtualIp = null, ServedNode? node = null) =>
        new() { Error = new NodeError(NodeErrors.TimedOut, message), Address = address, VirtualIp = virtualIp, Node = node, End = RouteEnd.Dropped };

    /// <summary>A connection is established, and nothing comes back on it.</summary>
    public static Route Silent(string message, IPAddress? address, VirtualIp? virtualIp) =>
        new() { Error = new NodeError(NodeErrors.TimedOut, message), Address = address, VirtualIp = virtualIp, End = RouteEnd.Silent };
}

/// <summary>How a way without a connection ends.</summary>
internal enum RouteEnd
{
    /// <summary>The client receives the error.</summary>
    Failed,

    /// <summary>The connection is never established.</summary>
    Dropped,

    /// <summary>The connection is established, and nothing comes back.</summary>
    Silent,
}
