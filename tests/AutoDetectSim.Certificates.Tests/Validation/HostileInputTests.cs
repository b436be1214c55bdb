using System.Security.Cryptography;
using AutoDetectSim.Certificates.Tests.Validation.Generation;
using AutoDetectSim.Certificates.Validation;
using CsCheck;

namespace AutoDetectSim.Certificates.Tests.Validation;

public sealed class HostileInputTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact]
    public void Any_bytes_get_a_verdict()
    {
        var validator = new StrictPathValidator();
        Gen.Byte.Array[0, 200].Array[0, 6].Sample(
            presented =>
            {
                var result = validator.Validate([.. presented.Select(p => (ReadOnlyMemory<byte>)p)], TrustAnchors.None, "example.com", Now);
                return !result.Accepted && result.Code.EndsHandshake() && result.Explanation.Length > 0 && result.Path.Count == 0 && result.ChainIssues.Count == 0;
            },
            iter: Samples.Of(5_000));
    }

    [Fact]
    public void Damaged_certificates_get_a_verdict_and_a_description_and_the_same_ones_again()
    {
        var generator = new CaseGenerator(1, Now);
        var original = Enumerable.Range(0, 64).Select(generator.Make).ToArray();
        var validator = new StrictPathValidator();
        var uncached = new StrictPathValidator(cacheSize: 0);
        Gen.Select(Gen.Int[0, original.Length - 1], Gen.Int[0, 5], Gen.Select(Gen.Int[0, 2000], Gen.Byte).Array[0, 12]).Sample(
            (number, certificate, changes) =>
            {
                var @case = original[number];
                IReadOnlyList<ReadOnlyMemory<byte>> presented = [.. @case.Presented.Select((p, i) => (ReadOnlyMemory<byte>)(i == certificate ? Damage(p, changes) : p))];
                var anchors = TrustAnchors.FromPem(@case.Roots);
                var first = validator.Validate(presented, anchors, @case.Host, Now);
                var second = validator.Validate(presented, anchors, @case.Host, Now);
                var third = uncached.Validate(presented, anchors, @case.Host, Now);
                return Describe(first) == Describe(second) && Describe(first) == Describe(third);
            },
            iter: Samples.Of(300));
    }

    [Fact]
    public void Hundreds_of_small_certificates_that_could_all_be_each_others_issuer_are_judged()
    {
        var certificates = Enumerable.Range(0, 400).Select(Small).ToList();

        var result = new StrictPathValidator().Validate(certificates, TrustAnchors.None, null, Now);

        Assert.Equal("CERT_SIGNATURE_FAILURE", result.NodeCode);
        Assert.Contains(result.Trail, e => e.Code == ValidationCode.CertChainTooLong);
        Assert.Equal(ValidationLimits.MaxIntermediates + 2, result.Path.Count);
    }

    [Fact]
    public void Anchors_that_issue_one_another_in_a_circle_end()
    {
        var plan = new ChainPlan(new Random(1), Now, 2);
        plan.Root.Issuer = plan.Intermediates[0];
        plan.Root.Remove(ExtensionPlan.AuthorityKeyIdentifierOid);
        plan.Trusted.AddRange(plan.Intermediates);
        var @case = plan.Build("circle");

        var result = new StrictPathValidator().Validate([@case.Presented[0]], TrustAnchors.FromPem(@case.Roots), null, Now);

        Assert.Equal("UNABLE_TO_GET_ISSUER_CERT", result.NodeCode);
        Assert.Equal(ValidationLimits.MaxIntermediates + 2, result.Path.Count);
    }

    [Fact]
    public void Names_times_constraints_are_bounded()
    {
        var plan = new ChainPlan(new Random(1), Now, 3);
        plan.Leaf.Set(ExtensionPlan.SubjectAltName(Enumerable.Repeat(Der.DnsName("a.b.c.d"), 2_500)));
        foreach (var authority in plan.Authorities)
        {
            authority.Set(ExtensionPlan.NameConstraints([.. Enumerable.Repeat(Der.DnsName("x.b.c.d"), 400)], [Der.DnsName("y")]));
        }

        var @case = plan.Build("names");

        var result = new StrictPathValidator().Validate([.. @case.Presented.Select(p => (ReadOnlyMemory<byte>)p)], TrustAnchors.FromPem(@case.Roots), null, Now);

        Assert.Equal("UNSPECIFIED", result.NodeCode);
    }

    [Fact]
    public void Deep_nesting_costs_nothing()
    {
        // 30,000 constructed strings, one in the other, in a name: OpenSSL gives up at the sixth.
        byte[] nested = [0x0C, 0x01, 0x41];
        var prefix = Enumerable.Repeat(new byte[] { 0x2C, 0x80 }, 30_000).SelectMany(b => b);
        byte[] value = [.. prefix, .. nested, .. new byte[20_000]];
        var name = Der.Sequence(Der.Set(Der.Sequence(Der.Oid("2.5.4.3"), value)));
        var certificate = Der.Sequence(Der.Sequence(Der.Integer(1), Der.Sequence(Der.Oid("1.2.840.10045.4.3.2")), name));

        var result = new StrictPathValidator().Validate([certificate], TrustAnchors.None, null, Now);

        Assert.Equal("ERR_SSL_NESTED_ASN1_STRING", result.NodeCode);
    }

    [Fact]
    public void A_message_is_too_large_before_anything_is_decoded()
    {
        var result = new StrictPathValidator().Validate([.. Enumerable.Repeat((ReadOnlyMemory<byte>)new byte[1000], 110)], TrustAnchors.None, null, Now);

        Assert.Equal(("ERR_SSL_EXCESSIVE_MESSAGE_SIZE", 0), (result.NodeCode, result.Presented.Count));
    }

    private static string Describe(ValidationResult result) =>
        $"{result.NodeCode}@{result.Depth} {string.Join(' ', result.Trail)} {result.Explanation} {string.Join(' ', result.ChainIssues)} {string.Join(' ', result.Path.Select(p => p.Certificate.Subject))} {result.MissingIssuer}";

    private static byte[] Damage(byte[] certificate, (int At, byte Value)[] changes)
    {
        var damaged = certificate.ToArray();
        foreach (var (at, value) in changes)
        {
            damaged[at % damaged.Length] = value;
        }

        return damaged;
    }

    private static ReadOnlyMemory<byte> Small(int number)
    {
        var name = NamePlan.Of("a").Encode();
        var algorithm = Der.Sequence(Der.Oid("1.2.840.10045.4.3.2"));
        var validity = Der.Sequence(Der.Text(0x17, "200101000000Z"), Der.Text(0x17, "490101000000Z"));

        // The serial number of an issuer that is never the certificate itself: nothing is self-signed, and everything but itself fits.
        var identifier = ExtensionPlan.AuthorityKeyIdentifier(null, null, Serial(number + 1));
        return Der.Sequence(
            Der.Sequence(
                Der.Explicit(0, Der.Integer(2)), Der.Tlv(0x02, Serial(number)), algorithm, name, validity, name, TestKey.Get("P-256", 0).PublicKeyInfo,
                Der.Explicit(3, Der.Sequence(identifier.Encode()))),
            algorithm,
            Der.BitString(SHA256.HashData(Serial(number))));
    }

    private static byte[] Serial(int number) => [1, (byte)(number >> 8), (byte)number];
}
