namespace AutoDetectSim.Tls;

/// <summary>What a client says of itself before anything else (RFC 8446, section 4.1.2).</summary>
public sealed record TlsClientHello
{
    /// <summary>The host name of the server_name extension, or null.</summary>
    public string? ServerName { get; init; }

    /// <summary>The ALPN names that the client offers, in its order; empty when it sends no ALPN extension.</summary>
    public IReadOnlyList<string> ApplicationProtocols { get; init; } = [];

    /// <summary>The versions that the client offers, of those that can be spoken here.</summary>
    public TlsVersions Versions { get; init; }
}
