using System.Net;
using System.Text;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Protocols.Node;

/// <summary>The ClientHello of Node.js as devices on the way see it: its length, and whether it offers ML-KEM ([NODE22-HELLO]). What it says beyond that is the lab's own.</summary>
internal static class NodeHello
{
    // Measured without server name and ALPN; Node.js 22, 24 and 26 do not differ.
    private const int ClassicalLength = 349;
    private const int MlKemLength = 1568;

    private const int ServerNameOverhead = 9;
    private const int ProtocolsOverhead = 6;

    /// <summary>Settings with which a connection begins as one of Node.js does.</summary>
    /// <param name="settings">What is offered; its server name and ALPN names count.</param>
    /// <param name="version">The Node.js.</param>
    public static TlsClientSettings Like(TlsClientSettings settings, NodeVersion version)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var offersMlKem = version != NodeVersion.Node20;
        return settings with { OffersMlKem = offersMlKem, PaddedHelloLength = LengthOf(settings, offersMlKem) };
    }

    /// <summary>Settings with a ClientHello that is as long as one of Node.js 22 and later, but padded, and without ML-KEM.</summary>
    /// <param name="settings">What is offered; its server name and ALPN names count.</param>
    public static TlsClientSettings PaddedOnly(TlsClientSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings with { OffersMlKem = false, PaddedHelloLength = LengthOf(settings, offersMlKem: true) };
    }

    /// <summary>The length of a ClientHello with its record header.</summary>
    private static int LengthOf(TlsClientSettings settings, bool offersMlKem)
    {
        var name = string.IsNullOrEmpty(settings.ServerName) || IPAddress.TryParse(settings.ServerName, out _) ? 0 : ServerNameOverhead + settings.ServerName.Length;
        var protocols = settings.ApplicationProtocols.Count == 0 ? 0 : ProtocolsOverhead + settings.ApplicationProtocols.Sum(protocol => 1 + Encoding.UTF8.GetByteCount(protocol));
        return (offersMlKem ? MlKemLength : ClassicalLength) + name + protocols;
    }
}
