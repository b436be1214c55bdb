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
    public void a_shape_is_relative_to_the_hierarchy_of_its_certificate(ChainShape shape, string names)
    {
        using var pki = Pki.Create(Pki.Definition(intermediates: 2));

        Assert.Equal(names.Split(' ').Select(name => name.Replace('_', ' ')), pki.Present(shape).NamesOf());
    }
}
