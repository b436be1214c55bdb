using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>Digests as OpenSSL 3.0's default provider has them: MD4 has a size but cannot be computed.</summary>
internal static class Digests
{
    /// <summary>The digest for an OID in its dotted form, or null.</summary>
    internal static DigestKind? Find(string oid) => oid switch
    {
        "1.2.840.113549.2.4" => DigestKind.Md4,
        "1.2.840.113549.2.5" => DigestKind.Md5,
        "1.3.14.3.2.26" => DigestKind.Sha1,
        "2.16.840.1.101.3.4.2.4" => DigestKind.Sha224,
        "2.16.840.1.101.3.4.2.1" => DigestKind.Sha256,
        "2.16.840.1.101.3.4.2.2" => DigestKind.Sha384,
        "2.16.840.1.101.3.4.2.3" => DigestKind.Sha512,
        "2.16.840.1.101.3.4.2.5" => DigestKind.Sha512T224,
        "2.16.840.1.101.3.4.2.6" => DigestKind.Sha512T256,
        "2.16.840.1.101.3.4.2.7" => DigestKind.Sha3T224,
        "2.16.840.1.101.3.4.2.8" => DigestKind.Sha3T256,
        "2.16.840.1.101.3.4.2.9" => DigestKind.Sha3T384,
        "2.16.840.1.101.3.4.2.10" => DigestKind.Sha3T512,
        "1.3.36.3.2.1" => DigestKind.RipeMd160,
        "1.2.156.10197.1.401" => DigestKind.Sm3,
        _ => null,
    };

    internal static int SizeInBytes(DigestKind digest) => digest switch
    {
        DigestKind.Md4 or DigestKind.Md5 => 16,
        DigestKind.Sha1 or DigestKind.RipeMd160 => 20,
        DigestKind.Sha224 or DigestKind.Sha512T224 or DigestKind.Sha3T224 => 28,
        DigestKind.Sha384 or DigestKind.Sha3T384 => 48,
        DigestKind.Sha512 or DigestKind.Sha3T512 => 64,
        _ => 32,
    };

    /// <summary>.NET's name of the digest where every platform has it for signatures, or null.</summary>
    internal static HashAlgorithmName? NativeName(DigestKind digest) => digest switch
    {
        DigestKind.Sha256 => HashAlgorithmName.SHA256,
        DigestKind.Sha384 => HashAlgorithmName.SHA384,
        DigestKind.Sha512 => HashAlgorithmName.SHA512,
        _ => null,
    };

    /// <summary>The digest of the data, or null if the digest cannot be computed.</summary>
    internal static byte[]? Compute(DigestKind digest, ReadOnlySpan<byte> data)
    {
        switch (digest)
        {
            case DigestKind.Md5:
                return MD5.HashData(data);
            case DigestKind.Sha1:
                return SHA1.HashData(data);
            case DigestKind.Sha256:
                return SHA256.HashData(data);
            case DigestKind.Sha384:
                return SHA384.HashData(data);
            case DigestKind.Sha512:
                return SHA512.HashData(data);
        }

        if (Create(digest) is not { } managed)
        {
            return null;
        }

        managed.BlockUpdate(data);
        var result = new byte[managed.GetDigestSize()];
        managed.DoFinal(result, 0);
        return result;
    }

    private static IDigest? Create(DigestKind digest) => digest switch
    {
        DigestKind.Sha224 => new Sha224Digest(),
        DigestKind.Sha512T224 => new Sha512tDigest(224),
        DigestKind.Sha512T256 => new Sha512tDigest(256),
        DigestKind.Sha3T224 => new Sha3Digest(224),
        DigestKind.Sha3T256 => new Sha3Digest(256),
        DigestKind.Sha3T384 => new Sha3Digest(384),
        DigestKind.Sha3T512 => new Sha3Digest(512),
        DigestKind.RipeMd160 => new RipeMD160Digest(),
        DigestKind.Sm3 => new SM3Digest(),
        _ => null,
    };
}
