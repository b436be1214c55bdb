using System.Security.Cryptography;

namespace AutoDetectSim.Certificates.Tests.Validation.Generation;

/// <summary>A hierarchy with a server certificate, what the server sends of it, and what the client trusts.</summary>
internal sealed class ChainPlan
{
    private static readonly string[] ServerKeys = ["P-256", "P-256", "P-256", "P-384", "P-521", "rsa2048"];
    private static readonly string[] AuthorityKeys = ["P-256", "P-256", "P-256", "P-384", "rsa2048", "rsa2048"];

    public ChainPlan(Random random, DateTimeOffset now, int intermediates)
    {
        Random = random;
        Now = now;
        var stem = $"{Pick("Lumen", "Raven", "Cobalt", "Harbor", "Quartz")} {random.Next(10_000)}";
        Root = Add("root", NewKey(AuthorityKeys), NamePlan.Of($"{stem} Root CA", stem, "DE"), null);
        var above = Root;
        for (var i = intermediates - 1; i >= 0; i--)
        {
            above = Add($"int{i}", NewKey(AuthorityKeys), NamePlan.Of($"{stem} Issuing CA {i}", stem, "DE"), above);
            Intermediates.Insert(0, above);
        }

        Host = $"{Pick("www", "mail", "autodiscover")}.{stem.Replace(' ', '-').ToLowerInvariant()}.example";
        Leaf = Add("leaf", NewKey(ServerKeys), NamePlan.Of(Host), above);
        foreach (var authority in Authorities)
        {
            authority.Set(ExtensionPlan.BasicConstraints(true));
            authority.Set(ExtensionPlan.KeyUsage(5, 6));
        }

        Leaf.Set(ExtensionPlan.BasicConstraints(false));
        Leaf.Set(ExtensionPlan.KeyUsage(0, 2));
        Leaf.Set(ExtensionPlan.ExtendedKeyUsage("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"));
        Leaf.Set(ExtensionPlan.SubjectAltName(Der.DnsName(Host)));
        AddKeyIdentifiers();
        Sent.Add(Leaf);
        Sent.AddRange(Intermediates);
        Trusted.Add(Root);
    }

    public Random Random { get; }

    public DateTimeOffset Now { get; }

    public CertificatePlan Root { get; }

    /// <summary>From the server certificate's issuer up.</summary>
    public List<CertificatePlan> Intermediates { get; } = [];

    public CertificatePlan Leaf { get; }

    public IEnumerable<CertificatePlan> Authorities => [.. Intermediates, Root];

    public IEnumerable<CertificatePlan> All => [Leaf, .. Intermediates, Root];

    public List<CertificatePlan> Sent { get; } = [];

    public List<CertificatePlan> Trusted { get; } = [];

    /// <summary>What follows a trusted certificate in a "TRUSTED CERTIFICATE" block.</summary>
    public Dictionary<CertificatePlan, byte[]> TrustSettings { get; } = [];

    /// <summary>Further text in the trust list.</summary>
    public List<string> TrustText { get; } = [];

    public string Host { get; set; }

    /// <summary>What was done to the chain, for messages.</summary>
    public List<string> Notes { get; } = [];

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Random.Next(choices.Length)];

    public T PickFrom<T>(IReadOnlyList<T> choices) => choices[Random.Next(choices.Count)];

    public bool Chance(int percent) => Random.Next(100) < percent;

    public CertificatePlan Add(string label, TestKey key, NamePlan subject, CertificatePlan? issuer) => new(label, key, subject, issuer)
    {
        Serial = [(byte)Random.Next(1, 0x80), .. Bytes(7)],
        NotBefore = CertificatePlan.Utc(Now.AddDays(-30 - Random.Next(300))),
        NotAfter = CertificatePlan.Utc(Now.AddDays(30 + Random.Next(3000))),
    };

    public TestKey NewKey(params string[] kinds) => TestKey.Get(kinds[Random.Next(kinds.Length)], Random.Next(6));

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Another certificate with everything that this one has.</summary>
    public CertificatePlan Twin(CertificatePlan original, string label)
    {
        var twin = Add(label, original.Key, original.Subject, original.Issuer);
        twin.Extensions.AddRange(original.Extensions);
        return twin;
    }

    public void Note(string note) => Notes.Add(note);

    public GeneratedCase Build(string @class)
    {
        // A server can prove that it holds a key only for the common kinds.
        if (Sent.Count > 0 && !Sent[0].Key.SignsHandshakes)
        {
            Sent.Remove(Leaf);
            Sent.Insert(0, Leaf);
        }

        return new(@class, string.Join("; ", Notes), [.. Sent.Select(c => c.Encoded)], [.. Trusted.Select(ToPem), .. TrustText], Host, (Sent.Count > 0 ? Sent[0] : Leaf).Key);
    }

    private string ToPem(CertificatePlan certificate) => TrustSettings.TryGetValue(certificate, out var settings)
        ? PemEncoding.WriteString("TRUSTED CERTIFICATE", [.. certificate.Encoded, .. settings])
        : PemEncoding.WriteString("CERTIFICATE", certificate.Encoded);

    private void AddKeyIdentifiers()
    {
        var style = Random.Next(5);
        if (style == 0)
        {
            return;
        }

        foreach (var certificate in All)
        {
            var issuer = certificate.Issuer ?? certificate;
            if (style != 1)
            {
                certificate.Set(ExtensionPlan.SubjectKeyIdentifier(certificate.Key.Identifier));
            }

            certificate.Set(style switch
            {
                2 => ExtensionPlan.AuthorityKeyIdentifier(null, Der.DirectoryName((issuer.Issuer ?? issuer).Subject.Encode()), issuer.Serial),
                3 => ExtensionPlan.AuthorityKeyIdentifier(issuer.Key.Identifier, Der.DirectoryName((issuer.Issuer ?? issuer).Subject.Encode()), issuer.Serial),
                _ => ExtensionPlan.AuthorityKeyIdentifier(issuer.Key.Identifier),
            });
        }
    }
}
