using System.Net.Sockets;

namespace AutoDetectSim.Protocols.Node;

/// <summary>Says of a socket that failed what a Node.js client says.</summary>
internal static class SocketCodes
{
    /// <param name="exception">The failure.</param>
    /// <param name="way">Where the connection was to go, for the message.</param>
    public static NodeError ToNode(SocketException exception, string way)
    {
        var code = exception.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => NodeErrors.ConnectionRefused,
            SocketError.HostNotFound or SocketError.NoData => NodeErrors.NameNotFound,
            SocketError.TryAgain => NodeErrors.NameServerFailure,
            SocketError.TimedOut => NodeErrors.TimedOut,
            SocketError.HostUnreachable => NodeErrors.HostUnreachable,
            SocketError.NetworkUnreachable => NodeErrors.NetworkUnreachable,
            SocketError.AddressNotAvailable => NodeErrors.AddressNotAvailable,
            _ => NodeErrors.ConnectionReset,
        };
        return new NodeError(code, $"{way}: {exception.Message}");
    }
}
