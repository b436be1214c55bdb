using System.IO.Pipelines;
using AutoDetectSim.Tls.Engine;

namespace AutoDetectSim.Tls;

/// <summary>The server side of TLS: presents exactly the given list of certificates, and aborts as configured.</summary>
public static class TlsServer
{
    /// <summary>Runs the server side of a handshake.</summary>
    /// <param name="transport">The connection. It is the caller's to close, also after a failure, except that <see cref="HandshakeFault.Reset"/> resets it.</param>
    /// <param name="select">Chooses the settings once the ClientHello is known.</param>
    /// <param name="options">Timeout and clock, or null for the defaults.</param>
    /// <param name="cancellationToken">Breaks the handshake off.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="TlsHandshakeException">The handshake did not complete, by the client's fault or on purpose.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Task<TlsServerConnection> AcceptAsync(
        Stream transport,
        Func<TlsClientHello, CancellationToken, ValueTask<TlsServerSettings>> select,
        TlsServerOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(select);
        return new ServerHandshake(transport, new RecordReader(transport), () => ConnectionReset.OfStream(transport), select, options ?? new()).RunAsync(cancellationToken);
    }

    /// <summary>Runs the server side of a handshake over a pair of pipes.</summary>
    /// <param name="transport">The connection; its pipes are not completed.</param>
    /// <param name="select">Chooses the settings once the ClientHello is known.</param>
    /// <param name="options">Timeout and clock, or null for the defaults.</param>
    /// <param name="cancellationToken">Breaks the handshake off.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="TlsHandshakeException">The handshake did not complete, by the client's fault or on purpose.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Task<TlsServerConnection> AcceptAsync(
        IDuplexPipe transport,
        Func<TlsClientHello, CancellationToken, ValueTask<TlsServerSettings>> select,
        TlsServerOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        return AcceptAsync(new DuplexPipeStream(transport), select, options, cancellationToken);
    }
}
