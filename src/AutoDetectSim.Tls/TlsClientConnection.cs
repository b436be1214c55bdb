namespace AutoDetectSim.Tls;

/// <summary>A client's established connection.</summary>
public sealed class TlsClientConnection : IAsyncDisposable
{
    internal TlsClientConnection(Stream stream, TlsHandshakeRecord record)
    {
        Stream = stream;
        Record = record;
    }

    /// <summary>
    /// The decrypted side. Reads and writes throw <see cref="TlsStreamException"/> when the connection fails. Disposing it sends
    /// close_notify and disposes the transport.
    /// </summary>
    public Stream Stream { get; }

    /// <summary>What the server presented, and what was negotiated. No certificate has been judged.</summary>
    public TlsHandshakeRecord Record { get; }

    /// <summary>Disposes <see cref="Stream"/>.</summary>
    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
