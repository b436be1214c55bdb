using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AutoDetectSim.Tls.Tests.Peers;

/// <summary>Our TLS server on a port of its own, sending back what it receives.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<TlsClientHello, TlsServerSettings> _select;
    private readonly TlsServerOptions _options;
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _loop;

    public EchoServer(TlsServerSettings settings, TlsServerOptions? options = null)
        : this(_ => settings, options)
    {
    }

    public EchoServer(Func<TlsClientHello, TlsServerSettings> select, TlsServerOptions? options = null)
    {
        _select = select;
        _options = options ?? new();
        _listener.Start();
        _loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<TlsHandshakeException> Failures { get; } = [];

    public ConcurrentQueue<TlsServerConnection> Handshakes { get; } = [];

    public async Task<NetworkStream> DialAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Port);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async Task<TlsClientConnection> ConnectAsync(TlsClientSettings? settings = null) =>
        await TlsClient.ConnectAsync(await DialAsync(), settings ?? new() { ServerName = "mail.contoso.test" });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _loop;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                socket.NoDelay = true;
                _connections.Add(ServeAsync(socket));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await using var connection = await TlsServer.AcceptAsync(stream, (hello, _) => ValueTask.FromResult(_select(hello)), _options, _stop.Token);
            Handshakes.Enqueue(connection);
            var buffer = new byte[0x8000];
            while (true)
            {
                var read = await connection.Stream.ReadAsync(buffer, _stop.Token);
                if (read == 0)
                {
                    return;
                }

                await connection.Stream.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        catch (TlsHandshakeException e)
        {
            Failures.Enqueue(e);
        }
        catch (Exception e) when (e is OperationCanceledException or TlsStreamException)
        {
            // The client is gone, or the test is over.
        }
    }
}
