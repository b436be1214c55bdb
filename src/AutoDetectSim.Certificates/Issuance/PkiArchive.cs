using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>Keys and certificates of a PKI, by which another process makes the same one.</summary>
internal sealed record PkiArchive
{
    /// <summary>The time that relative validity bounds count from.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Private keys (PKCS #8, PEM) by the name that has them and the algorithm.</summary>
    public required IReadOnlyDictionary<(string Name, KeyAlgorithm Algorithm), string> Keys { get; init; }

    /// <summary>Certificates (DER) by name.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Certificates { get; init; }

    /// <summary>Makes a key of the archive; null where it has none of that name and algorithm.</summary>
    public AsymmetricAlgorithm? CreateKey(string name, KeyAlgorithm algorithm) => Keys.TryGetValue((name, algorithm), out var pem) ? Import(pem, algorithm) : null;

    /// <summary>SHA-256 of a key's SubjectPublicKeyInfo, in lower-case hexadecimal digits.</summary>
    public static string PrintOf(AsymmetricAlgorithm key) =>
        Convert.ToHexStringLower(SHA256.HashData((key is ECDsa ecdsa ? new PublicKey(ecdsa) : new PublicKey((RSA)key)).ExportSubjectPublicKeyInfo()));

    /// <summary>Reads a private key.</summary>
    /// <exception cref="CryptographicException">It is not one of this algorithm.</exception>
    /// <exception cref="ArgumentException">The text is not a PEM key.</exception>
    public static AsymmetricAlgorithm Import(string pem, KeyAlgorithm algorithm)
    {
        AsymmetricAlgorithm key = algorithm.IsRsa() ? RSA.Create() : ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
