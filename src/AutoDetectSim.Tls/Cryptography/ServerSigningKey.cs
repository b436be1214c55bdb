using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using TlsHash = Org.BouncyCastle.Tls.HashAlgorithm;

namespace AutoDetectSim.Tls.Cryptography;

/// <summary>A server's key, and which signature schemes of RFC 8446, section 4.2.3 it can produce.</summary>
internal abstract class ServerSigningKey
{
    /// <summary>The key exchanges of TLS 1.2 and before that the key can sign.</summary>
    internal abstract bool IsEc { get; }

    /// <summary>Schemes in order of preference.</summary>
    protected abstract IReadOnlyList<int> Schemes13 { get; }

    /// <summary>Schemes in order of preference.</summary>
    protected abstract IReadOnlyList<int> Schemes12 { get; }

    internal static ServerSigningKey From(AsymmetricAlgorithm key, ReadOnlyMemory<byte> firstCertificate) => key switch
    {
        ECDsa ec => EcSigningKey.From(ec),
        RSA rsa => new RsaSigningKey(rsa, IsPssOnly(firstCertificate)),
        _ => throw new ArgumentException($"A TLS server signs with ECDSA or RSA, not with {key.SignatureAlgorithm}.", nameof(key)),
    };

    /// <summary>The first scheme that the key and the client have in common, or null.</summary>
    internal SignatureAndHashAlgorithm? ChooseScheme(bool isTls13, IList<SignatureAndHashAlgorithm>? offered)
    {
        // RFC 5246, section 7.4.1.4.1: a client that says nothing is taken to accept SHA-1.
        if (offered is null)
        {
            return isTls13 ? null : SignatureAndHashAlgorithm.GetInstance(TlsHash.sha1, IsEc ? SignatureAlgorithm.ecdsa : SignatureAlgorithm.rsa);
        }

        foreach (var scheme in isTls13 ? Schemes13 : Schemes12)
        {
            var candidate = SignatureScheme.GetSignatureAndHashAlgorithm(scheme);
            if (offered.Contains(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>Signs a hash; a null algorithm means TLS 1.0 or 1.1.</summary>
    internal abstract byte[] Sign(SignatureAndHashAlgorithm? algorithm, byte[] hash);

    private static bool IsPssOnly(ReadOnlyMemory<byte> certificate) =>
        LeafPublicKey.TryRead(certificate, out _, out var algorithm, out _) && algorithm is LeafPublicKey.RsassaPssOid;

    private sealed class EcSigningKey : ServerSigningKey
    {
        private readonly ECDsa _key;

        private EcSigningKey(ECDsa key, int scheme)
        {
            _key = key;
            Schemes13 = [scheme];
            Schemes12 =
            [
                scheme, SignatureScheme.ecdsa_secp256r1_sha256, SignatureScheme.ecdsa_secp384r1_sha384,
                SignatureScheme.ecdsa_secp521r1_sha512, SignatureScheme.ecdsa_sha1,
            ];
        }

        internal override bool IsEc => true;

        protected override IReadOnlyList<int> Schemes13 { get; }

        protected override IReadOnlyList<int> Schemes12 { get; }

        internal static EcSigningKey From(ECDsa key) => new(key, key.ExportParameters(false).Curve.Oid.Value switch
        {
            LeafPublicKey.P256Oid => SignatureScheme.ecdsa_secp256r1_sha256,
            LeafPublicKey.P384Oid => SignatureScheme.ecdsa_secp384r1_sha384,
            LeafPublicKey.P521Oid => SignatureScheme.ecdsa_secp521r1_sha512,
            _ => throw new ArgumentException("A TLS server's ECDSA key is on P-256, P-384 or P-521.", nameof(key)),
        });

        internal override byte[] Sign(SignatureAndHashAlgorithm? algorithm, byte[] hash) =>
            _key.SignHash(algorithm is null ? LegacyHash.Sha1Part(hash) : hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    private sealed class RsaSigningKey : ServerSigningKey
    {
        private readonly RSA _key;

        internal RsaSigningKey(RSA key, bool pssOnly)
        {
            _key = key;
            Schemes13 = pssOnly
                ? [SignatureScheme.rsa_pss_pss_sha256, SignatureScheme.rsa_pss_pss_sha384, SignatureScheme.rsa_pss_pss_sha512]
                : [SignatureScheme.rsa_pss_rsae_sha256, SignatureScheme.rsa_pss_rsae_sha384, SignatureScheme.rsa_pss_rsae_sha512];
            Schemes12 = pssOnly
                ? Schemes13
                :
                [
                    SignatureScheme.rsa_pkcs1_sha256, SignatureScheme.rsa_pkcs1_sha384, SignatureScheme.rsa_pkcs1_sha512,
                    .. Schemes13, SignatureScheme.rsa_pkcs1_sha1,
                ];
        }

        internal override bool IsEc => false;

        protected override IReadOnlyList<int> Schemes13 { get; }

        protected override IReadOnlyList<int> Schemes12 { get; }

        internal override byte[] Sign(SignatureAndHashAlgorithm? algorithm, byte[] hash)
        {
            if (algorithm is null)
            {
                return LegacyHash.SignRsa(_key, hash);
            }

            return algorithm.Hash == TlsHash.Intrinsic
                ? _key.SignHash(hash, HashOfLength(hash.Length), RSASignaturePadding.Pss)
                : _key.SignHash(hash, HashOfLength(hash.Length), RSASignaturePadding.Pkcs1);
        }

        private static HashAlgorithmName HashOfLength(int length) => length switch
        {
            20 => HashAlgorithmName.SHA1,
            48 => HashAlgorithmName.SHA384,
            64 => HashAlgorithmName.SHA512,
            _ => HashAlgorithmName.SHA256,
        };
    }
}
