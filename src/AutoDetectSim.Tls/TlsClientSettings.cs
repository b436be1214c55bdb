using AutoDetectSim.Tls.Engine;

namespace AutoDetectSim.Tls;

/// <summary>How a client makes one connection.</summary>
public sealed record TlsClientSettings
{
    /// <summary>The host name in the server_name extension (RFC 6066, section 3). An IP address or null sends none, as Node does.</summary>
    public string? ServerName { get; init; }

    /// <summary>The versions that are offered. Default: TLS 1.2 and 1.3.</summary>
    public TlsVersions Versions { get; init; } = TlsVersions.Default;

    /// <summary>ALPN names in order of preference. Empty: no ALPN extension.</summary>
    /// <exception cref="ArgumentException">A name is empty or longer than 255 bytes.</exception>
    public IReadOnlyList<string> ApplicationProtocols
    {
        get;
        init => field = ParameterSets.CheckApplicationProtocols(value);
    } = [];

    /// <summary>
    /// Whether X25519MLKEM768 is offered before all other groups, with a key share for it beside the one for X25519, as OpenSSL 3.5 does. The share is
    /// a real one: a server may choose it. It counts only where TLS 1.3 is offered.
    /// </summary>
    public bool OffersMlKem { get; init; }

    /// <summary>The length in bytes, with its record header, to which ClientHello is padded (RFC 7685). Null: not padded. One that is longer stays as it is.</summary>
    public int? PaddedHelloLength { get; init; }

    /// <summary>How many bytes of ClientHello are sent at first; the rest follows 50 ms later, in another TCP segment. Null: all of it at once.</summary>
    public int? FirstSegmentLength { get; init; }

    /// <summary>Where the secrets of the connection are written, or null.</summary>
    public TlsKeyLog? KeyLog { get; init; }

    /// <summary>How long the handshake may take. Default: 30 seconds.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock of the timeout. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
