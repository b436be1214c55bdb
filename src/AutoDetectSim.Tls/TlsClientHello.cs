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

    /// <summary>The length in bytes of the records that it came in, with their headers.</summary>
    public int Length { get; init; }

    /// <summary>How many bytes had arrived when the first of them were read: fewer than <see cref="Length"/> if it came in several TCP segments.</summary>
    public int FirstReadLength { get; init; }

    /// <summary>Whether the client offers a group with ML-KEM, alone or in a hybrid such as X25519MLKEM768.</summary>
    public bool OffersMlKem { get; init; }
}
