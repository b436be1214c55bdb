using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls;

namespace AutoDetectSim.LoadBalancing;

/// <summary>Turns what a scenario says of a node into what the TLS engine does.</summary>
internal static class NodeTls
{
    /// <summary>IIS in front of Exchange speaks HTTP/1.1 to AutoDetect and to probes; one protocol keeps header order on the wire ours.</summary>
    private static readonly string[] Http11 = ["http/1.1"];

    public static TlsServerSettings Settings(NodeDefinition node, PresentedChain chain, TlsKeyLog? keyLog)
    {
        return new TlsServerSettings
        {
            Identity = Identity(chain),
            Versions = Versions(node.TlsVersions),
            ApplicationProtocols = Http11,
            KeyLog = keyLog,
            FaultAlert = TlsAlertNames.TryParse(node.Alert, out var alert) ? alert : TlsAlertDescription.HandshakeFailure,
            Fault = node.Fault switch
            {
                TransportFault.Reset => HandshakeFault.Reset,
                TransportFault.Silent => HandshakeFault.Silent,
                TransportFault.TruncatedHandshake => HandshakeFault.TruncatedHandshake,
                TransportFault.Alert => HandshakeFault.Alert,
                _ => HandshakeFault.None,
            },
        };
    }

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
