using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AutoDetectSim.Tls.Engine;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace AutoDetectSim.Tls.Kestrel;

/// <summary>What Kestrel wants to know of a TLS connection: above all, that there is one, and which HTTP version ALPN chose.</summary>
internal sealed class TlsConnectionFeatures : ITlsConnectionFeature, ITlsApplicationProtocolFeature, ITlsHandshakeFeature, IPresentedChainFeature
{
    internal TlsConnectionFeatures(TlsServerConnection connection)
    {
        ClientHello = connection.ClientHello;
        Handshake = connection.Record;
        ApplicationProtocol = Encoding.UTF8.GetBytes(Handshake.ApplicationProtocol ?? string.Empty);
        NegotiatedCipherSuite = Enum.TryParse<TlsCipherSuite>(Handshake.CipherSuite, out var suite) ? suite : null;
    }

    public TlsClientHello ClientHello { get; }

    public TlsHandshakeRecord Handshake { get; }

    public X509Certificate2? ClientCertificate { get; set; }

    public ReadOnlyMemory<byte> ApplicationProtocol { get; }

    public SslProtocols Protocol => VersionNames.ToSslProtocols(Handshake.TlsVersion);

    public TlsCipherSuite? NegotiatedCipherSuite { get; }

    public string HostName => ClientHello.ServerName ?? string.Empty;

#pragma warning disable SYSLIB0058
    public CipherAlgorithmType CipherAlgorithm => CipherAlgorithmType.None;

    public int CipherStrength => 0;

    public HashAlgorithmType HashAlgorithm => HashAlgorithmType.None;

    public int HashStrength => 0;

    public ExchangeAlgorithmType KeyExchangeAlgorithm => ExchangeAlgorithmType.None;

    public int KeyExchangeStrength => 0;
#pragma warning restore SYSLIB0058

    public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult(ClientCertificate);
}
