using System.Net.Sockets;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Protocols.Dialing;

/// <summary>Connects to real addresses.</summary>
internal sealed class DirectDialer : ITransportDialer
{
    public async Task<Stream> DialAsync(string host, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new DialException(SocketCodes.ToNode(exception, $"{host}:{port}"));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
