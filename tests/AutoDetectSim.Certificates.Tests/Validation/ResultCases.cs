using AutoDetectSim.Certificates.Tests.Validation.Generation;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Tests.Validation;

/// <summary>For every result a chain that gives it. What is no verdict of its own, because a later error always takes its place, stands in the trail.</summary>
internal static class ResultCases
{
    private static readonly byte[] Ecdsa = Der.Sequence(Der.Oid("1.2.840.10045.4.3.2"));

    private static readonly Dictionary<ValidationCode, Action<ChainPlan>> Cases = new()
    {
        [ValidationCode.Ok] = static _ => { },
        [ValidationCode.Unspecified] = static p =>
        {
            // More names and constraints than OpenSSL compares.
            p.Leaf.Set(ExtensionPlan.SubjectAltName(Enumerable.Repeat(Der.DnsName("a"), 9000).Append(Der.DnsName(p.Host))));
            p.Intermediates[0].Set(ExtensionPlan.NameConstraints([], [.. Enumerable.Repeat(Der.DnsName("b.c"), 130)]));
        },
        [ValidationCode.UnableToGetIssuerCert] = static p => { p.Trusted.Clear(); p.Trusted.Add(p.Intermediates[0]); },
        [ValidationCode.CertSignatureFailure] = static p => p.Leaf.ChangeSignature = static s => new byte[s.Length],
        [ValidationCode.CertNotYetValid] = static p => p.Leaf.NotBefore = CertificatePlan.Utc(p.Now.AddDays(2)),
        [ValidationCode.CertHasExpired] = static p => p.Leaf.NotAfter = CertificatePlan.Utc(p.Now.AddDays(-2)),
        [ValidationCode.ErrorInCertNotBeforeField] = static p => p.Leaf.NotBefore = (0x17, "2001010000Z"),
        [ValidationCode.ErrorInCertNotAfterField] = static p => p.Leaf.NotAfter = (0x17, "4501010000Z"),
        [ValidationCode.DepthZeroSelfSignedCert] = static p => { p.Leaf.Issuer = null; p.Leaf.Remove(ExtensionPlan.AuthorityKeyIdentifierOid); },
        [ValidationCode.SelfSignedCertInChain] = static p => { p.Trusted.Clear(); p.Sent.Add(p.Root); },
        [ValidationCode.UnableToGetIssuerCertLocally] = static p => p.Trusted.Clear(),
        [ValidationCode.UnableToVerifyLeafSignature] = static p => p.Sent.RemoveRange(1, p.Sent.Count - 1),
        [ValidationCode.CertChainTooLong] = static p => AddIntermediates(p, 102),
        [ValidationCode.PathLengthExceeded] = static p => p.Root.Set(ExtensionPlan.BasicConstraints(true, 0)),
        [ValidationCode.InvalidPurpose] = static p => p.Leaf.Set(ExtensionPlan.ExtendedKeyUsage("1.3.6.1.5.5.7.3.2")),
        [ValidationCode.CertRejected] = static p => p.TrustSettings[p.Root] = Der.Sequence(Der.Tlv(0xA0, Der.Oid("1.3.6.1.5.5.7.3.1"))),
        [ValidationCode.KeyUsageNoCertSign] = static p => p.Intermediates[0].Set(ExtensionPlan.KeyUsage(6)),
        [ValidationCode.UnhandledCriticalExtension] = static p => p.Leaf.Set(new("1.2.3.4", [5, 0], true)),
        [ValidationCode.InvalidNonCa] = static p => AsProxy(p, null),
        [ValidationCode.ProxyCertificatesNotAllowed] = static p => AsProxy(p, null),
        [ValidationCode.ProxyPathLengthExceeded] = static p => { AsProxy(p, null); AsProxy(p, 0, p.Intermediates[0]); },
        [ValidationCode.KeyUsageNoDigitalSignature] = static p => AsProxy(p, null),
        [ValidationCode.ProxySubjectNameViolation] = static p => AsProxy(p, null),
        [ValidationCode.InvalidExtension] = static p =>
        {
            foreach (var certificate in p.All)
            {
                certificate.Set(certificate == p.Leaf ? Numbers(Der.Integer(5), Der.Integer(4)) : Numbers(Der.Sequence(Der.Integer(1), Der.Integer(9))));
            }
        },
        [ValidationCode.UnnestedResource] = static p => p.Leaf.Set(Numbers(Der.Integer(5))),
        [ValidationCode.PermittedViolation] = static p => p.Root.Set(ExtensionPlan.NameConstraints([Der.DnsName("elsewhere.test")], [])),
        [ValidationCode.ExcludedViolation] = static p => p.Root.Set(ExtensionPlan.NameConstraints([], [Der.DnsName("example")])),
        [ValidationCode.SubtreeMinMax] = static p => p.Root.Set(ExtensionPlan.NameConstraints([[.. Der.DnsName("example"), .. Der.Tlv(0x80, [1])]], [])),
        [ValidationCode.UnsupportedConstraintType] = static p =>
        {
            p.Leaf.Set(ExtensionPlan.SubjectAltName(Der.DnsName(p.Host), Der.RegisteredId("1.2.3")));
            p.Root.Set(ExtensionPlan.NameConstraints([Der.RegisteredId("1.2.3")], []));
        },
        [ValidationCode.UnsupportedNameSyntax] = static p =>
        {
            p.Leaf.Set(ExtensionPlan.SubjectAltName(Der.DnsName(p.Host), Der.Uri("urn:x")));
            p.Root.Set(ExtensionPlan.NameConstraints([Der.Uri("example")], []));
        },
        [ValidationCode.EeKeyTooSmall] = static p => SetKey(p, p.Leaf, "rsa768"),
        [ValidationCode.CaKeyTooSmall] = static p => SetKey(p, p.Intermediates[0], "rsa768"),
        [ValidationCode.CaMdTooWeak] = static p => p.Leaf.Digest = "sha1",
        [ValidationCode.InvalidCa] = static p => { p.Intermediates[0].Remove(ExtensionPlan.BasicConstraintsOid); },
        [ValidationCode.EcKeyExplicitParams] = static p => SetKey(p, p.Intermediates[0], "explicit"),
        [ValidationCode.AltNameInvalid] = static p => p.Host = "other.example",
        [ValidationCode.SslExcessiveMessageSize] = static p => Damage(p, static c => [.. c, .. new byte[102_400]]),
        [ValidationCode.SslLengthMismatch] = static p => p.Sent.Clear(),
        [ValidationCode.SslCertLengthMismatch] = static p => Damage(p, static c => [.. c, 0]),
        [ValidationCode.SslDecodeError] = static p => p.Leaf.PublicKeyInfo = Der.Sequence(Der.Sequence(Der.Oid("1.2.3.4")), Der.BitString([1, 2, 3])),
        [ValidationCode.SslUnknownCertificateType] = static p => p.Leaf.PublicKeyInfo = Der.Sequence(Der.Sequence(Der.Oid("1.3.101.110")), Der.BitString(new byte[32])),
        [ValidationCode.SslBooleanIsWrongLength] = static p => WithAlgorithm(p, Der.Tlv(0x01, [1, 2])),
        [ValidationCode.SslExplicitLengthMismatch] = static p => WithVersion(p, Der.Tlv(0xA0, Der.Integer(2), Der.Null())),
        [ValidationCode.SslExplicitTagNotConstructed] = static p => WithVersion(p, Der.Tlv(0x80, Der.Integer(2))),
        [ValidationCode.SslFieldMissing] = static p => Damage(p, static _ => Der.Sequence()),
        [ValidationCode.SslHeaderTooLong] = static p => Damage(p, static _ => [0x30]),
        [ValidationCode.SslIllegalCharacters] = static p => WithName(p, 0x1E, [0xD8, 0x00]),
        [ValidationCode.SslInvalidUtf8String] = static p => WithName(p, 0x0C, [0xC0, 0x80]),
        [ValidationCode.SslMissingEoc] = static p => Damage(p, static c => [0x30, 0x80, .. Content(c)]),
        [ValidationCode.SslMstringNotUniversal] = static p => WithName(p, 0x8C, [0x41]),
        [ValidationCode.SslMstringWrongTag] = static p => WithName(p, 0x1A, [0x41]),
        [ValidationCode.SslNullIsWrongLength] = static p => WithAlgorithm(p, Der.Tlv(0x05, [1])),
        [ValidationCode.SslSequenceLengthMismatch] = static p => Damage(p, static c => Der.Sequence(Content(c), Der.Null())),
        [ValidationCode.SslSequenceNotConstructed] = static p => Damage(p, static c => [0x10, .. c[1..]]),
        [ValidationCode.SslStringTooShort] = static p => Damage(p, static c => Der.Sequence(First(c), Ecdsa, Der.Tlv(0x03))),
        [ValidationCode.SslTooLong] = static p => Damage(p, static c => c[..^1]),
        [ValidationCode.SslTypeNotConstructed] = static p => WithAlgorithm(p, Der.Tlv(0x10, [1])),
        [ValidationCode.SslTooSmall] = static p => WithVersion(p, Der.Tlv(0xA0)),
        [ValidationCode.SslUnexpectedEoc] = static p => Damage(p, static _ => Der.Sequence([0, 0])),
        [ValidationCode.SslWrongTag] = static p => Damage(p, static c => [0x31, .. c[1..]]),
        [ValidationCode.SslTypeNotPrimitive] = static p => WithAlgorithm(p, Der.Tlv(0x21, Der.Boolean(1))),
        [ValidationCode.SslNestedAsn1String] = static p => WithName(p, 0x2C, Nest(6)),
        [ValidationCode.SslNestedAsn1Error] = static p => p.Intermediates[0].PublicKeyInfo = Der.Sequence(Der.Sequence(Der.Tlv(0x06, [.. Enumerable.Repeat((byte)0x2A, 590)])), Der.BitString([0, 1])),
        [ValidationCode.SslUtcTimeIsTooShort] = static p => p.Leaf.NotBefore = (0x17, "2001010000Z"),
        [ValidationCode.SslGeneralizedTimeIsTooShort] = static p => p.Leaf.NotAfter = (0x18, "20450101000Z"),
        [ValidationCode.SslBmpStringIsWrongLength] = static p => WithName(p, 0x1E, [0x41]),
        [ValidationCode.SslUniversalStringIsWrongLength] = static p => WithName(p, 0x1C, [0x41]),
        [ValidationCode.SslInvalidObjectEncoding] = static p => WithAlgorithm(p, Der.Tlv(0x06, [0x80])),
        [ValidationCode.SslInvalidBitStringBitsLeft] = static p => Damage(p, static c => Der.Sequence(First(c), Ecdsa, Der.Tlv(0x03, [8, 1]))),
        [ValidationCode.SslIllegalPadding] = static p => p.Intermediates[0].Serial = [0, 0, 1],
        [ValidationCode.SslIllegalZeroContent] = static p => p.Intermediates[0].Serial = [],
    };

    public static IEnumerable<ValidationCode> Codes => Cases.Keys;

    /// <summary>The errors that a later phase always overrides.</summary>
    public static bool IsOnlyInTrail(ValidationCode code) => code is ValidationCode.CertChainTooLong or ValidationCode.CertRejected
        or ValidationCode.InvalidNonCa or ValidationCode.ProxyCertificatesNotAllowed or ValidationCode.ProxyPathLengthExceeded or ValidationCode.KeyUsageNoDigitalSignature;

    public static GeneratedCase Make(ValidationCode code, DateTimeOffset now)
    {
        var plan = new ChainPlan(new Random(1), now, 2);
        foreach (var certificate in plan.All)
        {
            certificate.Key = TestKey.Get("P-256", certificate == plan.Root ? 0 : certificate == plan.Leaf ? 1 : 2 + plan.Intermediates.IndexOf(certificate));
            certificate.Remove(ExtensionPlan.SubjectKeyIdentifierOid);
            certificate.Remove(ExtensionPlan.AuthorityKeyIdentifierOid);
        }

        Cases[code](plan);
        return plan.Build(code.ToString());
    }

    private static void SetKey(ChainPlan plan, CertificatePlan certificate, string kind)
    {
        _ = plan;
        certificate.Key = TestKey.Get(kind, 0);
    }

    private static void AddIntermediates(ChainPlan plan, int count)
    {
        plan.Sent.RemoveRange(1, plan.Sent.Count - 1);
        var above = plan.Root;
        for (var i = 0; i < count; i++)
        {
            above = plan.Add($"ca {i}", TestKey.Get("P-256", 2), NamePlan.Of($"CA {i}"), above);
            above.Set(ExtensionPlan.BasicConstraints(true));
            plan.Sent.Insert(1, above);
        }

        plan.Leaf.Issuer = above;
    }

    private static void AsProxy(ChainPlan plan, long? pathLength, CertificatePlan? certificate = null)
    {
        certificate ??= plan.Leaf;
        certificate.Remove(ExtensionPlan.SubjectAltNameOid);
        certificate.Remove(ExtensionPlan.BasicConstraintsOid);
        certificate.Set(ExtensionPlan.Proxy(pathLength));
    }

    private static ExtensionPlan Numbers(params byte[][] numbers) => new("1.3.6.1.5.5.7.1.8", Der.Sequence(Der.Explicit(0, Der.Sequence(numbers))));

    /// <summary>Damages a certificate that the path needs, though it would not matter if it did not.</summary>
    private static void Damage(ChainPlan plan, Func<byte[], byte[]> change) => plan.Intermediates[0].ChangeEncoding = change;

    private static void WithVersion(ChainPlan plan, byte[] version) => Damage(plan, _ => Der.Sequence(Der.Sequence(version)));

    private static void WithAlgorithm(ChainPlan plan, byte[] parameters) => Damage(plan, c => Der.Sequence(First(c), Der.Sequence(Der.Oid("1.2.3"), parameters)));

    private static void WithName(ChainPlan plan, int tag, byte[] value) => Damage(plan, _ => Der.Sequence(Der.Sequence(
        Der.Integer(1), Ecdsa, Der.Sequence(Der.Set(Der.Sequence(Der.Oid("2.5.4.3"), Der.Tlv(tag, value)))))));

    private static byte[] Nest(int levels) => levels == 0 ? Der.Text(0x0C, "a") : Der.Tlv(0x2C, Nest(levels - 1));

    /// <summary>The content of a SEQUENCE with a two-byte length.</summary>
    private static byte[] Content(byte[] certificate) => certificate[4..];

    /// <summary>The signed part of a certificate.</summary>
    private static byte[] First(byte[] certificate) => certificate[4..(8 + ((certificate[6] << 8) | certificate[7]))];
}
