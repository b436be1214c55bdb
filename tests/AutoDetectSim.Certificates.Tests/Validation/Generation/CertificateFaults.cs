namespace AutoDetectSim.Certificates.Tests.Validation.Generation;

/// <summary>What can be odd about one certificate.</summary>
internal static class CertificateFaults
{
    private const string Unknown = "1.3.6.1.4.1.99999.1";

    private static readonly Dictionary<string, Action<ChainPlan, CertificatePlan>> Faults = new(StringComparer.Ordinal)
    {
        ["none"] = static (_, _) => { },
        ["expired"] = static (p, c) => c.NotAfter = CertificatePlan.Utc(p.Now.AddDays(-1 - p.Random.Next(20))),
        ["expired generalized"] = static (p, c) => c.NotAfter = CertificatePlan.Generalized(p.Now.AddDays(-2)),
        ["future"] = static (p, c) => c.NotBefore = CertificatePlan.Utc(p.Now.AddDays(2 + p.Random.Next(20))),
        ["future and expired"] = static (p, c) => (c.NotBefore, c.NotAfter) = (CertificatePlan.Utc(p.Now.AddDays(2)), CertificatePlan.Utc(p.Now.AddDays(-2))),
        ["generalized times"] = static (p, c) => (c.NotBefore, c.NotAfter) = (CertificatePlan.Generalized(p.Now.AddDays(-9)), CertificatePlan.Generalized(p.Now.AddDays(9))),
        ["far times"] = static (p, c) => (c.NotBefore, c.NotAfter) = ((0x18, p.Pick("00000101000000Z", "19491231235959Z")), (0x18, p.Pick("99991231235959Z", "20500101000000Z"))),
        ["odd notBefore"] = static (p, c) => c.NotBefore = OddTime(p, -5),
        ["odd notAfter"] = static (p, c) => c.NotAfter = OddTime(p, 5),
        ["not ca"] = static (_, c) => c.Set(ExtensionPlan.BasicConstraints(false)),
        ["ca"] = static (_, c) => c.Set(ExtensionPlan.BasicConstraints(true)),
        ["ca 01"] = static (p, c) => c.Set(new(ExtensionPlan.BasicConstraintsOid, Der.Sequence(Der.Boolean(1)), p.Chance(50))),
        ["no basic constraints"] = static (_, c) => c.Remove(ExtensionPlan.BasicConstraintsOid),
        ["no basic constraints, no key usage"] = static (_, c) => { c.Remove(ExtensionPlan.BasicConstraintsOid); c.Remove(ExtensionPlan.KeyUsageOid); },
        ["path length"] = static (p, c) => c.Set(ExtensionPlan.BasicConstraints(p.Chance(85), p.Random.Next(4))),
        ["path length 0"] = static (_, c) => c.Set(ExtensionPlan.BasicConstraints(true, 0)),
        ["odd path length"] = static (p, c) => c.Set(ExtensionPlan.BasicConstraints(true, p.Pick(-1L, long.MaxValue, int.MaxValue))),
        ["self-issued"] = static (_, c) => { if (c.Issuer is { } i) { c.Subject = i.Subject; } },
        ["key usage"] = static (p, c) => c.Set(ExtensionPlan.KeyUsage([.. Enumerable.Range(0, 9).Where(_ => p.Chance(30))])),
        ["no key usage"] = static (_, c) => c.Remove(ExtensionPlan.KeyUsageOid),
        ["no keyCertSign"] = static (_, c) => c.Set(ExtensionPlan.KeyUsage(0, 6)),
        ["client only"] = static (_, c) => c.Set(ExtensionPlan.ExtendedKeyUsage("1.3.6.1.5.5.7.3.2")),
        ["any purpose"] = static (_, c) => c.Set(ExtensionPlan.ExtendedKeyUsage("2.5.29.37.0")),
        ["purposes"] = static (p, c) => c.Set(ExtensionPlan.ExtendedKeyUsage([.. new[] { "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.9", "2.5.29.37.0", "1.3.6.1.4.1.311.10.3.3", "2.16.840.1.113730.4.1", Unknown }.Where(_ => p.Chance(30))])),
        ["no purposes"] = static (_, c) => c.Remove(ExtensionPlan.ExtendedKeyUsageOid),
        ["netscape type"] = static (p, c) => c.Set(ExtensionPlan.NetscapeCertType(p.Pick<byte>(0x40, 0x80, 0x04, 0x07, 0x20, 0x02, 0x00, 0xC0))),
        ["netscape type only"] = static (p, c) => { c.Remove(ExtensionPlan.BasicConstraintsOid); c.Remove(ExtensionPlan.KeyUsageOid); c.Set(ExtensionPlan.NetscapeCertType(p.Pick<byte>(0x04, 0x02, 0x40, 0x07))); },
        ["unknown extension"] = static (p, c) => c.Set(new(Unknown, p.Bytes(5))),
        ["unknown critical"] = static (p, c) => c.Set(new(Unknown, p.Bytes(5), true)),
        ["known critical"] = static (p, c) => c.Set(new(p.Pick("2.5.29.32", "2.5.29.36", "2.5.29.54", "2.5.29.33", "1.3.6.1.5.5.7.48.1.5", "2.5.29.46", "1.3.6.1.5.5.7.1.1", "2.5.29.18", "1.3.6.1.5.5.7.1.24", "1.3.6.1.4.1.11129.2.4.3", "2.5.29.9"), p.Pick<byte[]>(Der.Sequence(), Der.Null()), true)),
        ["critical key identifiers"] = static (p, c) => c.Set(p.Chance(50) ? ExtensionPlan.SubjectKeyIdentifier(c.Key.Identifier) with { Critical = true } : ExtensionPlan.AuthorityKeyIdentifier((c.Issuer ?? c).Key.Identifier) with { Critical = true }),
        ["garbled extension"] = Garble,
        ["duplicate extension"] = static (p, c) => { if (c.Extensions.Count > 0) { c.Extensions.Add(p.PickFrom(c.Extensions)); } },
        ["trailing bytes in extension"] = static (p, c) => Replace(p, c, static v => [.. v, 0, 0]),
        ["crl distribution points"] = static (p, c) => c.Set(new("2.5.29.31", p.Pick<byte[]>(
            Der.Sequence(Der.Sequence(Der.Explicit(0, Der.Tlv(0xA0, Der.Uri("http://crl.example/a.crl"))))),
            Der.Sequence(Der.Sequence()),
            Der.Sequence(Der.Sequence(Der.Tlv(0x81, [0x01, 0x06]))),
            Der.Sequence(Der.Sequence(Der.Tlv(0xA2, Der.DirectoryName(c.Subject.Encode())))),
            Der.Sequence(Der.Sequence(Der.Explicit(0, Der.Tlv(0xA1, Der.Sequence(Der.Oid("2.5.4.3"), Der.Text(0x0C, "crl")))))),
            Der.Sequence()))),
        ["sha1"] = static (_, c) => SetDigest(c, "sha1"),
        ["md5"] = static (_, c) => SetDigest(c, "md5"),
        ["other digest"] = static (p, c) => SetDigest(c, p.Pick("sha224", "sha384", "sha512")),
        ["rare digest"] = static (p, c) => { if (Signer(c).IsRsa) { SetDigest(c, p.Pick("ripemd160", "sha3-256")); } },
        ["pss"] = static (p, c) => { if (Signer(c).Kind == "rsa2048") { c.SaltLength = p.Pick(0, 20, 32, 64, 222); c.Digest = p.Pick("sha256", "sha384", "sha512", "sha1"); } },
        ["small key"] = static (p, c) => SetKey(p, c, "rsa512", "rsa768", "rsa912", "rsa920", "rsa1024"),
        ["curve"] = static (p, c) => SetKey(p, c, "secp192r1", "secp224r1", "secp256k1", "brainpoolP256r1", "brainpoolP384t1", "secp160r1", "secp128r1", "sect283k1", "P-521"),
        ["edwards"] = static (p, c) => SetKey(p, c, "ed25519", "ed448"),
        ["rsapss key"] = static (p, c) => SetKey(p, c, "rsapss2048"),
        ["dsa key"] = static (p, c) => SetKey(p, c, "dsa"),
        ["explicit curve"] = static (p, c) => SetKey(p, c, "explicit"),
        ["unknown key"] = static (p, c) => { if (c != p.Leaf) { c.PublicKeyInfo = Der.Sequence(Der.Sequence(Der.Oid(Unknown)), Der.BitString(p.Bytes(32))); } },
        ["broken key"] = static (p, c) => { if (c != p.Leaf) { c.PublicKeyInfo = [.. c.Key.PublicKeyInfo[..^9], .. p.Bytes(9)]; } },
        ["broken signature"] = static (p, c) => c.ChangeSignature = s => { var changed = s.ToArray(); changed[p.Random.Next(changed.Length)] ^= (byte)(1 << p.Random.Next(8)); return changed; },
        ["zero signature"] = static (_, c) => c.ChangeSignature = static s => new byte[s.Length],
        ["short signature"] = static (p, c) => c.ChangeSignature = s => s[..p.Random.Next(s.Length)],
        ["wrong signer"] = static (p, c) => c.SignedWith = TestKey.Get(Signer(c).Kind, 7),
        ["signer of another kind"] = static (p, c) => c.SignedWith = TestKey.Get(Signer(c).IsRsa ? "P-256" : "rsa2048", 7),
        ["algorithms differ"] = static (p, c) => { if (p.Chance(50)) { c.InnerAlgorithm = Signer(c).Algorithm("sha384"); } else { c.OuterAlgorithm = Signer(c).Algorithm("sha512"); } },
        ["unknown algorithm"] = static (p, c) => c.InnerAlgorithm = c.OuterAlgorithm = Der.Sequence(Der.Oid(Unknown)),
        ["algorithm without parameters"] = static (p, c) => { if (Signer(c).IsRsa) { c.InnerAlgorithm = c.OuterAlgorithm = Der.Sequence(Der.Oid("1.2.840.113549.1.1.11")); } },
        ["version"] = static (p, c) => c.Version = p.Pick<long?>(null, 0, 1, 3, 4, -1, 1000),
        ["version 1"] = static (_, c) => { c.Version = null; c.Extensions.Clear(); },
        ["serial"] = static (p, c) => c.Serial = p.Pick<byte[]>([0], [0xFF], [0x80], [.. p.Bytes(30)]),
        ["empty subject"] = static (_, c) => c.Subject = new NamePlan(),
        ["issuer name"] = static (p, c) => c.IssuerName = Vary(p, (c.Issuer ?? c).Subject),
        ["other issuer name"] = static (p, c) => c.IssuerName = NamePlan.Of("Somebody Else"),
        ["authority key id"] = static (p, c) => c.Set(OddAuthorityKey(p, c)),
        ["subject key id"] = static (p, c) => c.Set(ExtensionPlan.SubjectKeyIdentifier(p.Bytes(p.Pick(20, 0, 4)))),
        ["no key ids"] = static (_, c) => { c.Remove(ExtensionPlan.SubjectKeyIdentifierOid); c.Remove(ExtensionPlan.AuthorityKeyIdentifierOid); },
        ["resources"] = Resources.Apply,
        ["resources and parents"] = static (p, c) => { foreach (var each in p.All) { Resources.Apply(p, each); } },
    };

    public static IReadOnlyList<string> Names { get; } = [.. Faults.Keys];

    public static void Apply(ChainPlan plan, CertificatePlan certificate, string fault)
    {
        Faults[fault](plan, certificate);
        if (fault != "none")
        {
            plan.Note($"{certificate.Label} {fault}");
        }
    }

    private static TestKey Signer(CertificatePlan c) => c.SignedWith ?? (c.Issuer ?? c).Key;

    private static void SetDigest(CertificatePlan c, string digest)
    {
        var kind = Signer(c).Kind;
        if (kind is "P-256" or "P-384" or "P-521" or "rsa2048" && (digest != "md5" || kind == "rsa2048"))
        {
            c.Digest = digest;
        }
    }

    private static void SetKey(ChainPlan plan, CertificatePlan c, params string[] kinds)
    {
        // The server can sign its handshake only with a key of a common kind.
        if (c == plan.Leaf)
        {
            kinds = [.. kinds.Where(k => k is "rsa1024" or "P-521")];
        }

        if (kinds.Length == 0)
        {
            return;
        }

        c.Key = TestKey.Get(kinds[plan.Random.Next(kinds.Length)], plan.Random.Next(2));
        foreach (var child in plan.All.Where(x => (x.Issuer ?? x) == c))
        {
            child.Remove(ExtensionPlan.AuthorityKeyIdentifierOid);
            child.Digest = c.Key.Kind is "rsa512" ? "sha1" : "sha256";
            child.SaltLength = null;
        }

        c.Remove(ExtensionPlan.SubjectKeyIdentifierOid);
    }

    private static (int Tag, string Text) OddTime(ChainPlan p, int days)
    {
        var time = p.Now.AddDays(days).UtcDateTime;
        var utc = time.ToString("yyMMddHHmm", System.Globalization.CultureInfo.InvariantCulture);
        var generalized = time.ToString("yyyyMMddHHmm", System.Globalization.CultureInfo.InvariantCulture);
        return p.Pick<(int, string)>(
            (0x17, utc + "Z"), (0x17, utc + "00+0000"), (0x17, utc + "00"), (0x17, utc + "60Z"), (0x17, utc[..2] + "1301000000Z"), (0x17, utc[..2] + "0230000000Z"),
            (0x18, generalized + "00.5Z"), (0x18, generalized + "Z"), (0x18, generalized + "00-0100"), (0x17, string.Empty), (0x18, "x"), (0x17, utc + "00z"), (0x18, generalized + "00Z "));
    }

    private static void Garble(ChainPlan plan, CertificatePlan certificate) => Replace(plan, certificate, v => plan.Random.Next(5) switch
    {
        0 => [],
        1 => v[..^1],
        2 => [0x05, 0x00],
        3 => plan.Bytes(Math.Max(1, v.Length)),
        _ => [.. v[..^1], (byte)(v[^1] ^ 0x55)],
    });

    private static void Replace(ChainPlan plan, CertificatePlan certificate, Func<byte[], byte[]> change)
    {
        if (certificate.Extensions.Count > 0)
        {
            var index = plan.Random.Next(certificate.Extensions.Count);
            certificate.Extensions[index] = certificate.Extensions[index] with { Value = change(certificate.Extensions[index].Value) };
        }
    }

    private static NamePlan Vary(ChainPlan plan, NamePlan name)
    {
        var varied = name.Copy();
        if (varied.Rdns.Count == 0)
        {
            return varied;
        }

        var rdn = varied.Rdns[plan.Random.Next(varied.Rdns.Count)];
        var (oid, tag, text) = rdn[0];
        switch (plan.Random.Next(8))
        {
            case 0: rdn[0] = (oid, tag, text.ToUpperInvariant()); break;
            case 1: rdn[0] = (oid, tag, $"  {text.Replace(" ", " \t ")} "); break;
            case 2: rdn[0] = (oid, plan.Pick(0x13, 0x16, 0x14, 0x1E, 0x1C), text); break;
            case 3: rdn[0] = (oid, tag, text + "."); break;
            case 4: varied.Rdns.Reverse(); break;
            case 5: varied.Rdns[0].AddRange(varied.Rdns.Skip(1).SelectMany(r => r)); varied.Rdns.RemoveRange(1, varied.Rdns.Count - 1); break;
            case 6: rdn[0] = (oid, 0x12, text); break;
            default: varied.Rdns.Insert(0, []); break;
        }

        return varied;
    }

    private static ExtensionPlan OddAuthorityKey(ChainPlan p, CertificatePlan c)
    {
        var issuer = c.Issuer ?? c;
        var above = Der.DirectoryName((issuer.Issuer ?? issuer).Subject.Encode());
        return p.Random.Next(8) switch
        {
            0 => ExtensionPlan.AuthorityKeyIdentifier(p.Bytes(20)),
            1 => ExtensionPlan.AuthorityKeyIdentifier(issuer.Key.Identifier, above, [.. issuer.Serial, 1]),
            2 => ExtensionPlan.AuthorityKeyIdentifier(null, Der.DirectoryName(NamePlan.Of("Nobody").Encode()), issuer.Serial),
            3 => ExtensionPlan.AuthorityKeyIdentifier(null, [.. Der.DnsName("a"), .. above], null),
            4 => ExtensionPlan.AuthorityKeyIdentifier(null, [.. above, .. Der.DirectoryName(NamePlan.Of("Nobody").Encode())], null),
            5 => ExtensionPlan.AuthorityKeyIdentifier(null, null, issuer.Serial),
            6 => ExtensionPlan.AuthorityKeyIdentifier([], null, null),
            _ => ExtensionPlan.AuthorityKeyIdentifier(null),
        };
    }
}
