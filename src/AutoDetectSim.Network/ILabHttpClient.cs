using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Network;

/// <summary>
/// A strict HTTP client of the lab network: name, DNS zone, virtual IP, firewall, connection, TLS as a Node.js client judges
/// it, one HTTP request on a new connection. It follows no redirect, and never throws for anything that the network or the
/// server did: that is recorded in the exchange.
/// </summary>
internal interface ILabHttpClient
{
    /// <summary>Sends one request. Throws <see cref="OperationCanceledException"/> only when <paramref name="cancellationToken"/> is cancelled.</summary>
    Task<LabHttpExchange> SendAsync(LabHttpRequest request, Caller caller, CancellationToken cancellationToken);
}
