using System.IO.Pipelines;
using AutoDetectSim.Tls.Engine;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Tls.Kestrel;

/// <summary>Terminates TLS on a Kestrel connection, and passes the decrypted bytes to the next middleware.</summary>
internal sealed partial class PresentedChainMiddleware(
    ConnectionDelegate next,
    Func<ConnectionContext, TlsClientHello, CancellationToken, ValueTask<TlsServerSettings>> select,
    TlsServerOptions options,
    ILogger<PresentedChainMiddleware> logger)
{
    internal async Task InvokeAsync(ConnectionContext context)
    {
        var transport = context.Transport;
        TlsServerConnection connection;

        // A server that stops does not wait for clients that are still (or forever) in their handshake. A client that is gone ends
        // the transport's input, behind what it has said last: ConnectionClosed would overtake its alert.
        var stop = context.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        var stream = new DuplexPipeStream(transport);
        try
        {
            connection = await new ServerHandshake(
                stream,
                new RecordReader(stream),
                () => Reset(context),
                (hello, cancellationToken) => select(context, hello, cancellationToken),
                options).RunAsync(stop);
        }
        catch (TlsHandshakeException e)
        {
            HandshakeFailed(context.ConnectionId, e.Reason, e.Message);
            context.Features.Set(e);
            return;
        }
        catch (OperationCanceledException)
        {
            return;
        }

        HandshakeCompleted(context.ConnectionId, connection.Record.TlsVersion, connection.Record.CipherSuite, connection.Record.ApplicationProtocol);
        var features = new TlsConnectionFeatures(connection);
        context.Features.Set<ITlsConnectionFeature>(features);
        context.Features.Set<ITlsApplicationProtocolFeature>(features);
        context.Features.Set<ITlsHandshakeFeature>(features);
        context.Features.Set<IPresentedChainFeature>(features);

        var decrypted = new StreamDuplexPipe(connection.Stream);
        await using (connection)
        {
            context.Transport = decrypted;
            try
            {
                await next(context);
            }
            finally
            {
                context.Transport = transport;
                await decrypted.CompleteAsync();
            }
        }
    }

    private static void Reset(ConnectionContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            ConnectionReset.OfSocket(socket);
        }

        context.Abort();
    }

    [LoggerMessage(1000, LogLevel.Debug, "Connection {ConnectionId}: TLS handshake complete, {Version}, {CipherSuite}, ALPN {ApplicationProtocol}.")]
    private partial void HandshakeCompleted(string connectionId, string? version, string? cipherSuite, string? applicationProtocol);

    [LoggerMessage(1001, LogLevel.Debug, "Connection {ConnectionId}: TLS handshake failed, {Reason}: {Explanation}")]
    private partial void HandshakeFailed(string connectionId, TlsFailure reason, string explanation);

    private sealed class StreamDuplexPipe(Stream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

        public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));

        internal async ValueTask CompleteAsync()
        {
            await Input.CompleteAsync();
            try
            {
                await Output.CompleteAsync();
            }
            catch (IOException)
            {
                // What was left to send could not be sent: the client is gone.
            }
        }
    }
}
