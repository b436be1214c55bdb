using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Hosting;

/// <summary>What the gateway answers instead of a connection.</summary>
/// <param name="StatusCode">The status.</param>
/// <param name="Reason">Its reason phrase.</param>
/// <param name="Message">A sentence, which begins with a code where Node.js has one.</param>
internal sealed record GatewayRefusal(int StatusCode, string Reason, string Message)
{
    /// <summary>A request that is not one.</summary>
    public static GatewayRefusal Malformed { get; } = new(400, "Bad Request", "The CONNECT request is not well formed.");

    /// <summary>A header that took too long.</summary>
    public static GatewayRefusal TooSlow { get; } = new(408, "Request Timeout", "The header of the CONNECT request did not arrive in time.");

    /// <summary>A CONNECT that is not the first request of its connection: 200 would make the client speak TLS to nothing.</summary>
    public static GatewayRefusal LateConnect { get; } = new(501, "Not Implemented", "CONNECT has to be the first request of a connection.");

    /// <summary>A host that the lab does not have.</summary>
    public static GatewayRefusal Stranger(string host) =>
        new(403, "Forbidden", $"{NodeErrors.NameNotFound}: {host} is not a host of this lab. The gateway only forwards to lab hosts.");

    /// <summary>A URL that is asked for as only a proxy could that ends TLS itself.</summary>
    public static GatewayRefusal NotHttp(string scheme, string authority) =>
        new(501, "Not Implemented", $"The gateway forwards no {scheme} URLs: open a tunnel with CONNECT {authority}, and speak TLS in it.");

    /// <summary>An http URL whose port speaks TLS.</summary>
    public static GatewayRefusal SpeaksTls(string host, int port) =>
        new(502, "Bad Gateway", FormattableString.Invariant($"{NodeErrors.ProtocolError}: port {port} of {host} speaks TLS."));

    /// <summary>A request that is meant for a host and was sent to the gateway without its URL.</summary>
    public static GatewayRefusal Misdirected(string host) =>
        new(421, "Misdirected Request", $"This port is the HTTP proxy of a lab, not {host}: give it to the program as its proxy, or connect to the address of the virtual IP.");

    /// <summary>A way that leads to no node.</summary>
    public static GatewayRefusal Of(Route route, NodeError error) => route.IsEndless
        ? new(504, "Gateway Timeout", $"{error.Code}: {error.Message}")
        : new(502, "Bad Gateway", $"{error.Code}: {error.Message}");
}
