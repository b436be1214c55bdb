using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace AutoDetectSim.Tls.Cryptography;

/// <summary>One entry of a Certificate message as the bytes that it is; parsed no further than its public key, and only when that is needed.</summary>
internal sealed class WireCertificate : TlsCertificate
{
    private static readonly BcTlsCrypto Fallback = new();

    private readonly byte[] _encoding;

    internal WireCertificate(byte[] encoding) => _encoding = encoding;

    public BigInteger SerialNumber => BigInteger.Zero;

    // Only the tls-server-end-point channel binding asks, which is not offered here.
    public string SigAlgOid => string.Empty;

    public byte[] GetEncoded() => _encoding;

    // The TLS feature extension ("must staple") is not enforced, as Node does not.
    public byte[]? GetExtension(DerObjectIdentifier extensionOid) => null;

    public Asn1Encodable? GetSigAlgParams() => null;

    public TlsEncryptor CreateEncryptor(int tlsCertificateRole) => Parsed().CreateEncryptor(tlsCertificateRole);

    public TlsVerifier CreateVerifier(short signatureAlgorithm) =>
        (TlsVerifier?)HandshakeVerifier.TryCreate(_encoding, signatureAlgorithm) ?? Parsed().CreateVerifier(signatureAlgorithm);

    public Tls13Verifier CreateVerifier(int signatureScheme) =>
        (Tls13Verifier?)HandshakeVerifier.TryCreate13(_encoding, signatureScheme) ?? Parsed().CreateVerifier(signatureScheme);

    public short GetLegacySignatureAlgorithm() => Parsed().GetLegacySignatureAlgorithm();

    public bool SupportsSignatureAlgorithm(short signatureAlgorithm) => Parsed().SupportsSignatureAlgorithm(signatureAlgorithm);

    public bool SupportsSignatureAlgorithmCA(short signatureAlgorithm) => Parsed().SupportsSignatureAlgorithmCA(signatureAlgorithm);

    public TlsCertificate CheckUsageInRole(int tlsCertificateRole) => this;

    private AnyUsageCertificate Parsed() => new(Fallback, _encoding);

    /// <summary>Its key signs whatever the key usage extension says: that is judged with the rest of the chain, after the handshake.</summary>
    private sealed class AnyUsageCertificate(BcTlsCrypto crypto, byte[] encoding) : BcTlsCertificate(crypto, encoding)
    {
        protected override bool SupportsKeyUsage(int keyUsageBits) => true;
    }
}
