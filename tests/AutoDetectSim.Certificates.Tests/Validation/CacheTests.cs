using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Tests.Issuance;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Tests.Validation;

public sealed class CacheTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact]
    public void An_intermediate_that_was_seen_before_and_is_then_withheld_is_missing()
    {
        using var pki = Pki.Create();
        var validator = new StrictPathValidator();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("OK", Validate(validator, pki, ChainShape.Complete).NodeCode);
            Assert.Equal("UNABLE_TO_VERIFY_LEAF_SIGNATURE", Validate(validator, pki, ChainShape.MissingIntermediate).NodeCode);
        }
    }

    [Fact]
    public void A_signature_that_was_good_under_one_intermediate_is_bad_under_another_of_the_same_name()
    {
        using var pki = Pki.Create();
        var validator = new StrictPathValidator();
        var complete = pki.Present(ChainShape.Complete).Certificates;
        Assert.Equal("OK", Validate(validator, pki, ChainShape.Complete).NodeCode);

        using var other = Pki.Create(Pki.Definition(seed: 2));
        var mixed = new[] { complete[0].Der, other.Present(ChainShape.Complete).Certificates[1].Der };
        var result = validator.Validate(mixed, TrustAnchors.FromDer([other.TrustAnchors[0].Der, pki.TrustAnchors[0].Der]), Pki.Host, Now);

        Assert.NotEqual("OK", result.NodeCode);
    }

    [Fact]
    public void What_is_remembered_does_not_follow_the_callers_buffer()
    {
        using var pki = Pki.Create();
        var validator = new StrictPathValidator();
        var buffers = pki.Present(ChainShape.Complete).Certificates.Select(c => c.Der.ToArray()).ToArray();
        var anchors = TrustAnchors.FromDer(pki.TrustAnchors.Select(a => a.Der));
        IReadOnlyList<ReadOnlyMemory<byte>> presented = [.. buffers.Select(b => (ReadOnlyMemory<byte>)b)];
        var before = validator.Validate(presented, anchors, Pki.Host, Now);

        buffers[0][^1] ^= 1;
        var after = validator.Validate(presented, anchors, Pki.Host, Now);
        buffers[0][^1] ^= 1;

        Assert.Equal(("OK", "CERT_SIGNATURE_FAILURE"), (before.NodeCode, after.NodeCode));
        Assert.Equal("OK", validator.Validate(presented, anchors, Pki.Host, Now).NodeCode);
        Assert.Equal("CN=mail.contoso.com", before.Path[0].Certificate.Subject);
    }

    [Fact]
    public void Many_threads_may_share_a_validator()
    {
        using var pki = Pki.Create(Pki.Definition(key: KeyAlgorithm.Rsa2048));
        var validator = new StrictPathValidator(cacheSize: 2);
        var shapes = new[] { ChainShape.Complete, ChainShape.MissingIntermediate, ChainShape.ExpiredLeaf, ChainShape.WrongOrder, ChainShape.SelfSigned };
        pki.Prepare(shapes.Select(s => new PresentedChainRecipe { Certificate = "mail", Shape = s }));

        var codes = Enumerable.Range(0, 400).AsParallel().AsOrdered().WithDegreeOfParallelism(8)
            .Select(i => Validate(validator, pki, shapes[i % shapes.Length]).NodeCode).ToList();

        Assert.All(codes.Index(), c => Assert.Equal(ChainShapes.ExpectedNodeCode(shapes[c.Index % shapes.Length]), c.Item));
    }

    private static ValidationResult Validate(StrictPathValidator validator, LabPki pki, ChainShape shape) => validator.Validate(
        [.. pki.Present(shape).Certificates.Select(c => c.Der)], TrustAnchors.FromDer(pki.TrustAnchors.Select(a => a.Der)), Pki.Host, Now);
}
