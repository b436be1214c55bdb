namespace AutoDetectSim.Certificates.Tests.Validation.Generation;

/// <summary>A certificate to be, with every freedom that an issuer, or an attacker, has.</summary>
internal sealed class CertificatePlan(string label, TestKey key, NamePlan subject, CertificatePlan? issuer)
{
    private byte[]? _encoded;

    public string Label { get; } = label;

    public TestKey Key { get; set; } = key;

    public NamePlan Subject { get; set; } = subject;

    /// <summary>The issuer, or null for a self-signed certificate.</summary>
    public CertificatePlan? Issuer { get; set; } = issuer;

    public NamePlan? IssuerName { get; set; }

    public TestKey? SignedWith { get; set; }

    public string Digest { get; set; } = "sha256";

    public int? SaltLength { get; set; }

    public byte[]? InnerAlgorithm { get; set; }

    public byte[]? OuterAlgorithm { get; set; }

    public byte[]? PublicKeyInfo { get; set; }

    public long? Version { get; set; } = 2;

    public byte[] Serial { get; set; } = [1];

    public (int Tag, string Text) NotBefore { get; set; }

    public (int Tag, string Text) NotAfter { get; set; }

    public List<ExtensionPlan> Extensions { get; } = [];

    public Func<byte[], byte[]> ChangeSignature { get; set; } = static s => s;

    public Func<byte[], byte[]> ChangeEncoding { get; set; } = static s => s;

    public byte[] Encoded => _encoded ??= Encode();

    public static (int Tag, string Text) Utc(DateTimeOffset time) => (0x17, time.UtcDateTime.ToString("yyMMddHHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture));

    public static (int Tag, string Text) Generalized(DateTimeOffset time) => (0x18, time.UtcDateTime.ToString("yyyyMMddHHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture));

    public void Set(ExtensionPlan extension)
    {
        Remove(extension.Oid);
        Extensions.Add(extension);
    }

    public void Remove(string oid) => Extensions.RemoveAll(e => string.Equals(e.Oid, oid, StringComparison.Ordinal));

    private byte[] Encode()
    {
        var signer = SignedWith ?? (Issuer ?? this).Key;
        var digest = Digest;
        var algorithm = signer.Algorithm(digest, SaltLength);
        var tbs = Der.Sequence(
            Version is { } version ? Der.Explicit(0, Der.Integer(version)) : [],
            Der.Tlv(0x02, Serial),
            InnerAlgorithm ?? algorithm,
            (IssuerName ?? (Issuer ?? this).Subject).Encode(),
            Der.Sequence(Der.Text(NotBefore.Tag, NotBefore.Text), Der.Text(NotAfter.Tag, NotAfter.Text)),
            Subject.Encode(),
            PublicKeyInfo ?? Key.PublicKeyInfo,
            Extensions.Count == 0 ? [] : Der.Explicit(3, Der.Sequence(Extensions.Select(e => e.Encode()))));
        var signature = ChangeSignature(signer.Sign(tbs, digest, SaltLength));
        return ChangeEncoding(Der.Sequence(tbs, OuterAlgorithm ?? algorithm, Der.BitString(signature)));
    }
}
