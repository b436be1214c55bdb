namespace AutoDetectSim.Tls;

/// <summary>A server's established connection.</summary>
public sealed class TlsServerConnection : IAsyncDisposable
{
    internal TlsServerConnection(Stream stream, TlsClientHello clientHello, TlsHandshakeRecord record)
    {
        Stream = stream;
        ClientHello = clientHello;
        Record = record;
    }

    /// <summary>
    /// The decrypted side. Reads and writes throw <see cref="TlsStreamException"/> when the connection fails. Disposing it sends
    /// close_notify; the transport is left open.
    /// </summary>
    public Stream Stream { get; }

    /// <summary>What the client offered.</summary>
    public TlsClientHello ClientHello { get; }

    /// <summary>What was presented and negotiated.</summary>
    public TlsHandshakeRecord Record { get; }

    /// <summary>Disposes <see cref="Stream"/>.</summary>
    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
