using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Benchmarks.Handshakes;

/// <summary>A leaf and its intermediate, with a P-256 or an RSA-2048 key.</summary>
internal static class BenchmarkIdentity
{
    internal static TlsServerIdentity Create(string keyKind)
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuerRequest = new CertificateRequest("CN=Benchmark Issuing CA", issuerKey, HashAlgorithmName.SHA256);
        issuerRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var issuer = issuerRequest.CreateSelfSigned(start, start.AddYears(20));
        AsymmetricAlgorithm key = keyKind == "rsa" ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = key is RSA rsa
            ? new CertificateRequest("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=localhost", (ECDsa)key, HashAlgorithmName.SHA256);
        using var leaf = request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(issuerKey), start, start.AddYears(10), [1, 2, 3, 4]);
        return new([leaf.RawData, issuer.RawData], key);
    }
}
