using System.Net.Sockets;

namespace AutoDetectSim.Tls.Engine;

/// <summary>Ends a connection with a TCP RST instead of a FIN.</summary>
internal static class ConnectionReset
{
    internal static void OfStream(Stream stream)
    {
        if (stream is NetworkStream network)
        {
            OfSocket(network.Socket);
        }

        stream.Dispose();
    }

    internal static void OfSocket(Socket socket)
    {
        try
        {
            // With a linger time of zero the system discards what is queued, and sends RST on close.
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client was faster.
        }
    }
}
