using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Network;

namespace AutoDetectSim.Diagnosis.Observing;

/// <summary>Connects to real addresses from a local address of choice.</summary>
internal sealed class SourceDialer(IPAddress? source) : ITransportDialer
{
    private readonly DirectDialer _direct = new();

    public async Task<Stream> DialAsync(string host, int port, CancellationToken cancellationToken)
    {
        if (source is null)
        {
            return await _direct.DialAsync(host, port, cancellationToken);
        }

        var socket = new Socket(source.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(source, 0));
            var addresses = await Dns.GetHostAddressesAsync(host, source.AddressFamily, cancellationToken);
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            var code = exception.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => "ECONNREFUSED",
                SocketError.HostNotFound or SocketError.NoData => "ENOTFOUND",
                SocketError.AddressNotAvailable => "EADDRNOTAVAIL",
                SocketError.TimedOut => LabNetworkError.TimedOut,
                _ => "ECONNRESET",
            };
            throw new DialException(new LabNetworkError(code, $"{host}:{port} from {source}: {exception.Message}"));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
