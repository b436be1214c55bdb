using AutoDetectSim.Network;
using AutoDetectSim.Network.Faults;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls.Engine;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Hosting;

/// <summary>Answers requests as the node of their connection, with what goes wrong on it once TLS works.</summary>
internal sealed class LabApplication(PlainGateway gateway, TimeProvider time, ILogger<LabApplication> logger) : IHttpApplication<HttpContext>
{
    /// <summary>How long a request is held that is never answered.</summary>
    private static readonly TimeSpan HoldTime = TimeSpan.FromMinutes(2);

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context) =>
        context.Features.Get<LabConnection>() is { } connection ? AnswerAsync(context, connection) : gateway.HandleAsync(context, AnswerAsync);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    private async Task AnswerAsync(HttpContext context, LabConnection connection)
    {
        var isAnswered = false;
        var started = connection.Entry?.Requesting() ?? 0;
        try
        {
            isAnswered = await AnswerWithFaultAsync(context, connection);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone.
        }
        catch (Exception exception) when (exception is not BadHttpRequestException && !context.Response.HasStarted)
        {
            logger.RequestNotAnswered(exception, connection.Node.Name, context.Request.Method, context.Request.Path);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            isAnswered = true;
        }
        finally
        {
            connection.Entry?.Requested(context, isAnswered, started);
        }
    }

    private async Task<bool> AnswerWithFaultAsync(HttpContext context, LabConnection connection)
    {
        // A probe asks the node itself, past whatever answers in its place.
        var handler = connection.IsProbe ? connection.Node.Handler : connection.VirtualIp.Handler ?? connection.Node.Handler;
        switch (connection.Fault.Kind)
        {
            // What breaks a handshake has no other place on a request that the gateway hands on without TLS.
            case TransportFault.NoAnswer or TransportFault.Silent:
                connection.Stall();
                await Task.Delay(HoldTime, time, context.RequestAborted);
                context.Abort();
                return false;
            case TransportFault.ResetAnswer or TransportFault.Reset or TransportFault.Closed or TransportFault.Alert or TransportFault.TruncatedHandshake:
                Reset(context);
                return false;
            case TransportFault.HangUp:
                await HangUpAsync(context);
                return false;
            case TransportFault.TruncatedAnswer:
                await TruncateAsync(context, handler);
                return false;
            case var fault when MalformedAnswer.Is(fault):
                await SpoilAsync(context, handler, fault);
                return true;
            default:
                await handler(context);
                return true;
        }
    }

    private static void Reset(HttpContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            ConnectionReset.OfSocket(socket);
        }

        context.Abort();
    }

    /// <summary>Sends nothing, and closes the connection cleanly.</summary>
    private static async Task HangUpAsync(HttpContext context)
    {
        await context.Features.GetRequiredFeature<ResponseHeadWriter>().ReplaceAsync(ReadOnlyMemory<byte>.Empty, context.RequestAborted);
        context.Response.Headers.Connection = "close";
        context.Response.ContentLength = 0;
    }

    /// <summary>Sends the head of an answer and half of its body, and then nothing more.</summary>
    private static async Task TruncateAsync(HttpContext context, RequestDelegate handler)
    {
        var body = await HoldBodyAsync(context, handler);

        // An answer without a body is lost as a whole.
        if (body.Length > 1)
        {
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body[..(body.Length / 2)], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        context.Abort();
    }

    /// <summary>Sends an answer that is not the HTTP that it should be, and closes the connection in order.</summary>
    private static async Task SpoilAsync(HttpContext context, RequestDelegate handler, TransportFault fault)
    {
        var body = await HoldBodyAsync(context, handler);
        var writer = context.Features.GetRequiredFeature<ResponseHeadWriter>();
        await writer.ReplaceAsync(MalformedAnswer.Make(fault, context.Response, body.Span), context.RequestAborted);
        context.Response.Headers.Connection = "close";
        context.Response.ContentLength = 0;
    }

    /// <summary>Lets the node answer, and holds what it says.</summary>
    private static async Task<ReadOnlyMemory<byte>> HoldBodyAsync(HttpContext context, RequestDelegate handler)
    {
        var body = context.Features.Get<IHttpResponseBodyFeature>()!;
        var kept = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(kept));
        try
        {
            await handler(context);
        }
        finally
        {
            context.Features.Set(body);
        }

        return kept.GetBuffer().AsMemory(0, (int)kept.Length);
    }
}
