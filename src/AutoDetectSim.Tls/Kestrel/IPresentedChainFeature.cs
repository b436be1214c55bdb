namespace AutoDetectSim.Tls.Kestrel;

/// <summary>The TLS handshake of a connection, for the HTTP application on it.</summary>
public interface IPresentedChainFeature
{
    /// <summary>What the client offered.</summary>
    TlsClientHello ClientHello { get; }

    /// <summary>What was presented and negotiated.</summary>
    TlsHandshakeRecord Handshake { get; }
}
