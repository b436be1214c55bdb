using System.Security.Cryptography;
using AutoDetectSim.Tls.Cryptography;
using Org.BouncyCastle.Tls;

namespace AutoDetectSim.Tls;

/// <summary>What a server presents, and the key that it signs with.</summary>
/// <remarks>
/// The list is sent unchanged in the Certificate message: nothing is parsed, reordered, completed or dropped; it may have
/// duplicates, roots, a wrong order, or bytes that are not a certificate at all. Clients check the handshake's signature with the key of
/// the first certificate. An instance may serve any number of connections at a time.
/// </remarks>
public sealed record TlsServerIdentity
{
    private readonly Lazy<Certificate> _message12;
    private readonly Lazy<Certificate> _message13;

    /// <summary>Creates an identity.</summary>
    /// <param name="presentedChain">The certificates (DER) in wire order.</param>
    /// <param name="privateKey">The key: <see cref="ECDsa"/> on P-256, P-384 or P-521, or <see cref="RSA"/>. It stays the caller's to dispose.</param>
    /// <exception cref="ArgumentException">The key is of another kind, or a certificate is empty or longer than 16 MB.</exception>
    public TlsServerIdentity(IReadOnlyList<ReadOnlyMemory<byte>> presentedChain, AsymmetricAlgorithm privateKey)
    {
        ArgumentNullException.ThrowIfNull(presentedChain);
        ArgumentNullException.ThrowIfNull(privateKey);
        if (presentedChain.Any(certificate => certificate.Length is 0 or > 0xFFFFFF))
        {
            throw new ArgumentException("A certificate in a Certificate message has between 1 and 16,777,215 bytes.", nameof(presentedChain));
        }

        PresentedChain = presentedChain;
        PrivateKey = privateKey;
        SigningKey = ServerSigningKey.From(privateKey, presentedChain.Count > 0 ? presentedChain[0] : default);
        _message12 = new(() => new Certificate([.. Entries().Select(entry => entry.Certificate)]));
        _message13 = new(() => new Certificate([], Entries()));
    }

    /// <summary>The certificates (DER) in wire order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> PresentedChain { get; }

    /// <summary>The key that signs the handshake.</summary>
    public AsymmetricAlgorithm PrivateKey { get; }

    internal ServerSigningKey SigningKey { get; }

    internal Certificate CertificateMessage(bool isTls13) => isTls13 ? _message13.Value : _message12.Value;

    private CertificateEntry[] Entries() =>
        [.. PresentedChain.Select(certificate => new CertificateEntry(new WireCertificate(certificate.ToArray()), null))];
}
