using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Protocols.Http;

/// <summary>
/// Exact response headers on the wire. Kestrel writes the headers that it knows in an order and casing of its own; captured
/// answers have another one. The connection middleware sits between TLS and HTTP/1.1 and rewrites response heads.
/// </summary>
internal static class WireHeaderOrder
{
    private static readonly object OrderKey = new();

    /// <summary>Puts the rewriting of response heads below Kestrel's HTTP/1.1; add it after the middleware that terminates TLS.</summary>
    public static IConnectionBuilder UseWireHeaderOrder(this IConnectionBuilder builder) =>
        builder.Use(next => async context =>
        {
            var transport = context.Transport;
            var output = new ResponseHeadWriter(transport.Output);
            context.Transport = new WrappedTransport(transport.Input, output);
            context.Features.Set(output);
            try
            {
                await next(context);
            }
            finally
            {
                context.Transport = transport;
            }
        });

    /// <summary>
    /// Sends the response headers in the order and casing of <paramref name="names"/>; headers that are not named follow in
    /// Kestrel's order. A name that stands in the list n times takes one value at each of its first n-1 places and all the
    /// others at the last. The last call before the response starts counts. HTTP/2, which has one casing and is judged by
    /// nobody for its order, and connections without <see cref="UseWireHeaderOrder"/> are left as they are.
    /// </summary>
    public static void SetResponseHeaderOrder(this HttpContext context, IReadOnlyList<string> names)
    {
        if (HttpProtocol.IsHttp2(context.Request.Protocol) || context.Features.Get<ResponseHeadWriter>() is not { } writer)
        {
            return;
        }

        if (!context.Items.ContainsKey(OrderKey))
        {
            context.Response.OnStarting(() =>
            {
                // Kestrel writes the head right after the last of these callbacks, and awaits the flush of one response
                // before it reads the next request: the next bytes that it writes are this head.
                writer.ExpectHead((IReadOnlyList<string>)context.Items[OrderKey]!);
                return Task.CompletedTask;
            });
        }

        context.Items[OrderKey] = names;
    }

    private sealed class WrappedTransport(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input { get; } = input;

        public PipeWriter Output { get; } = output;
    }
}
