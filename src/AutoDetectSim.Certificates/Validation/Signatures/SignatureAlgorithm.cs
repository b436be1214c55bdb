using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>A signature algorithm that OpenSSL 3.0 can attribute to a kind of key (its table of OID cross references).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">The kind of key that makes such signatures.</param>
/// <param name="Digest">The digest, or null where it is part of the algorithm or of its parameters.</param>
internal sealed record SignatureAlgorithm(string Name, KeyKind Key, DigestKind? Digest)
{
    private const int SecurityBitsOfSha1 = 63;
    private const int SecurityBitsOfMd5 = 39;

    /// <summary>Whether the digest is one that OpenSSL knows by name only (MD2, SHA-0, MDC-2).</summary>
    internal bool DigestUnavailable { get; init; }

    /// <summary>The algorithm for an AlgorithmIdentifier, or null if OpenSSL cannot tell its kind of key.</summary>
    internal static SignatureAlgorithm? Find(string oid, NodeVersion version = NodeVersion.Node20) => oid switch
    {
        "1.2.840.113549.1.1.2" => new("md2WithRSAEncryption", KeyKind.Rsa, null) { DigestUnavailable = true },
        "1.2.840.113549.1.1.3" => new("md4WithRSAEncryption", KeyKind.Rsa, DigestKind.Md4),
        "1.2.840.113549.1.1.4" or "1.3.14.3.2.3" => new("md5WithRSAEncryption", KeyKind.Rsa, DigestKind.Md5),
        "1.2.840.113549.1.1.5" or "1.3.14.3.2.29" => new("sha1WithRSAEncryption", KeyKind.Rsa, DigestKind.Sha1),
        "1.2.840.113549.1.1.10" => new("rsassaPss", KeyKind.RsaPss, null),
        "1.2.840.113549.1.1.11" => new("sha256WithRSAEncryption", KeyKind.Rsa, DigestKind.Sha256),
        "1.2.840.113549.1.1.12" => new("sha384WithRSAEncryption", KeyKind.Rsa, DigestKind.Sha384),
        "1.2.840.113549.1.1.13" => new("sha512WithRSAEncryption", KeyKind.Rsa, DigestKind.Sha512),
        "1.2.840.113549.1.1.14" => new("sha224WithRSAEncryption", KeyKind.Rsa, DigestKind.Sha224),
        "1.3.14.3.2.15" => new("shaWithRSAEncryption", KeyKind.Rsa, null) { DigestUnavailable = true },
        "2.5.8.3.100" => new("mdc2WithRSA", KeyKind.Rsa, null) { DigestUnavailable = true },
        "1.3.36.3.3.1.2" => new("ripemd160WithRSA", KeyKind.Rsa, DigestKind.RipeMd160),
        "2.16.840.1.101.3.4.3.13" => new("RSA-SHA3-224", KeyKind.Rsa, DigestKind.Sha3T224),
        "2.16.840.1.101.3.4.3.14" => new("RSA-SHA3-256", KeyKind.Rsa, DigestKind.Sha3T256),
        "2.16.840.1.101.3.4.3.15" => new("RSA-SHA3-384", KeyKind.Rsa, DigestKind.Sha3T384),
        "2.16.840.1.101.3.4.3.16" => new("RSA-SHA3-512", KeyKind.Rsa, DigestKind.Sha3T512),
        "1.2.840.10045.4.1" => new("ecdsa-with-SHA1", KeyKind.Ec, DigestKind.Sha1),
        "1.2.840.10045.4.3.1" => new("ecdsa-with-SHA224", KeyKind.Ec, DigestKind.Sha224),
        "1.2.840.10045.4.3.2" => new("ecdsa-with-SHA256", KeyKind.Ec, DigestKind.Sha256),
        "1.2.840.10045.4.3.3" => new("ecdsa-with-SHA384", KeyKind.Ec, DigestKind.Sha384),
        "1.2.840.10045.4.3.4" => new("ecdsa-with-SHA512", KeyKind.Ec, DigestKind.Sha512),
        "2.16.840.1.101.3.4.3.9" when version != NodeVersion.Node20 => new("ecdsa_with_SHA3-224", KeyKind.Ec, DigestKind.Sha3T224),
        "2.16.840.1.101.3.4.3.10" when version != NodeVersion.Node20 => new("ecdsa_with_SHA3-256", KeyKind.Ec, DigestKind.Sha3T256),
        "2.16.840.1.101.3.4.3.11" when version != NodeVersion.Node20 => new("ecdsa_with_SHA3-384", KeyKind.Ec, DigestKind.Sha3T384),
        "2.16.840.1.101.3.4.3.12" when version != NodeVersion.Node20 => new("ecdsa_with_SHA3-512", KeyKind.Ec, DigestKind.Sha3T512),
        "1.2.840.10045.4.2" => new("ecdsa-with-Recommended", KeyKind.Ec, null),
        "1.2.840.10045.4.3" => new("ecdsa-with-Specified", KeyKind.Ec, null),
        "1.2.840.10040.4.3" => new("dsa-with-SHA1", KeyKind.Dsa, DigestKind.Sha1),
        "2.16.840.1.101.3.4.3.1" => new("dsa-with-SHA224", KeyKind.Dsa, DigestKind.Sha224),
        "2.16.840.1.101.3.4.3.2" => new("dsa-with-SHA256", KeyKind.Dsa, DigestKind.Sha256),
        "1.3.14.3.2.13" => new("dsaWithSHA", KeyKind.Dsa, null) { DigestUnavailable = true },
        "1.3.101.112" => new("ED25519", KeyKind.Ed25519, null),
        "1.3.101.113" => new("ED448", KeyKind.Ed448, null),
        MlDsaKey.Oid44 when version != NodeVersion.Node20 => new("ML-DSA-44", KeyKind.MlDsa44, null),
        MlDsaKey.Oid65 when version != NodeVersion.Node20 => new("ML-DSA-65", KeyKind.MlDsa65, null),
        MlDsaKey.Oid87 when version != NodeVersion.Node20 => new("ML-DSA-87", KeyKind.MlDsa87, null),
        "1.2.156.10197.1.501" => new("SM2-with-SM3", KeyKind.Sm2, DigestKind.Sm3),
        _ => null,
    };

    /// <summary>Whether a key of this kind can have made such a signature, which OpenSSL asks when it looks for an issuer. A plain RSA key makes RSASSA-PSS signatures as well.</summary>
    internal bool Fits(KeyKind key) => key == Key || (key == KeyKind.Rsa && Key == KeyKind.RsaPss);

    /// <summary>The security of the signature's digest in bits (half its size; less for the broken ones), or null if OpenSSL cannot tell.</summary>
    internal int? SecurityBits(DerValue algorithm)
    {
        if (DigestUnavailable)
        {
            return null;
        }

        switch (Key)
        {
            case KeyKind.Ed25519:
                return 128;
            case KeyKind.Ed448:
                return 224;
            case KeyKind.MlDsa44 or KeyKind.MlDsa65 or KeyKind.MlDsa87:
                return MlDsaKey.SecurityBitsOf(Key);
            case KeyKind.RsaPss:
                return PssParameters.Decode(algorithm[1], strict: true) is { } pss ? SecurityBits(pss.Digest) : null;
            default:
                return Digest is { } digest ? SecurityBits(digest) : null;
        }
    }

    private static int SecurityBits(DigestKind digest) => digest switch
    {
        DigestKind.Sha1 => SecurityBitsOfSha1,
        DigestKind.Md5 => SecurityBitsOfMd5,
        _ => Digests.SizeInBytes(digest) * 4,
    };
}
