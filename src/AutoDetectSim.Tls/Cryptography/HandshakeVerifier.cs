using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using TlsHash = Org.BouncyCastle.Tls.HashAlgorithm;

namespace AutoDetectSim.Tls.Cryptography;

/// <summary>Checks handshake signatures of the common kinds with the platform's ECDSA and RSA.</summary>
/// <remarks>In TLS 1.3 the engine writes the signed content into <see cref="Stream"/>, which is this object itself, before it asks for the verdict.</remarks>
internal sealed class HandshakeVerifier : MemoryStream, TlsVerifier, Tls13Verifier
{
    private readonly ReadOnlyMemory<byte> _subjectPublicKeyInfo;
    private readonly bool _isEc;
    private readonly HashAlgorithmName _hash;
    private readonly bool _pss;

    private HandshakeVerifier(ReadOnlyMemory<byte> subjectPublicKeyInfo, bool isEc, HashAlgorithmName hash, bool pss)
    {
        _subjectPublicKeyInfo = subjectPublicKeyInfo;
        _isEc = isEc;
        _hash = hash;
        _pss = pss;
    }

    public Stream Stream => this;

    /// <summary>A verifier for TLS 1.2 and before, or null when the platform is not asked for this kind of key.</summary>
    internal static HandshakeVerifier? TryCreate(ReadOnlyMemory<byte> certificate, short signatureAlgorithm)
    {
        if (!LeafPublicKey.TryRead(certificate, out var key, out var algorithm, out var curve))
        {
            return null;
        }

        return signatureAlgorithm switch
        {
            SignatureAlgorithm.ecdsa when LeafPublicKey.IsNativeCurve(curve) => new(key, true, default, false),
            SignatureAlgorithm.rsa or SignatureAlgorithm.rsa_pss_rsae_sha256 or SignatureAlgorithm.rsa_pss_rsae_sha384 or SignatureAlgorithm.rsa_pss_rsae_sha512
                when algorithm is LeafPublicKey.RsaEncryptionOid => new(key, false, default, false),
            _ => null,
        };
    }

    /// <summary>A verifier for TLS 1.3, or null when the platform is not asked for this kind of key.</summary>
    internal static HandshakeVerifier? TryCreate13(ReadOnlyMemory<byte> certificate, int signatureScheme)
    {
        if (!LeafPublicKey.TryRead(certificate, out var key, out var algorithm, out var curve))
        {
            return null;
        }

        var isRsa = algorithm is LeafPublicKey.RsaEncryptionOid;
        return signatureScheme switch
        {
            SignatureScheme.ecdsa_secp256r1_sha256 when curve is LeafPublicKey.P256Oid => new(key, true, HashAlgorithmName.SHA256, false),
            SignatureScheme.ecdsa_secp384r1_sha384 when curve is LeafPublicKey.P384Oid => new(key, true, HashAlgorithmName.SHA384, false),
            SignatureScheme.ecdsa_secp521r1_sha512 when curve is LeafPublicKey.P521Oid => new(key, true, HashAlgorithmName.SHA512, false),
            SignatureScheme.rsa_pss_rsae_sha256 when isRsa => new(key, false, HashAlgorithmName.SHA256, true),
            SignatureScheme.rsa_pss_rsae_sha384 when isRsa => new(key, false, HashAlgorithmName.SHA384, true),
            SignatureScheme.rsa_pss_rsae_sha512 when isRsa => new(key, false, HashAlgorithmName.SHA512, true),
            _ => null,
        };
    }

    public bool VerifySignature(byte[] signature) =>
        // The stream has been disposed by then, which leaves its bytes where they are.
        Verify(CryptographicOperations.HashData(_hash, ToArray()), signature, _hash, _pss);

    public TlsStreamVerifier? GetStreamVerifier(DigitallySigned digitallySigned) => null;

    public bool VerifyRawSignature(DigitallySigned digitallySigned, byte[] hash)
    {
        if (digitallySigned.Algorithm is not { } algorithm)
        {
            return _isEc
                ? Verify(LegacyHash.Sha1Part(hash), digitallySigned.Signature, HashAlgorithmName.SHA1, false)
                : LegacyHash.VerifyRsa(_subjectPublicKeyInfo.ToArray(), hash, digitallySigned.Signature);
        }

        var pss = algorithm.Hash == TlsHash.Intrinsic;
        var name = pss ? PssHash(algorithm.Signature) : LeafPublicKey.HashName(algorithm.Hash);
        return name is { } known && Verify(hash, digitallySigned.Signature, known, pss);
    }

    private static HashAlgorithmName? PssHash(short signatureAlgorithm) => signatureAlgorithm switch
    {
        SignatureAlgorithm.rsa_pss_rsae_sha256 => HashAlgorithmName.SHA256,
        SignatureAlgorithm.rsa_pss_rsae_sha384 => HashAlgorithmName.SHA384,
        SignatureAlgorithm.rsa_pss_rsae_sha512 => HashAlgorithmName.SHA512,
        _ => null,
    };

    private bool Verify(byte[] hash, byte[] signature, HashAlgorithmName name, bool pss)
    {
        try
        {
            var key = PublicKeyCache.Get(_subjectPublicKeyInfo, _isEc);
            return key is ECDsa ecdsa
                ? ecdsa.VerifyHash(hash, signature, DSASignatureFormat.Rfc3279DerSequence)
                : ((RSA)key).VerifyHash(hash, signature, name, pss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
