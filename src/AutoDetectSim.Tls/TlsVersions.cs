namespace AutoDetectSim.Tls;

/// <summary>TLS protocol versions, as a set.</summary>
[Flags]
public enum TlsVersions
{
    /// <summary>No version.</summary>
    None = 0,

    /// <summary>TLS 1.0 (RFC 2246).</summary>
    Tls10 = 1,

    /// <summary>TLS 1.1 (RFC 4346).</summary>
    Tls11 = 2,

    /// <summary>TLS 1.2 (RFC 5246).</summary>
    Tls12 = 4,

    /// <summary>TLS 1.3 (RFC 8446).</summary>
    Tls13 = 8,

    /// <summary>What servers and clients of today accept: TLS 1.2 and 1.3.</summary>
    Default = Tls12 | Tls13,

    /// <summary>Every version that can be spoken.</summary>
    All = Tls10 | Tls11 | Tls12 | Tls13,
}
