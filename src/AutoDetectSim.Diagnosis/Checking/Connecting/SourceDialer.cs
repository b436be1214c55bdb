using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Protocols.Dialing;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Diagnosis.Checking.Connecting;

/// <summary>Connects to real addresses, from a local address and with a DNS server of choice.</summary>
/// <param name="source">The local address, or null to leave it to the system.</param>
/// <param name="dns">The DNS server that knows the hosts, or null for the system's own resolution.</param>
/// <param name="publicOnly">Whether only public addresses are connected to: where a certificate of a stranger says what to ask.</param>
internal sealed class SourceDialer(IPAddress? source, RealDns? dns, bool publicOnly = false) : ITransportDialer
{
    private readonly DirectDialer _direct = new();

    public async Task<Stream> DialAsync(string host, int port, CancellationToken cancellationToken)
    {
        if (source is null && dns is null && !publicOnly)
        {
            return await _direct.DialAsync(host, port, cancellationToken);
        }

        var addresses = dns is null ? await LookUpAsync(host, port, cancellationToken) : await dns.AddressesAsync(host, cancellationToken);
        if (source is not null)
        {
            addresses = [.. addresses.Where(address => address.AddressFamily == source.AddressFamily)];
        }

        // The very addresses that were looked at are connected to: a second resolution could answer otherwise.
        if (publicOnly && addresses.FirstOrDefault(address => !PublicAddresses.Contains(address)) is { } inside)
        {
            throw new DialException(new NodeError(NodeErrors.NameNotFound, $"{host} has the address {inside}, which is not a public one."));
        }

        if (addresses.Count == 0)
        {
            throw new DialException(new NodeError(NodeErrors.NameNotFound, $"{host} has no address in the address family of {source}."));
        }

        var socket = source is null ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true } : new Socket(source.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (source is not null)
            {
                socket.Bind(new IPEndPoint(source, 0));
            }

            await socket.ConnectAsync([.. addresses], port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new DialException(SocketCodes.ToNode(exception, source is null ? $"{host}:{port}" : $"{host}:{port} from {source}"));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<IReadOnlyList<IPAddress>> LookUpAsync(string host, int port, CancellationToken cancellationToken)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException exception)
        {
            throw new DialException(SocketCodes.ToNode(exception, $"{host}:{port}"));
        }
    }
}
