using System.Globalization;
using System.Net;
using System.Text;
using AutoDetectSim.Hosting.Parts;
using AutoDetectSim.Network;
using AutoDetectSim.Network.Journal;
using AutoDetectSim.Protocols.Node;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Hosting;

/// <summary>
/// The requests at the gateway's port that begin no tunnel. An <c>http://</c> URL of a host of the lab is answered by its node; every other URL is an error, never an
/// answer that a program could take for the host's. Whoever asks the gateway itself gets a page about it.
/// </summary>
internal sealed class PlainGateway(LabNetwork network, string? tools, TimeProvider time, ILogger<Gateway> logger)
{
    /// <summary>Answers one request; one for a node of the lab is left to <paramref name="answer"/>.</summary>
    public async Task HandleAsync(HttpContext context, Func<HttpContext, LabConnection, Task> answer)
    {
        if (HttpMethods.IsConnect(context.Request.Method))
        {
            context.Response.Headers.Connection = "close";
            await AnswerAsync(context, GatewayRefusal.LateConnect);
            return;
        }

        var caller = network.Connections.NewExternalCaller(Gateway.SourceAddress(context.Request.Headers.ProxyAuthorization.ToString()));
        if (AskedUrl(context) is { } url)
        {
            await ForwardAsync(context, url, caller, answer);
            return;
        }

        var host = context.Request.Host;
        if (!IsGateway(host.Host))
        {
            await AnswerAsync(context, Refused(GatewayRefusal.Misdirected(host.Host), host.Host, host.Port ?? 80, caller));
            return;
        }

        context.Response.Headers[GatewayHeaders.Tools] = tools;
        await AnswerAsync(context, 200, "This is the gateway of an AutoDetectSim lab: an HTTP proxy for the lab's hosts.\n\n" + Hosts());
    }

    private async Task ForwardAsync(HttpContext context, Uri url, Caller caller, Func<HttpContext, LabConnection, Task> answer)
    {
        var host = url.IdnHost;
        if (!network.IsLabHost(host))
        {
            logger.GatewayRefused(host, url.Port);
            await AnswerAsync(context, Refused(GatewayRefusal.Stranger(host), host, url.Port, caller, AttemptKind.Stranger));
            return;
        }

        if (url.Scheme != Uri.UriSchemeHttp)
        {
            var authority = string.Create(CultureInfo.InvariantCulture, $"{url.Host}:{(url.Port < 0 ? 443 : url.Port)}");
            await AnswerAsync(context, Refused(GatewayRefusal.NotHttp(url.Scheme, authority), host, url.Port, caller));
            return;
        }

        context.Request.Headers.Remove("Proxy-Authorization");
        context.Request.Headers.Remove("Proxy-Connection");
        context.Request.Host = new HostString(url.Authority);
        var route = network.FindRoute(host, url.Port, caller);
        using var lease = route.Connection?.Lease;
        await DelayedTransport.WaitAsync(route.Wait + (route.Connection?.Latency ?? TimeSpan.Zero), time, context.RequestAborted);
        if (route.IsEndless)
        {
            await Task.Delay(Gateway.ConnectTimeout, time, context.RequestAborted);
        }

        if (route.Connection is not { } connection)
        {
            network.Journal.Fail(host, url.Port, caller, route.Error!);
            await AnswerAsync(context, GatewayRefusal.Of(route, route.Error!));
            return;
        }

        if (connection.UsesTls || (connection.IsElsewhere && connection.VirtualIp.UsesTls))
        {
            await AnswerAsync(context, Refused(GatewayRefusal.SpeaksTls(host, url.Port), host, url.Port, caller));
            return;
        }

        if (connection.IsElsewhere)
        {
            await PlainForwarder.AnswerAsync(context, network, connection, url);
            return;
        }

        connection.Entry = network.Journal.Open(connection);
        await answer(context, connection);
        connection.Entry.Closed();
    }

    /// <summary>Writes down an attempt that was never one to reach the lab.</summary>
    private GatewayRefusal Refused(GatewayRefusal refusal, string host, int port, Caller caller, AttemptKind kind = AttemptKind.NotForwarded)
    {
        network.Journal.Fail(host, port, caller, new NodeError(NodeErrors.AccessDenied, refusal.Message), kind);
        return refusal;
    }

    /// <summary>The URL of a request in absolute form (RFC 9112 3.2.2); null for one that has a path.</summary>
    private static Uri? AskedUrl(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget is { Length: > 0 } target && target[0] is not ('/' or '*') && Uri.TryCreate(target, UriKind.Absolute, out var url)
            ? url
            : null;

    private static bool IsGateway(string host) =>
        host.Length == 0 || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static Task AnswerAsync(HttpContext context, GatewayRefusal refusal) => AnswerAsync(context, refusal.StatusCode, refusal.Message + "\n");

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
            text.AppendJoin(", ", virtualIp.Hosts).Append(CultureInfo.InvariantCulture, $"  {virtualIp.Address}:{virtualIp.Port}\n");
        }

        return text.ToString();
    }
}
