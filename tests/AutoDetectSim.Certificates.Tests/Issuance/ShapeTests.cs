using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.Certificates.Tests.Issuance;

public sealed class ShapeTests
{
    [Theory]
    [InlineData(ChainShape.Complete, "mail ca2 ca1")]
    [InlineData(ChainShape.MissingIntermediate, "mail")]
    [InlineData(ChainShape.WrongOrder, "mail root ca1 ca2")]
    [InlineData(ChainShape.ContainsAnchor, "mail ca2 ca1 root")]
    [InlineData(ChainShape.ExtraCertificates, "mail ca2 ca1 (unrelated_issuing)")]
    [InlineData(ChainShape.Duplicates, "mail ca2 ca2 ca1 ca1")]
    [InlineData(ChainShape.WrongIntermediate, "mail ca2_(other_key) ca1")]
    [InlineData(ChainShape.UnrelatedIntermediate, "mail (unrelated_issuing)")]
    [InlineData(ChainShape.ExpiredIntermediate, "mail ca2_(expired) ca1")]
    [InlineData(ChainShape.ExpiredLeaf, "mail_(expired) ca2 ca1")]
    [InlineData(ChainShape.NotYetValidLeaf, "mail_(not_yet_valid) ca2 ca1")]
    [InlineData(ChainShape.NameMismatch, "mail_(other_host) ca2 ca1")]
    [InlineData(ChainShape.SelfSigned, "mail_(self-signed)")]
    [InlineData(ChainShape.UntrustedRoot, "mail_(untrusted) ca2_(untrusted) ca1_(untrusted)")]
    [InlineData(ChainShape.UntrustedRootIncluded, "mail_(untrusted) ca2_(untrusted) ca1_(untrusted) root_(untrusted)")]
    [InlineData(ChainShape.ClientAuthOnly, "mail_(client_only) ca2 ca1")]
    public void A_shape_is_relative_to_the_hierarchy_of_its_certificate(ChainShape shape, string names)
    {
        using var pki = Pki.Create(Pki.Definition(intermediates: 2));

        Assert.Equal(names.Split(' ').Select(name => name.Replace('_', ' ')), pki.Present(shape).NamesOf());
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData(KeyAlgorithm.P256, 0)]
    [InlineData(KeyAlgorithm.P256, 1)]
    [InlineData(KeyAlgorithm.P256, 2)]
    [InlineData(KeyAlgorithm.P384, 1)]
    [InlineData(KeyAlgorithm.Rsa2048, 1)]
    [InlineData(KeyAlgorithm.Rsa2048, 2)]
    public async Task Every_shape_gets_the_code_that_it_announces_from_a_real_Node_client(KeyAlgorithm key, int intermediates)
    {
        var definition = Pki.Definition(intermediates, key);
        using var pki = Pki.Create(definition);
        var validator = new LabPkiDefinitionValidator(definition, pki.Start);
        var shapes = Enum.GetValues<ChainShape>()
            .Where(shape => !validator.Check(new PresentedChainRecipe { Certificate = "mail", Shape = shape }).Any()).ToList();

        var codes = await NodeHandshakes.Run([.. shapes.Select(shape => NodeHandshakes.Of(pki, pki.Present(shape)))]);

        Assert.Equal(intermediates == 0 ? 10 : 16, shapes.Count);
        Assert.Equal(
            shapes.Select(shape => $"{ChainShapes.NameOf(shape)}: {ChainShapes.ExpectedNodeCode(shape, intermediates)}"),
            shapes.Zip(codes, (shape, code) => $"{ChainShapes.NameOf(shape)}: {code}"));
    }

    [Theory]
    [InlineData(ChainShape.MissingIntermediate, "it has no intermediate that could be missing")]
    [InlineData(ChainShape.WrongOrder, "it has no intermediate that could be out of order")]
    [InlineData(ChainShape.Duplicates, "it has no intermediate that could be sent twice")]
    [InlineData(ChainShape.WrongIntermediate, "it has no intermediate that could be replaced")]
    [InlineData(ChainShape.UnrelatedIntermediate, "it has no intermediate that could be replaced")]
    [InlineData(ChainShape.ExpiredIntermediate, "it has no intermediate that could have expired")]
    public void A_shape_that_a_certificate_right_below_its_root_cannot_have_is_explained(ChainShape shape, string reason)
    {
        using var pki = Pki.Create(Pki.Definition(intermediates: 0));

        var error = Assert.Throws<LabPkiException>(() => pki.Present(shape));

        Assert.Equal($"'mail' cannot be presented as {ChainShapes.NameOf(shape)}: {reason}", Assert.Single(error.Problems));
    }

    [Theory]
    [InlineData(ChainShape.ContainsAnchor)]
    [InlineData(ChainShape.UntrustedRoot)]
    [InlineData(ChainShape.UntrustedRootIncluded)]
    [InlineData(ChainShape.MissingIntermediate)]
    public void A_self_signed_certificate_has_no_shape_that_needs_a_hierarchy(ChainShape shape)
    {
        using var pki = Pki.Create(new LabPkiDefinition { Certificates = [new() { Name = "mail", Hosts = [Pki.Host] }] });

        Assert.Throws<LabPkiException>(() => pki.Present(shape));
        Assert.Equal(["mail"], pki.Present(ChainShape.SelfSigned).NamesOf());
    }

    [Fact]
    public void Every_shape_has_one_name_and_its_name_finds_it()
    {
        Assert.Equal(Enum.GetValues<ChainShape>().Length, ChainShapes.Names.Count);
        foreach (var shape in Enum.GetValues<ChainShape>())
        {
            Assert.True(ChainShapes.TryParse(ChainShapes.NameOf(shape), out var found));
            Assert.Equal(shape, found);
        }

        Assert.Equal("missingIntermediate", ChainShapes.NameOf(ChainShape.MissingIntermediate));
        Assert.False(ChainShapes.TryParse("missing-intermediate", out _));
    }

    [Fact]
    public void An_explicit_list_is_presented_as_written_and_may_name_variants()
    {
        using var pki = Pki.Create(Pki.Definition(intermediates: 2));

        var chain = pki.Present(new PresentedChainRecipe { Certificate = "mail", Names = ["mail", "root", "ca1 (expired)", "mail", "ca2"] });

        Assert.Equal(["mail", "root", "ca1 (expired)", "mail", "ca2"], chain.NamesOf());
        Assert.Same(chain.Certificates[0], chain.Certificates[3]);
        Assert.Same(pki.Get("mail"), chain.Leaf);
    }

    [Theory]
    [InlineData("mial", "there is no certificate 'mial'")]
    [InlineData("root", "there is no certificate 'root' (that is an authority, which cannot be a server certificate)")]
    [InlineData("mail (rotten)", "there is no certificate 'mail (rotten)'")]
    public void An_unknown_certificate_is_reported(string name, string problem)
    {
        var validator = new LabPkiDefinitionValidator(Pki.Definition(), DateTimeOffset.UnixEpoch);

        Assert.Equal([problem], validator.Check(new PresentedChainRecipe { Certificate = name }));
    }

    [Fact]
    public void Every_unknown_name_of_an_explicit_list_is_reported()
    {
        var validator = new LabPkiDefinitionValidator(Pki.Definition(), DateTimeOffset.UnixEpoch);

        Assert.Equal(
            ["there is no authority or certificate 'x'", "there is no authority or certificate 'root (y)'"],
            validator.Check(new PresentedChainRecipe { Certificate = "mail", Names = ["x", "mail", "root (y)", "x"] }));
        Assert.Equal(["the list of what to present is empty"], validator.Check(new PresentedChainRecipe { Certificate = "mail", Names = [] }));
    }
}
