using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace AutoDetectSim.Cli.Web;

/// <summary>
/// The way to a lab's gateway for other computers. It passes a connection on to the gateway on loopback once the first request has the token as the
/// password of the proxy (<c>curl -x http://USER:TOKEN@HOST:PORT</c>), and answers 407 otherwise. The user may be a source address, as at the gateway.
/// </summary>
internal sealed class GatewayDoor : IAsyncDisposable
{
    private const int LargestHead = 16 * 1024;
    private const int MostConnections = 256;
    private const string Header = "Proxy-Authorization:";
    private const string Scheme = "Basic ";

    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(30);
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    private static readonly byte[] Refusal = Encoding.ASCII.GetBytes(
        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"AutoDetectSim\"\r\nContent-Type: text/plain\r\nContent-Length: 62\r\nConnection: close\r\n\r\n"
        + "This gateway requires its token as the password of the proxy.\n");

    private readonly Socket _listener;
    private readonly IPEndPoint _gateway;
    private readonly byte[] _token;
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _places = new(MostConnections);
    private readonly Task _accepting;

    private GatewayDoor(Socket listener, IPEndPoint gateway, string token)
    {
        _listener = listener;
        _gateway = gateway;
        _token = Hash(token);
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Begins to listen.</summary>
    /// <param name="endPoint">Where.</param>
    /// <param name="gateway">Where the gateway listens.</param>
    /// <param name="token">The token.</param>
    /// <exception cref="LabStartException">It cannot listen.</exception>
    public static GatewayDoor Open(IPEndPoint endPoint, IPEndPoint gateway, string token)
    {
        var listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(endPoint);
            listener.Listen();
            return new GatewayDoor(listener, gateway, token);
        }
        catch (SocketException exception)
        {
            listener.Dispose();
            throw new LabStartException($"The gateway cannot listen at {endPoint}: {exception.Message}", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                await _places.WaitAsync(_end.Token);
                _ = ServeAsync(await _listener.AcceptAsync(_end.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The console ends.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var client = new NetworkStream(socket, ownsSocket: true);
            var head = await ReadHeadAsync(client);
            if (head is null)
            {
                return;
            }

            if (!HasToken(head))
            {
                await client.WriteAsync(Refusal, _end.Token);
                return;
            }

            using var way = new Socket(_gateway.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await way.ConnectAsync(_gateway, _end.Token);
            await using var gateway = new NetworkStream(way);
            await gateway.WriteAsync(head, _end.Token);
            await Task.WhenAll(PassAsync(client, gateway, socket, way), PassAsync(gateway, client, way, socket));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One of the two has gone, which the other one sees.
        }
        finally
        {
            socket.Dispose();
            _places.Release();
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, Socket source, Socket target)
    {
        try
        {
            await from.CopyToAsync(to, _end.Token);
            target.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            // The other direction would wait for what never comes.
            source.Dispose();
            target.Dispose();
            throw;
        }
    }

    /// <summary>What the client has sent up to the end of the first head, and whatever came with it; null if it did not come to that.</summary>
    private async Task<byte[]?> ReadHeadAsync(NetworkStream client)
    {
        using var time = new CancellationTokenSource(HeadTimeout, TimeProvider.System);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(time.Token, _end.Token);
        var buffer = new byte[LargestHead];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await client.ReadAsync(buffer.AsMemory(length), linked.Token);
            if (read == 0)
            {
                return null;
            }

            length += read;
            if (buffer.AsSpan(0, length).IndexOf(EndOfHead) >= 0)
            {
                return buffer[..length];
            }
        }

        return null;
    }

    private bool HasToken(byte[] head)
    {
        var text = Encoding.Latin1.GetString(head, 0, head.AsSpan().IndexOf(EndOfHead));
        foreach (var line in text.Split("\r\n").Skip(1).Where(line => line.StartsWith(Header, StringComparison.OrdinalIgnoreCase)))
        {
            var value = line[Header.Length..].Trim();
            var decoded = new byte[value.Length];
            if (value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && Convert.TryFromBase64String(value[Scheme.Length..].Trim(), decoded, out var length))
            {
                var pair = Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2);
                return pair.Length == 2 && CryptographicOperations.FixedTimeEquals(Hash(pair[1]), _token);
            }
        }

        return false;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
