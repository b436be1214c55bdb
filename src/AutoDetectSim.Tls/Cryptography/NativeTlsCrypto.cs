using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace AutoDetectSim.Tls.Cryptography;

/// <summary>The cryptography of one connection: the platform's own where it is faster, Bouncy Castle's for the rest.</summary>
internal sealed class NativeTlsCrypto(TlsKeyLog? keyLog) : BcTlsCrypto(PlatformRandom.Secure), IDisposable
{
    private readonly List<IDisposable> _handles = [];

    /// <summary>The random of the ClientHello, which names the connection in the key log.</summary>
    internal byte[]? ClientRandom { get; set; }

    public override TlsCertificate CreateCertificate(short type, byte[] encoding) =>
        type == CertificateType.X509 ? new WireCertificate(encoding) : throw new TlsFatalAlert(AlertDescription.unsupported_certificate);

    public override TlsECDomain CreateECDomain(TlsECConfig ecConfig) =>
        NativeX25519.TryCreateDomain(this, ecConfig.NamedGroup)
        ?? NativeEcdh.TryCreateDomain(this, ecConfig.NamedGroup)
        ?? new AdoptingDomain(this, base.CreateECDomain(ecConfig).CreateECDH);

    public override TlsDHDomain CreateDHDomain(TlsDHConfig dhConfig) =>
        new AdoptingDomain(this, base.CreateDHDomain(dhConfig).CreateDH);

    public override TlsHash CreateHash(int cryptoHashAlgorithm) =>
        TryGetName(cryptoHashAlgorithm) is { } name ? new NativeTlsHash(name) : base.CreateHash(cryptoHashAlgorithm);

    public override TlsNonceGenerator CreateNonceGenerator(byte[] additionalSeedMaterial) => PlatformRandom.Instance;

    public override TlsNonceGenerator CreateNonceGenerator(ReadOnlySpan<byte> additionalSeedMaterial) => PlatformRandom.Instance;

    public override TlsSecret CreateSecret(byte[] data) => new NativeTlsSecret(this, (byte[])data.Clone());

    public override TlsSecret CreateHybridSecret(TlsSecret s1, TlsSecret s2) => Adopt([.. s1.Extract(), .. s2.Extract()]);

    public override TlsSecret GenerateRsaPreMasterSecret(ProtocolVersion version) => Adopt(base.GenerateRsaPreMasterSecret(version).Extract());

    public override TlsSecret HkdfInit(int cryptoHashAlgorithm) => Adopt(new byte[TlsCryptoUtilities.GetHashOutputSize(cryptoHashAlgorithm)]);

    public void Dispose()
    {
        foreach (var handle in _handles)
        {
            handle.Dispose();
        }

        _handles.Clear();
    }

    /// <summary>.NET's name of a hash, or null where Bouncy Castle's own is used.</summary>
    internal static HashAlgorithmName? TryGetName(int cryptoHashAlgorithm) => cryptoHashAlgorithm switch
    {
        CryptoHashAlgorithm.md5 => HashAlgorithmName.MD5,
        CryptoHashAlgorithm.sha1 => HashAlgorithmName.SHA1,
        CryptoHashAlgorithm.sha256 => HashAlgorithmName.SHA256,
        CryptoHashAlgorithm.sha384 => HashAlgorithmName.SHA384,
        CryptoHashAlgorithm.sha512 => HashAlgorithmName.SHA512,
        _ => null,
    };

    internal NativeTlsSecret Adopt(byte[] data) => new(this, data);

    /// <summary>Takes over a handle that lives as long as the connection.</summary>
    internal T Own<T>(T handle)
        where T : IDisposable
    {
        _handles.Add(handle);
        return handle;
    }

    internal void LogSecret(string label, ReadOnlySpan<byte> secret)
    {
        if (keyLog is not null && ClientRandom is { } random)
        {
            keyLog.Write(label, random, secret);
        }
    }

    internal bool LogsSecrets => keyLog is not null;

    protected override TlsAeadCipher CreateCipher_Aes_Gcm(TlsCryptoParameters cryptoParams, int cipherKeySize, int macSize) =>
        new(cryptoParams, Own(new NativeAesGcm(true)), Own(new NativeAesGcm(false)), cipherKeySize, macSize, TlsAeadCipher.AEAD_GCM);

    /// <summary>Bouncy Castle's key agreement, with a secret that can be logged.</summary>
    private sealed class AdoptingDomain(NativeTlsCrypto crypto, Func<TlsAgreement> create) : TlsECDomain, TlsDHDomain
    {
        public TlsAgreement CreateECDH() => new AdoptingAgreement(crypto, create());

        public TlsAgreement CreateDH() => new AdoptingAgreement(crypto, create());
    }

    private sealed class AdoptingAgreement(NativeTlsCrypto crypto, TlsAgreement inner) : TlsAgreement
    {
        public byte[] GenerateEphemeral() => inner.GenerateEphemeral();

        public void ReceivePeerValue(byte[] peerValue) => inner.ReceivePeerValue(peerValue);

        public TlsSecret CalculateSecret() => crypto.Adopt(inner.CalculateSecret().Extract());
    }
}
