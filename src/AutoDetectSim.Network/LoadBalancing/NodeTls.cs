using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Network.Faults;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Network.LoadBalancing;

/// <summary>Turns what a scenario says of a node into what the TLS engine does.</summary>
internal static class NodeTls
{
    /// <summary>IIS in front of Exchange speaks HTTP/1.1 to AutoDetect and to probes; one protocol keeps header order on the wire ours.</summary>
    public static readonly IReadOnlyList<string> Http11 = ["http/1.1"];

    /// <summary>The settings of a node whose connections have no fault.</summary>
    public static TlsServerSettings Settings(PresentedChain chain, IReadOnlyList<string> applicationProtocols, IReadOnlyList<string> tlsVersions, bool clientCertificate, TlsKeyLog? keyLog) => new()
    {
        Identity = Identity(chain),
        Versions = Versions(tlsVersions),
        ApplicationProtocols = applicationProtocols,
        KeyLog = keyLog,
        RequestClientCertificate = clientCertificate,
    };

    /// <summary>The settings of one connection with a fault.</summary>
    public static TlsServerSettings With(TlsServerSettings settings, ConnectionFault fault, TlsClientHello hello) => fault.Kind switch
    {
        TransportFault.Reset => settings with { Fault = HandshakeFault.Reset },
        TransportFault.Closed => settings with { Fault = HandshakeFault.Close },
        TransportFault.Silent => settings with { Fault = HandshakeFault.Silent },
        TransportFault.TruncatedHandshake => settings with { Fault = HandshakeFault.TruncatedHandshake },
        TransportFault.Alert => settings with { Fault = HandshakeFault.Alert, FaultAlert = fault.Alert },
        _ => HelloFault.Hits(fault, hello) ? settings with { Fault = HandshakeFault.Reset } : settings,
    };

    public static TlsServerIdentity Identity(PresentedChain chain) =>
        new([.. chain.Certificates.Select(certificate => certificate.Der)], chain.PrivateKey);

    private static TlsVersions Versions(IReadOnlyList<string> names)
    {
        var versions = TlsVersions.None;
        foreach (var name in names)
        {
            versions |= name switch
            {
                "1.0" => TlsVersions.Tls10,
                "1.1" => TlsVersions.Tls11,
                "1.2" => TlsVersions.Tls12,
                "1.3" => TlsVersions.Tls13,
                _ => TlsVersions.None,
            };
        }

        return versions;
    }
}
