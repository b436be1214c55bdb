using System.Net.Sockets;
using AutoDetectSim.Network;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Hosting;

/// <summary>Reads what one node puts on the wire, past firewalls, balancers and faults of the transport. The journal does not hear of it.</summary>
internal sealed class PresentedChainReader(LabNetwork network, TimeProvider time)
{
    /// <summary>Reads a chain.</summary>
    /// <param name="virtualIp">A virtual IP of the node.</param>
    /// <param name="node">The node.</param>
    /// <param name="settings">The TLS settings of its identity.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The certificates in wire order, DER.</returns>
    /// <exception cref="TlsHandshakeException">The handshake fails.</exception>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(VirtualIp virtualIp, ServedNode node, TlsServerSettings settings, CancellationToken cancellationToken)
    {
        var caller = network.Connections.NewExternalCaller();
        using var socket = await network.ConnectAsync(new LabConnection(virtualIp, new NodeLease(node), caller) { IsSelfTest = true }, cancellationToken);
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        try
        {
            await using var connection = await TlsClient.ConnectAsync(
                stream,
                new TlsClientSettings { ServerName = virtualIp.Hosts[0], Versions = settings.Versions, TimeProvider = time },
                cancellationToken);
            return connection.Record.Presented;
        }
        catch (TlsHandshakeException exception) when (settings.RequestClientCertificate && exception.Record.Presented.Count > 0)
        {
            return exception.Record.Presented;
        }
    }
}
