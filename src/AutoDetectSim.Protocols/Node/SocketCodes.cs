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
            SocketError.ConnectionRefused => "ECONNREFUSED",
            SocketError.HostNotFound or SocketError.NoData => "ENOTFOUND",
            SocketError.TryAgain => "EAI_AGAIN",
            SocketError.TimedOut => NodeError.TimedOut,
            SocketError.HostUnreachable => "EHOSTUNREACH",
            SocketError.NetworkUnreachable => "ENETUNREACH",
            SocketError.AddressNotAvailable => "EADDRNOTAVAIL",
            _ => "ECONNRESET",
        };
        return new NodeError(code, $"{way}: {exception.Message}");
    }
}
