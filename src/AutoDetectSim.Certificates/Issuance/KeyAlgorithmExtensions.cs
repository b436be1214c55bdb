using System.Security.Cryptography;

namespace AutoDetectSim.Certificates.Issuance;

internal static class KeyAlgorithmExtensions
{
    public static bool IsRsa(this KeyAlgorithm algorithm) => algorithm is KeyAlgorithm.Rsa1024 or KeyAlgorithm.Rsa2048 or KeyAlgorithm.Rsa3072 or KeyAlgorithm.Rsa4096;

    public static HashAlgorithmName Hash(this KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.P384 => HashAlgorithmName.SHA384,
        KeyAlgorithm.P521 => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };

    public static HashAlgorithmName Name(this SignatureHash hash) => hash switch
    {
        SignatureHash.Sha1 => HashAlgorithmName.SHA1,
        SignatureHash.Sha256 => HashAlgorithmName.SHA256,
        SignatureHash.Sha384 => HashAlgorithmName.SHA384,
        SignatureHash.Sha512 => HashAlgorithmName.SHA512,
        _ => throw new ArgumentOutOfRangeException(nameof(hash), hash, "Not a hash function."),
    };

    public static AsymmetricAlgorithm CreateKey(this KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.P256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        KeyAlgorithm.P384 => ECDsa.Create(ECCurve.NamedCurves.nistP384),
        KeyAlgorithm.P521 => ECDsa.Create(ECCurve.NamedCurves.nistP521),
        KeyAlgorithm.Rsa1024 => RSA.Create(1024),
        KeyAlgorithm.Rsa2048 => RSA.Create(2048),
        KeyAlgorithm.Rsa3072 => RSA.Create(3072),
        KeyAlgorithm.Rsa4096 => RSA.Create(4096),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Not a key algorithm."),
    };
}
