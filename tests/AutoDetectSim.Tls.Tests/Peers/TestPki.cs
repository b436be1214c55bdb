using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AutoDetectSim.Tls.Tests.Peers;

/// <summary>A root, an intermediate and leaves, made once per test run.</summary>
internal static class TestPki
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static long s_serial = 1000;

    private static readonly (X509Certificate2 Certificate, ECDsa Key) RootPair = Root();
    private static readonly (X509Certificate2 Certificate, ECDsa Key) IssuingPair = Issuing();

    public static byte[] RootDer => RootPair.Certificate.RawData;

    public static byte[] IssuingDer => IssuingPair.Certificate.RawData;

    public static string RootPem => RootPair.Certificate.ExportCertificatePem();

    public static ECDsa P256Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static ECDsa P384Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP384);

    public static ECDsa P521Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP521);

    public static RSA RsaKey { get; } = RSA.Create(2048);

    public static byte[] P256Leaf { get; } = Leaf(P256Key);

    public static byte[] P384Leaf { get; } = Leaf(P384Key);

    public static byte[] P521Leaf { get; } = Leaf(P521Key);

    public static byte[] RsaLeaf { get; } = Leaf(RsaKey);

    public static TlsServerIdentity Identity(AsymmetricAlgorithm key, params byte[][] chain) =>
        new([.. chain.Select(der => new ReadOnlyMemory<byte>(der))], key);

    /// <summary>A complete chain.</summary>
    public static TlsServerIdentity P256 { get; } = Identity(P256Key, P256Leaf, IssuingDer);

    public static TlsServerIdentity Rsa { get; } = Identity(RsaKey, RsaLeaf, IssuingDer);

    public static byte[] Leaf(AsymmetricAlgorithm key)
    {
        var request = key switch
        {
            ECDsa ec => new CertificateRequest("CN=mail.contoso.test", ec, HashAlgorithmName.SHA256),
            RSA rsa => new CertificateRequest("CN=mail.contoso.test", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            _ => throw new ArgumentException("Unknown key.", nameof(key)),
        };
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("mail.contoso.test");
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        return request.Create(IssuingPair.Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(IssuingPair.Key), Start, Start.AddYears(20), Serial()).RawData;
    }

    /// <summary>Certificates as PEM, in order.</summary>
    public static string[] Pem(params byte[][] chain) => [.. chain.Select(der => PemEncoding.WriteString("CERTIFICATE", der) + "\n")];

    /// <summary>A certificate of its own, to fill lists with.</summary>
    public static byte[] Unrelated(int number)
    {
        var request = new CertificateRequest($"CN=Unrelated {number}", P256Key, HashAlgorithmName.SHA256);
        return request.Create(RootPair.Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(RootPair.Key), Start, Start.AddYears(20), Serial()).RawData;
    }

    private static byte[] Serial() => BitConverter.GetBytes(Interlocked.Increment(ref s_serial));

    private static (X509Certificate2, ECDsa) Root()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Authority("CN=Test Root", key);
        return (request.CreateSelfSigned(Start, Start.AddYears(30)), key);
    }

    private static (X509Certificate2, ECDsa) Issuing()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Authority("CN=Test Issuing", key);
        return (request.Create(RootPair.Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(RootPair.Key), Start, Start.AddYears(25), Serial()), key);
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return request;
    }
}
