using AutoDetectSim.Tls.Engine;

namespace AutoDetectSim.Tls;

/// <summary>How a server handles one connection.</summary>
public sealed record TlsServerSettings
{
    /// <summary>What is presented. Null is allowed for faults without a certificate; otherwise the client receives <c>unrecognized_name</c>.</summary>
    public TlsServerIdentity? Identity { get; init; }

    /// <summary>The versions that are accepted. Default: TLS 1.2 and 1.3.</summary>
    public TlsVersions Versions { get; init; } = TlsVersions.Default;

    /// <summary>ALPN names in the server's order of preference, for example <c>h2</c>, <c>http/1.1</c>. Empty: ALPN is ignored.</summary>
    /// <exception cref="ArgumentException">A name is empty or longer than 255 bytes.</exception>
    public IReadOnlyList<string> ApplicationProtocols
    {
        get;
        init => field = ParameterSets.CheckApplicationProtocols(value);
    } = [];

    /// <summary>Where the secrets of the connection are written, or null.</summary>
    public TlsKeyLog? KeyLog { get; init; }

    /// <summary>What goes wrong on purpose. Default: nothing.</summary>
    public HandshakeFault Fault { get; init; } = HandshakeFault.None;

    /// <summary>The alert of <see cref="HandshakeFault.Alert"/>.</summary>
    public TlsAlertDescription FaultAlert { get; init; } = TlsAlertDescription.HandshakeFailure;

    /// <summary>
    /// Whether a client certificate is required. A client that sends none receives <c>certificate_required</c> in TLS 1.3 and
    /// <c>handshake_failure</c> before; any certificate whose key the client holds is accepted.
    /// </summary>
    public bool RequestClientCertificate { get; init; }
}
