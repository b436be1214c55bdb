namespace AutoDetectSim.Tls;

/// <summary>What went over the wire in a handshake, as far as it came.</summary>
public sealed record TlsHandshakeRecord
{
    /// <summary>The server's certificates: exactly the bytes of its Certificate message, in its order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Presented { get; init; } = [];

    /// <summary>The negotiated version as OpenSSL spells it: <c>TLSv1</c>, <c>TLSv1.1</c>, <c>TLSv1.2</c>, <c>TLSv1.3</c>; null when none was negotiated.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>The IANA name of the cipher suite, for example <c>TLS_AES_128_GCM_SHA256</c>; null when none was negotiated.</summary>
    public string? CipherSuite { get; init; }

    /// <summary>The negotiated ALPN name, or null.</summary>
    public string? ApplicationProtocol { get; init; }

    /// <summary>The host name that the client sent in server_name, or null.</summary>
    public string? ServerName { get; init; }

    /// <summary>Whether the server asked for a certificate of the client (CertificateRequest), as a client sees it.</summary>
    public bool ClientCertificateRequested { get; init; }

    /// <summary>Alerts that this side sent, in order.</summary>
    public IReadOnlyList<TlsAlert> AlertsSent { get; init; } = [];

    /// <summary>Alerts that this side received, in order.</summary>
    public IReadOnlyList<TlsAlert> AlertsReceived { get; init; } = [];
}
