using System.Security.Cryptography;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>The exact certificates that a server puts on the wire, and the key that it proves to hold.</summary>
public sealed class PresentedChain
{
    internal PresentedChain(IReadOnlyList<IssuedCertificate> certificates, IssuedCertificate leaf, AsymmetricAlgorithm privateKey)
    {
        Certificates = certificates;
        Leaf = leaf;
        PrivateKey = privateKey;
    }

    /// <summary>The certificates in wire order, as often as they are sent.</summary>
    public IReadOnlyList<IssuedCertificate> Certificates { get; }

    /// <summary>The certificate that <see cref="PrivateKey"/> belongs to: the first of a named shape, and of an explicit list whatever the recipe calls its certificate.</summary>
    public IssuedCertificate Leaf { get; }

    /// <summary>
    /// The private key, an <see cref="ECDsa"/> or <see cref="RSA"/>. It belongs to the <see cref="LabPki"/>: do not dispose of it.
    /// Signing from several threads at once is safe.
    /// </summary>
    public AsymmetricAlgorithm PrivateKey { get; }

    /// <summary>The chain as one PEM text in wire order.</summary>
    /// <returns>The text.</returns>
    public string ToPem() => string.Concat(Certificates.Select(certificate => certificate.ToPem()));
}
