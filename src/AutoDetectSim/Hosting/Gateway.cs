using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AutoDetectSim.Hosting.Parts;
using AutoDetectSim.Network;
using AutoDetectSim.Network.Journal;
using AutoDetectSim.Protocols.Node;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Hosting;

/// <summary>
/// The lab's HTTP proxy for real programs. CONNECT to a host of the lab continues on the same connection as that host's
/// node; other requests are <see cref="PlainGateway"/>'s. Everything outside the lab is refused: the gateway
/// never dials out. A user name in the proxy URL that is an IP address is the source address that firewalls and balancers
/// see (<c>curl -x http://52.125.128.7@127.0.0.1:PORT</c>).
/// </summary>
internal sealed class Gateway(LabNetwork network, ConnectionService connections, TimeProvider time, ILogger<Gateway> logger)
{
    /// <summary>How long a connection to an address that never answers waits before the gateway returns 504.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(60);

    /// <summary>How long a program may take for the head of its CONNECT request, as long as Kestrel gives other heads.</summary>
    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Maximum size of a CONNECT request's header in bytes, line ends included.</summary>
    private const int MaximumHeadSize = 16 * 1024;

    private static readonly byte[] Connect = "CONNECT "u8.ToArray();
    private static readonly byte[] Established = "HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray();

    /// <summary>Takes one connection from its first byte.</summary>
    public async Task AcceptAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        ConnectRequest? request;
        GatewayRefusal? refusal;
        using (var headTimeout = new CancellationTokenSource(HeadTimeout, time))
        using (var linked = CancellationTokenSource.CreateLinkedTokenSource(headTimeout.Token, connection.ConnectionClosed))
        {
            if (!await IsConnectAsync(connection.Transport.Input, linked.Token))
            {
                if (!linked.IsCancellationRequested)
                {
                    await next(connection);
                }

                return;
            }

            (request, refusal) = await ReadConnectAsync(connection.Transport.Input, linked.Token);
            if (headTimeout.IsCancellationRequested)
            {
                refusal = GatewayRefusal.TooSlow;
                request = null;
            }
        }

        if (request is null)
        {
            await RefuseAsync(connection, refusal ?? GatewayRefusal.Malformed);
            return;
        }

        var caller = network.Connections.NewExternalCaller(request.Source);
        if (!network.IsLabHost(request.Host))
        {
            Refuse(request.Host, request.Port, caller);
            await RefuseAsync(connection, GatewayRefusal.Stranger(request.Host));
            return;
        }

        var route = network.FindRoute(request.Host, request.Port, caller);
        if (route.Error is { } noWay)
        {
            network.Journal.Fail(request.Host, request.Port, caller, noWay);
        }

        try
        {
            await DelayedTransport.WaitAsync(route.Wait, time, connection.ConnectionClosed);
            if (route.Error is { } error && route.End != RouteEnd.Silent)
            {
                if (route.End == RouteEnd.Dropped)
                {
                    await Task.Delay(ConnectTimeout, time, connection.ConnectionClosed);
                }

                await RefuseAsync(connection, GatewayRefusal.Of(route, error));
                return;
            }

            if (route.Connection is { IsElsewhere: true } elsewhere)
            {
                await TunnelAsync(elsewhere, connection);
                return;
            }

            // Recorded before the program is answered: it may be gone before it is served.
            route.Connection?.Entry = network.Journal.Open(route.Connection);
            await connection.Transport.Output.WriteAsync(Established, connection.ConnectionClosed);
        }
        catch (OperationCanceledException)
        {
            route.Connection?.Lease.Dispose();
            route.Connection?.Entry?.Closed();
            return;
        }

        if (route.Connection is null)
        {
            await connections.HoldAsync(connection);
            return;
        }

        await connections.ServeAsync(route.Connection, connection, next);
    }

    /// <summary>Opens a tunnel to the process that serves a connection.</summary>
    private async Task TunnelAsync(LabConnection lab, ConnectionContext connection)
    {
        using var lease = lab.Lease;
        Socket server;
        try
        {
            server = await network.ConnectAsync(lab, connection.ConnectionClosed);
        }
        catch (SocketException exception)
        {
            var error = new NodeError(exception.SocketErrorCode == SocketError.TimedOut ? NodeErrors.TimedOut : NodeErrors.ConnectionRefused, exception.Message);
            network.Journal.Fail(lab.VirtualIp.Hosts[0], lab.VirtualIp.Port, lab.Caller, error);
            await RefuseAsync(connection, GatewayRefusal.Of(Route.Failed(error), error));
            return;
        }

        using (server)
        {
            await connection.Transport.Output.WriteAsync(Established, connection.ConnectionClosed);
            var end = await TcpRelay.RunAsync(connection, server, time);
            logger.ConnectionRelayed(lab.Caller.Address.ToString(), "gateway", lab.VirtualIp.Name, end.Sent, end.Received, end.Words);
        }
    }

    private void Refuse(string host, int port, Caller caller)
    {
        logger.GatewayRefused(host, port);
        network.Journal.Fail(host, port, caller, new NodeError(NodeErrors.AccessDenied, $"{host} is not a host of this lab."), AttemptKind.Stranger);
    }

    private static async Task<bool> IsConnectAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result;
            try
            {
                result = await input.ReadAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                return false;
            }

            var (decided, isConnect) = StartsWithConnect(result.Buffer);
            input.AdvanceTo(result.Buffer.Start, decided ? result.Buffer.Start : result.Buffer.End);
            if (decided || result.IsCompleted || result.IsCanceled)
            {
                return isConnect;
            }
        }
    }

    private static (bool Decided, bool IsConnect) StartsWithConnect(ReadOnlySequence<byte> buffer)
    {
        Span<byte> start = stackalloc byte[8];
        var length = (int)Math.Min(buffer.Length, Connect.Length);
        buffer.Slice(0, length).CopyTo(start);
        var matches = start[..length].SequenceEqual(Connect.AsSpan(0, length));
        return (!matches || length == Connect.Length, matches && length == Connect.Length);
    }

    private static async Task<(ConnectRequest? Request, GatewayRefusal? Refusal)> ReadConnectAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result;
            try
            {
                result = await input.ReadAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                return (null, null);
            }

            if (ConnectRequest.TryParse(result.Buffer, out var request, out var consumed))
            {
                input.AdvanceTo(consumed);
                return (request, null);
            }

            var length = result.Buffer.Length;
            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (length > MaximumHeadSize)
            {
                return (null, new GatewayRefusal(431, "Request Header Fields Too Large", $"The header of a CONNECT request may have at most {MaximumHeadSize} bytes."));
            }

            if (result.IsCompleted || result.IsCanceled)
            {
                return (null, null);
            }
        }
    }

    private static async Task RefuseAsync(ConnectionContext connection, GatewayRefusal refusal)
    {
        var body = Encoding.UTF8.GetBytes(refusal.Message + "\n");
        var head = $"HTTP/1.1 {refusal.StatusCode} {refusal.Reason}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n";
        try
        {
            await connection.Transport.Output.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body], connection.ConnectionClosed);
            await connection.Transport.Output.CompleteAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The caller has gone and cannot be answered.
            connection.Abort();
        }
    }

    internal static IPAddress? SourceAddress(string proxyAuthorization)
    {
        const string Scheme = "Basic ";
        Span<byte> decoded = stackalloc byte[128];
        if (!proxyAuthorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64String(proxyAuthorization[Scheme.Length..].Trim(), decoded, out var length))
        {
            return null;
        }

        var userInfo = Encoding.ASCII.GetString(decoded[..length]).TrimEnd(':');
        return IPAddress.TryParse(userInfo, out var address) || IPAddress.TryParse(userInfo.Split(':')[0], out address) ? address : null;
    }
}
