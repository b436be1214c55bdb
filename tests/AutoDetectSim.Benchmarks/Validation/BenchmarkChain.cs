using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Benchmarks.Validation;

/// <summary>A server certificate, its intermediate and their root, as public authorities issue them.</summary>
internal sealed record BenchmarkChain(byte[] Leaf, byte[] Intermediate, byte[] Root)
{
    public const string Host = "mail.contoso.com";

    public IReadOnlyList<ReadOnlyMemory<byte>> Presented { get; } = [Leaf, Intermediate];

    public TrustAnchors Anchors { get; } = TrustAnchors.FromDer([Root]);

    public static BenchmarkChain Create(bool rsa)
    {
        var now = DateTimeOffset.UtcNow;
        using var root = Issue("CN=Benchmark Root CA, O=AutoDetectSim", rsa, null, now, ca: true);
        using var intermediate = Issue("CN=Benchmark Issuing CA, O=AutoDetectSim", rsa, root, now, ca: true);
        using var leaf = Issue($"CN={Host}", rsa, intermediate, now, ca: false);
        return new BenchmarkChain(leaf.RawData, intermediate.RawData, root.RawData);
    }

    private static X509Certificate2 Issue(string subject, bool rsa, X509Certificate2? issuer, DateTimeOffset now, bool ca)
    {
        using var key = rsa ? (AsymmetricAlgorithm)RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = key is RSA rsaKey
            ? new CertificateRequest(subject, rsaKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(ca, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(ca ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign : X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        var subjectKey = new X509SubjectKeyIdentifierExtension(request.PublicKey, false);
        request.CertificateExtensions.Add(subjectKey);
        request.CertificateExtensions.Add(issuer is null
            ? X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(subjectKey)
            : X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        if (!ca)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(Host);
            names.AddDnsName("autodiscover.contoso.com");
            request.CertificateExtensions.Add(names.Build());
        }

        if (issuer is null)
        {
            return request.CreateSelfSigned(now.AddDays(-30), now.AddDays(3650));
        }

        using var signed = request.Create(issuer, now.AddDays(-10), now.AddDays(300), RandomNumberGenerator.GetBytes(16));
        return key is RSA own ? signed.CopyWithPrivateKey(own) : signed.CopyWithPrivateKey((ECDsa)key);
    }
}
