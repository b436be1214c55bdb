using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Tests.Issuance;
using AutoDetectSim.Certificates.Tests.Validation.Generation;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Tests.Validation;

public sealed class ExplanationTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Theory]
    [InlineData(ChainShape.Complete)]
    [InlineData(ChainShape.MissingIntermediate, ChainIssue.Incomplete)]
    [InlineData(ChainShape.WrongOrder, ChainIssue.IncorrectOrder, ChainIssue.ContainsAnchor)]
    [InlineData(ChainShape.ContainsAnchor, ChainIssue.ContainsAnchor)]
    [InlineData(ChainShape.ExtraCertificates, ChainIssue.ExtraCerts)]
    [InlineData(ChainShape.Duplicates, ChainIssue.ExtraCerts)]
    [InlineData(ChainShape.UnrelatedIntermediate, ChainIssue.Incomplete, ChainIssue.ExtraCerts)]
    [InlineData(ChainShape.UntrustedRoot, ChainIssue.Incomplete)]
    [InlineData(ChainShape.UntrustedRootIncluded, ChainIssue.ContainsAnchor)]
    [InlineData(ChainShape.SelfSigned)]
    [InlineData(ChainShape.ExpiredIntermediate)]
    public void A_presented_list_gets_the_words_of_SSL_Labs(ChainShape shape, params ChainIssue[] issues)
    {
        using var pki = Pki.Create(Pki.Definition(intermediates: 2));

        Assert.Equal(issues, Validate(pki, shape).ChainIssues);
    }

    [Fact]
    public void An_error_that_OpenSSL_reports_beyond_the_top_of_the_path_is_explained_at_the_top()
    {
        // A root that inherits the numbers of its networks, from nothing (RFC 3779 3.2.3).
        var plan = new ChainPlan(new Random(1), Now, 1);
        foreach (var certificate in plan.All)
        {
            certificate.Set(new ExtensionPlan("1.3.6.1.5.5.7.1.8", Der.Sequence(Der.Explicit(0, Der.Tlv(0x05, [])))));
        }

        var @case = plan.Build("inherits");
        var result = new StrictPathValidator().Validate([.. @case.Presented.Select(presented => (ReadOnlyMemory<byte>)presented)], TrustAnchors.FromPem(@case.Roots), @case.Host, Now);

        Assert.Equal((ValidationCode.UnnestedResource, result.Path.Count), (result.Code, result.Depth));
        Assert.Contains(result.Path[^1].Certificate.Subject.ToString(), result.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_intermediate_is_named_with_its_key_identifier_and_its_download()
    {
        var definition = Pki.Definition();
        using var pki = Pki.Create(definition with
        {
            Authorities = [definition.Authorities[0], definition.Authorities[1] with { AiaUrl = "http://aia.contoso.com/ca1.crt" }],
        });

        var result = Validate(pki, ChainShape.MissingIntermediate);

        Assert.Equal(ValidationCode.UnableToVerifyLeafSignature, result.Code);
        Assert.Equal((0, "CN=Contoso Lab CA 1,O=AutoDetectSim", "http://aia.contoso.com/ca1.crt"), (result.MissingIssuer!.Depth, result.MissingIssuer.IssuerName, result.MissingIssuer.CaIssuersUrl));
        var missing = TrustAnchors.FromDer([pki.Get("ca1").Der]).Certificates[0];
        Assert.Equal(missing.SubjectKeyIdentifier, result.MissingIssuer.AuthorityKeyIdentifier);
        Assert.Contains("without the intermediate that issued it", result.Explanation);
        Assert.Contains(missing.SubjectKeyIdentifier!, result.Explanation);
        Assert.Contains("Node.js does not", result.Explanation);
    }

    [Fact]
    public void The_path_says_where_each_certificate_came_from()
    {
        using var pki = Pki.Create(Pki.Definition(intermediates: 2));

        var path = Validate(pki, ChainShape.WrongOrder).Path;

        Assert.Equal(
            [(CertificateOrigin.Presented, 0, "CN=mail.contoso.com"), (CertificateOrigin.Presented, 3, "CN=Contoso Lab CA 2,O=AutoDetectSim"), (CertificateOrigin.Presented, 2, "CN=Contoso Lab CA 1,O=AutoDetectSim"), (CertificateOrigin.Anchor, 0, "CN=Contoso Lab Root CA,O=AutoDetectSim")],
            path.Select(p => (p.Origin, p.Index, p.Certificate.Subject)));
        Assert.Equal([0, 1, 2, 3], path.Select(p => p.Depth));
    }

    [Fact]
    public void Errors_that_Node_hides_behind_the_last_one_are_told()
    {
        using var pki = Pki.Create();
        var chain = pki.Present(ChainShape.ExpiredLeaf).Certificates;

        var result = new StrictPathValidator().Validate([chain[0].Der], TrustAnchors.None, Pki.Host, Now);

        Assert.Equal("CERT_HAS_EXPIRED", result.NodeCode);
        Assert.Equal(["UNABLE_TO_GET_ISSUER_CERT_LOCALLY@0", "UNABLE_TO_VERIFY_LEAF_SIGNATURE@0", "CERT_HAS_EXPIRED@0"], result.Trail.Select(e => e.ToString()));
        Assert.Contains("Node.js reports only the last error; it also found: UNABLE_TO_GET_ISSUER_CERT_LOCALLY@0, UNABLE_TO_VERIFY_LEAF_SIGNATURE@0.", result.Explanation);
        Assert.Contains("The missing certificate has the subject", result.Explanation);
    }

    [Fact]
    public void Every_result_has_words_of_its_own()
    {
        foreach (var code in ResultCases.Codes)
        {
            var @case = ResultCases.Make(code, Now);
            var result = new StrictPathValidator().Validate([.. @case.Presented.Select(p => (ReadOnlyMemory<byte>)p)], TrustAnchors.FromPem(@case.Roots), @case.Host, Now);
            Assert.EndsWith(".", result.Explanation, StringComparison.Ordinal);
            Assert.True(result.Accepted || result.Explanation.Length > 60, $"{code}: {result.Explanation}");
        }
    }

    [Fact]
    public void A_result_that_is_only_a_code_explains_the_code()
    {
        var result = new ValidationResult { NodeCode = "UNABLE_TO_VERIFY_LEAF_SIGNATURE" };

        Assert.Equal(ValidationCode.UnableToVerifyLeafSignature, result.Code);
        Assert.Contains("without the intermediate", result.Explanation);
        Assert.Empty(result.Path);
        Assert.Null(result.MissingIssuer);
    }

    private static ValidationResult Validate(LabPki pki, ChainShape shape) => new StrictPathValidator().Validate(
        [.. pki.Present(shape).Certificates.Select(c => c.Der)], TrustAnchors.FromDer(pki.TrustAnchors.Select(a => a.Der)), Pki.Host, Now);
}
