using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.Certificates.Tests.Issuance;

public sealed class DefinitionTests
{
    [Fact]
    public void Every_problem_is_reported_at_once_and_says_where_it_is()
    {
        var definition = new LabPkiDefinition
        {
            Authorities =
            [
                new() { Name = "root", Subject = "Contoso", NotAfter = "soon" },
                new() { Name = "a", Issuer = "b" },
                new() { Name = "b", Issuer = "a", PathLength = -1, CrlUrl = "ftp://x" },
                new() { Name = "root", SameKeyAs = "nobody" },
                new() { Name = "x (y)", ExtendedKeyUsage = ["serverAuth", "webAuth"] },
            ],
            Certificates =
            [
                new() { Name = "mail", Issuer = "rooot", Hosts = ["mail.contoso.com", "https://mail", "a b", ""] },
                new() { Name = "late", NotBefore = "2d", NotAfter = "1d" },
                new() { Name = "b", KeyFile = "b.key", Key = (KeyAlgorithm)99 },
            ],
        };

        var problems = new LabPkiDefinitionValidator(definition, DateTimeOffset.UnixEpoch).Problems;

        Assert.Equal(
            [
                "authority 'root', subject: 'Contoso' is not a distinguished name such as CN=Contoso Lab CA, O=AutoDetectSim",
                "authority 'root', notAfter: 'soon' is neither an RFC 3339 time (2026-01-31T00:00:00Z) nor an offset from the start of the lab (-30d, 90d, 12h, -1y)",
                "authority 'a', issuer: it leads back to itself: a > b > a",
                "authority 'b', issuer: it leads back to itself: b > a > b",
                "authority 'b', pathLength: a path length must be 0 to 1000",
                "authority 'b', crlUrl: 'ftp://x' is not an absolute http URL",
                "authority 'root': another authority or certificate has the same name",
                "authority 'root', sameKeyAs: there is no authority 'nobody'",
                "authority 'x (y)': a name must have 1 to 100 characters and must not contain ( ) # / \\",
                "authority 'x (y)', extendedKeyUsage: 'webAuth' is neither a dotted OID nor one of serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, ocspSigning, anyExtendedKeyUsage",
                "certificate 'mail', issuer: there is no authority 'rooot'",
                "certificate 'mail', hosts: 'https://mail' has characters that no host name has (a host name, not a URL, is expected)",
                "certificate 'mail', hosts: 'a b' has characters that no host name has (a host name, not a URL, is expected)",
                "certificate 'mail', hosts: a host name is empty",
                "certificate 'late', notAfter: validity ends (1970-01-02 00:00:00Z) before it begins (1970-01-03 00:00:00Z)",
                "certificate 'b': another authority or certificate has the same name",
                "certificate 'b', key: '99' is not a key algorithm",
                "certificate 'b', keyFile: a key file requires a certificate file",
            ],
            problems.Select(problem => problem.ToString()));
        Assert.Equal([1, 2, 3], problems.Where(problem => problem.Member == "Hosts").Select(problem => problem.Index));
        var error = Assert.Throws<LabPkiException>(() => Pki.Create(definition));
        Assert.Equal(problems.Count, error.Problems.Count);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("b", "a")]
    public void Cycles_of_shared_keys_are_reported_and_end(string first, string second)
    {
        var definition = new LabPkiDefinition
        {
            Authorities = [new() { Name = "a", SameKeyAs = first }, new() { Name = "b", SameKeyAs = second }, new() { Name = "c", SameKeyAs = "b", Issuer = "a (untrusted)" }],
        };

        Assert.Contains(new LabPkiDefinitionValidator(definition, DateTimeOffset.UnixEpoch).Problems, problem => problem.Member == "SameKeyAs" && problem.Message.StartsWith("it leads back to itself", StringComparison.Ordinal));
    }

    [Fact]
    public void Problems_of_a_certificate_file_come_with_its_line()
    {
        using var folder = new TemporaryFolder();
        using var pki = Pki.Create();
        var chain = pki.Present(ChainShape.Complete);
        folder.Write("good.pem", chain.ToPem());
        folder.Write("bad.pem", "\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        folder.Write("key.pem", pki.Present(ChainShape.Complete).PrivateKey.ExportPkcs8PrivateKeyPem());
        folder.Write("other.pem", System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem());
        var definition = new LabPkiDefinition
        {
            BaseDirectory = folder.Path,
            Authorities = [new() { Name = "root" }],
            Certificates =
            [
                new() { Name = "sound", File = "good.pem", KeyFile = "key.pem" },
                new() { Name = "broken", File = "bad.pem", KeyFile = "key.pem" },
                new() { Name = "keyless", File = "good.pem" },
                new() { Name = "mixed", File = "good.pem", KeyFile = "other.pem", Issuer = "root" },
                new() { Name = "absent", File = "none.pem", KeyFile = "none.key" },
                new() { Name = "certless", File = "key.pem" },
            ],
        };
        string At(string file) => Path.Combine(folder.Path, file);

        Assert.Equal(
            [
                $"certificate 'broken', file: {At("bad.pem")}, line 2: the content of the CERTIFICATE block is not an X.509 certificate",
                $"certificate 'keyless', file: {At("good.pem")} does not contain a private key",
                "certificate 'mixed', issuer: a certificate that is read from a file already has an issuer",
                $"certificate 'mixed', keyFile: the private key in {At("other.pem")} does not belong to the first certificate in {At("good.pem")}",
                $"certificate 'absent', file: {At("none.pem")}, line 1: file not found",
                $"certificate 'absent', keyFile: {At("none.key")}, line 1: file not found",
                $"certificate 'certless', file: {At("key.pem")} does not contain a certificate",
            ],
            new LabPkiDefinitionValidator(definition, DateTimeOffset.UnixEpoch).Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void A_hierarchy_of_more_than_twenty_authorities_is_refused()
    {
        var problem = Assert.Single(new LabPkiDefinitionValidator(Pki.Definition(intermediates: 20), DateTimeOffset.UnixEpoch).Problems);

        Assert.Equal("authority 'ca20', issuer: at most 20 authorities can be nested", problem.ToString());
    }
}
