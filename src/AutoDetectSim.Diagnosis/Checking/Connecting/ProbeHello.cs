using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Diagnosis.Checking.Connecting;

/// <summary>The ClientHello of a connection, as far as devices on the way treat them differently.</summary>
internal enum ProbeHello
{
    /// <summary>Like that of the AutoDetect at hand.</summary>
    OfAutoDetect,

    /// <summary>Like that of Node.js 20: short, with X25519.</summary>
    Classical,

    /// <summary>Like that of Node.js 22 and later: long, with X25519MLKEM768 and X25519.</summary>
    MlKem,

    /// <summary>As long as that of Node.js 22, but padded (RFC 7685) and without ML-KEM.</summary>
    Padded,

    /// <summary>Like that of Node.js 20, in two TCP segments.</summary>
    Split,
}

/// <summary>Settings for each <see cref="ProbeHello"/>.</summary>
internal static class ProbeHellos
{
    /// <summary>Bytes of the first of two segments: neither all of the random nor the server name is in them.</summary>
    private const int FirstSegment = 24;

    /// <summary>Settings whose ClientHello looks as a probe wants it.</summary>
    public static TlsClientSettings Apply(ProbeHello hello, TlsClientSettings settings, NodeVersion ofAutoDetect) => hello switch
    {
        ProbeHello.Classical => NodeHello.Like(settings, NodeVersion.Node20),
        ProbeHello.MlKem => NodeHello.Like(settings, NodeVersion.Node24),
        ProbeHello.Padded => NodeHello.PaddedOnly(settings),
        ProbeHello.Split => NodeHello.Like(settings, NodeVersion.Node20) with { FirstSegmentLength = FirstSegment },
        _ => NodeHello.Like(settings, ofAutoDetect),
    };
}
