using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>A key pair with what certificates say about it.</summary>
internal sealed class LabKey : IDisposable
{
    public LabKey(AsymmetricAlgorithm key, KeyAlgorithm algorithm)
    {
        Key = key;
        Algorithm = algorithm;
        PublicKey = key switch
        {
            ECDsa ecdsa => new PublicKey(ecdsa),
            RSA rsa => new PublicKey(rsa),
            _ => throw new ArgumentException("Neither an ECDSA nor an RSA key.", nameof(key)),
        };
        SubjectKeyIdentifier = new X509SubjectKeyIdentifierExtension(PublicKey, X509SubjectKeyIdentifierHashAlgorithm.Sha1, critical: false);
        AuthorityKeyIdentifier = X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(SubjectKeyIdentifier);
        SignatureGenerator = key switch
        {
            ECDsa ecdsa => X509SignatureGenerator.CreateForECDsa(ecdsa),
            RSA rsa => X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1),
            _ => throw new ArgumentException("Neither an ECDSA nor an RSA key.", nameof(key)),
        };
    }

    public AsymmetricAlgorithm Key { get; }

    public KeyAlgorithm Algorithm { get; }

    public PublicKey PublicKey { get; }

    /// <summary>RFC 5280 4.2.1.2, method 1.</summary>
    public X509SubjectKeyIdentifierExtension SubjectKeyIdentifier { get; }

    /// <summary>RFC 5280 4.2.1.1 for certificates that this key signs.</summary>
    public X509AuthorityKeyIdentifierExtension AuthorityKeyIdentifier { get; }

    public X509SignatureGenerator SignatureGenerator { get; }

    public void Dispose() => Key.Dispose();
}
