using System.Net;
using System.Net.Sockets;

namespace AutoDetectSim.FunctionalTests.Live;

/// <summary>A balancer on layer 4: hands each connection on, byte by byte, to the server that a rule chooses.</summary>
internal sealed class TcpForwarder : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<int, IPAddress, EndPoint> _choose;

    /// <param name="choose">Chooses by the number of the connection, from 0, and its source.</param>
    public TcpForwarder(Func<int, IPAddress, EndPoint> choose)
    {
        _choose = choose;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            for (var number = 0; ; number++)
            {
                var client = await _listener.AcceptSocketAsync();
                _ = ForwardAsync(client, _choose(number, ((IPEndPoint)client.RemoteEndPoint!).Address));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task ForwardAsync(Socket client, EndPoint target)
    {
        using (client)
        using (var server = new Socket(target.AddressFamily, SocketType.Stream, target.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp))
        {
            try
            {
                await server.ConnectAsync(target);
                await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));
            }
            catch (SocketException)
            {
                // The server is not there: the client sees its connection close.
            }
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var length)
            {
                await to.SendAsync(buffer.AsMemory(0, length));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One side has gone; the other follows.
        }
    }
}
