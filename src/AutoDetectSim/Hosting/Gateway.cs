using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Node;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Hosting;

/// <summary>
/// The lab's HTTP proxy for real programs. CONNECT to a host of the lab continues on the same connection as that host's
/// node; plain requests in absolute form are answered by the node itself. Everything outside the lab is refused: the gateway
/// never dials out. A user name in the proxy URL that is an IP address is the source address that firewalls and balancers
/// see (<c>curl -x http://52.125.128.7@127.0.0.1:PORT</c>).
/// </summary>
internal sealed class Gateway(LabNetwork network, ConnectionService connections, string? tools, TimeProvider time, ILogger<Gateway> logger)
{
    /// <summary>How long a connection to an address that never answers waits before the gateway returns 504.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(60);

    /// <summary>How long a program may take for the head of its CONNECT request, as long as Kestrel gives other heads.</summary>
    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Maximum size of a CONNECT request's header in bytes, line ends included.</summary>
    private const int MaximumHeadSize = 16 * 1024;

    private static readonly Action<ILogger, string, int, Exception?> LogRefused =
        LoggerMessage.Define<string, int>(LogLevel.Warning, new EventId(2100, nameof(LogRefused)), "The gateway refused {Host}:{Port}, which is not a host of the lab.");

    private static readonly byte[] Connect = "CONNECT "u8.ToArray();
    private static readonly byte[] Established = "HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray();

    /// <summary>Takes one connection from its first byte.</summary>
    public async Task AcceptAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        ConnectRequest? request;
        Refusal? refusal;
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
                refusal = new Refusal(408, "Request Timeout", "The header of the CONNECT request did not arrive in time.");
                request = null;
            }
        }

        if (request is null)
        {
            await RefuseAsync(connection, refusal ?? new Refusal(400, "Bad Request", "The CONNECT request is not well formed."));
            return;
        }

        var caller = network.Connections.NewExternalCaller(request.Source);
        if (!network.IsLabHost(request.Host))
        {
            Refuse(request.Host, request.Port, caller);
            await RefuseAsync(connection, new Refusal(403, "Forbidden", $"ENOTFOUND: {request.Host} is not a host of this lab. The gateway only forwards to lab hosts."));
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

                await RefuseAsync(connection, RefusalOf(route, error));
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

    /// <summary>Answers a plain request that came to the gateway's port; one for a host of the lab is left to <paramref name="answer"/>.</summary>
    public async Task HandleAsync(HttpContext context, Func<HttpContext, LabConnection, Task> answer)
    {
        if (HttpMethods.IsConnect(context.Request.Method))
        {
            // Only the first request of a connection can begin a tunnel; a 200 here would make the client speak TLS to nothing.
            context.Response.Headers.Connection = "close";
            await AnswerAsync(context, 501, "CONNECT has to be the first request of a connection.\n");
            return;
        }

        var host = context.Request.Host;
        var isProxied = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget is var target && target.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        if (!isProxied)
        {
            context.Response.Headers[GatewayHeaders.Tools] = tools;
            await AnswerAsync(context, 200, "This is the gateway of an AutoDetectSim lab: an HTTP proxy for the lab's hosts.\n\n" + Hosts());
            return;
        }

        var caller = network.Connections.NewExternalCaller(SourceAddress(context.Request.Headers.ProxyAuthorization.ToString()));
        if (!network.IsLabHost(host.Host))
        {
            Refuse(host.Host, host.Port ?? 80, caller);
            await AnswerAsync(context, 403, $"{host.Host} is not a host of this lab. The gateway only forwards to lab hosts.\n");
            return;
        }

        context.Request.Headers.Remove("Proxy-Authorization");
        context.Request.Headers.Remove("Proxy-Connection");
        var route = network.FindRoute(host.Host, host.Port ?? 80, caller);
        using var lease = route.Connection?.Lease;
        await DelayedTransport.WaitAsync(route.Wait + (route.Connection?.Latency ?? TimeSpan.Zero), time, context.RequestAborted);
        if (route.IsEndless)
        {
            await Task.Delay(ConnectTimeout, time, context.RequestAborted);
        }

        if (route.Connection is not { } connection)
        {
            network.Journal.Fail(host.Host, host.Port ?? 80, caller, route.Error!);
            var refusal = RefusalOf(route, route.Error!);
            await AnswerAsync(context, refusal.StatusCode, refusal.Message + "\n");
            return;
        }

        if (connection.UsesTls)
        {
            await AnswerAsync(context, 502, $"{NodeErrors.ProtocolError}: port {connection.VirtualIp.Port} of {host.Host} speaks TLS.\n");
            return;
        }

        connection.Entry = network.Journal.Open(connection);
        await answer(context, connection);
        connection.Entry.Closed();
    }

    private void Refuse(string host, int port, Caller caller)
    {
        LogRefused(logger, host, port, null);
        network.Journal.Fail(host, port, caller, new NodeError(NodeErrors.AccessDenied, $"{host} is not a host of this lab."));
    }

    private static Refusal RefusalOf(Route route, NodeError error) => route.IsEndless
        ? new Refusal(504, "Gateway Timeout", $"{error.Code}: {error.Message}")
        : new Refusal(502, "Bad Gateway", $"{error.Code}: {error.Message}");

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

    private static async Task<(ConnectRequest? Request, Refusal? Refusal)> ReadConnectAsync(PipeReader input, CancellationToken cancellationToken)
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
                return (null, new Refusal(431, "Request Header Fields Too Large", $"The header of a CONNECT request may have at most {MaximumHeadSize} bytes."));
            }

            if (result.IsCompleted || result.IsCanceled)
            {
                return (null, null);
            }
        }
    }

    private static async Task RefuseAsync(ConnectionContext connection, Refusal refusal)
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

    private static Task AnswerAsync(HttpContext context, int statusCode, string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        context.Response.StatusCode = statusCode;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }

    private string Hosts()
    {
        var text = new StringBuilder();
        foreach (var virtualIp in network.VirtualIps)
        {
            text.AppendJoin(", ", virtualIp.Hosts).Append(System.Globalization.CultureInfo.InvariantCulture, $"  {virtualIp.Address}:{virtualIp.Port}\n");
        }

        return text.ToString();
    }

    private sealed record Refusal(int StatusCode, string Reason, string Message);
}
