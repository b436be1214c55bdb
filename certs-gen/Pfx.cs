using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.CertsGen;

/// <summary>Writes a presented chain with its key as PKCS #12 (RFC 7292).</summary>
internal static class Pfx
{
    private const int Iterations = 100_000;

    /// <summary>Triple DES and SHA-1 protect it because Windows Server 2016 and older read nothing newer; the key is a lab's.</summary>
    public static byte[] Write(PresentedChain chain, string password)
    {
        var protection = new PbeParameters(PbeEncryptionAlgorithm.TripleDes3KeyPkcs12, HashAlgorithmName.SHA1, Iterations);
        var keyId = new Pkcs9LocalKeyId([1]);

        var certificates = new Pkcs12SafeContents();
        foreach (var certificate in chain.Certificates.Prepend(chain.Leaf).Distinct())
        {
            var bag = certificates.AddCertificate(certificate.Certificate);
            if (ReferenceEquals(certificate, chain.Leaf))
            {
                bag.Attributes.Add(keyId);
            }
        }

        var keys = new Pkcs12SafeContents();
        keys.AddShroudedKey(chain.PrivateKey, password, protection).Attributes.Add(keyId);

        var builder = new Pkcs12Builder();
        builder.AddSafeContentsEncrypted(certificates, password, protection);
        builder.AddSafeContentsUnencrypted(keys);
        builder.SealWithMac(password, HashAlgorithmName.SHA1, Iterations);
        return builder.Encode();
    }
}
