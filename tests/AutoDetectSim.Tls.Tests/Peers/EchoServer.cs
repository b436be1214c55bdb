using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace AutoDetectSim.Tls.Tests.Peers;

/// <summary>Our TLS server on a port of its own, sending back what it receives.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<TlsClientHello, TlsServerSettings> _select;
    private readonly TlsServerOptions _options;
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Channel<TlsHandshakeException> _failures = Channel.CreateUnbounded<TlsHandshakeException>();
    private readonly Channel<TlsServerConnection> _handshakes = Channel.CreateUnbounded<TlsServerConnection>();
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

    /// <summary>What clients have offered.</summary>
    public ConcurrentQueue<TlsClientHello> Hellos { get; } = [];

    /// <summary>The next handshake that failed, in the order in which they ended.</summary>
    public async Task<TlsHandshakeException> FailureAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _failures.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The next handshake that was completed, in the order in which they ended.</summary>
    public async Task<TlsServerConnection> HandshakeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _handshakes.Reader.ReadAsync(limit.Token);
    }

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
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private TlsServerSettings Select(TlsClientHello hello)
    {
        Hellos.Enqueue(hello);
        return _select(hello);
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await using var connection = await TlsServer.AcceptAsync(stream, (hello, _) => ValueTask.FromResult(Select(hello)), _options, _stop.Token);
            _handshakes.Writer.TryWrite(connection);
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
            _failures.Writer.TryWrite(e);
        }
        catch (Exception e) when (e is OperationCanceledException or TlsStreamException)
        {
            // The client is gone, or the test is over.
        }
    }
}
