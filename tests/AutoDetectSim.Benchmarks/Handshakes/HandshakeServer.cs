using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Benchmarks.Handshakes;

/// <summary>Our server, which makes handshakes and waits for the client to go.</summary>
internal sealed class HandshakeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TlsServerSettings _settings;

    internal HandshakeServer(string keyKind, string version)
    {
        _settings = new() { Identity = BenchmarkIdentity.Create(keyKind), Versions = version == "1.2" ? TlsVersions.Tls12 : TlsVersions.Tls13 };
        _listener.Start(backlog: 1024);
        _ = AcceptAsync();
    }

    internal IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public void Dispose() => _listener.Dispose();

    /// <summary>The server as a process of its own: prints its port, and ends with its standard input.</summary>
    internal static async Task ServeUntilInputEndsAsync(string keyKind, string version)
    {
        using var server = new HandshakeServer(keyKind, version);
        Console.WriteLine(server.EndPoint.Port);
        await Console.In.ReadToEndAsync();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync();
                socket.NoDelay = true;
                _ = Task.Run(() => ServeAsync(socket));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await using var connection = await TlsServer.AcceptAsync(stream, (_, _) => ValueTask.FromResult(_settings));
            await connection.Stream.CopyToAsync(Stream.Null);
        }
        catch (IOException)
        {
            // The client did not say good-bye.
        }
    }
}
