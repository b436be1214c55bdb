using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.Certificates.Tests.Issuance;

public sealed class IssuanceTests
{
    [Fact]
    [Trait("Needs", "tools")]
    public async Task Openssl_reads_in_a_certificate_what_its_recipe_says()
    {
        using var pki = Pki.Create(
            new LabPkiDefinition
            {
                Authorities =
                [
                    new() { Name = "root", Trusted = true, CrlUrl = "http://pki.contoso.com/root.crl" },
                    new() { Name = "issuing", Issuer = "root", Subject = "CN=Issuing CA, O=Contoso, C=US", PathLength = 0, ExtendedKeyUsage = ["serverAuth", "1.3.6.1.4.1.311.10.3.3"], Aia = true },
                ],
                Certificates = [new() { Name = "mail", Issuer = "issuing", Hosts = ["mail.contoso.com", "*.contoso.com", "192.0.2.10", "2001:db8::1", "bücher.example"] }],
            },
            Pki.At("2026-01-15T10:20:30.750Z"));

        var leaf = Flat((await Text(pki, "mail")).Output);
        var issuing = Flat((await Text(pki, "issuing")).Output);
        var root = Flat((await Text(pki, "root")).Output);

        Assert.Contains("Subject: CN = mail.contoso.com ", leaf, StringComparison.Ordinal);
        Assert.Contains("Issuer: C = US, O = Contoso, CN = Issuing CA ", leaf, StringComparison.Ordinal);
        Assert.Contains("Not Before: Dec 16 10:20:30 2025 GMT Not After : Jan 15 10:20:30 2027 GMT", leaf, StringComparison.Ordinal);
        Assert.Contains("X509v3 Basic Constraints: critical CA:FALSE", leaf, StringComparison.Ordinal);
        Assert.Contains("X509v3 Key Usage: critical Digital Signature X509v3 Extended Key Usage: TLS Web Server Authentication, TLS Web Client Authentication", leaf, StringComparison.Ordinal);
        Assert.Contains("DNS:mail.contoso.com, DNS:*.contoso.com, IP Address:192.0.2.10, IP Address:2001:DB8:0:0:0:0:0:1, DNS:xn--bcher-kva.example", leaf, StringComparison.Ordinal);
        Assert.Contains("CA Issuers - URI:http://aia.autodetectsim.test/issuing.cer", leaf, StringComparison.Ordinal);
        Assert.DoesNotContain("CRL Distribution", leaf, StringComparison.Ordinal);
        Assert.Contains("X509v3 Basic Constraints: critical CA:TRUE, pathlen:0 X509v3 Key Usage: critical Certificate Sign, CRL Sign X509v3 Extended Key Usage: TLS Web Server Authentication, Microsoft Server Gated Crypto", issuing, StringComparison.Ordinal);
        Assert.Contains("URI:http://pki.contoso.com/root.crl", issuing, StringComparison.Ordinal);
        Assert.Contains("Subject: O = AutoDetectSim, CN = root ", root, StringComparison.Ordinal);
        Assert.Contains("X509v3 Basic Constraints: critical CA:TRUE X509v3 Key Usage", root, StringComparison.Ordinal);
        Assert.DoesNotContain("CRL Distribution", root, StringComparison.Ordinal);
        Assert.Equal(KeyIdentifier(issuing, "Subject"), KeyIdentifier(leaf, "Authority"));
        Assert.Equal(KeyIdentifier(root, "Subject"), KeyIdentifier(issuing, "Authority"));
        Assert.Equal(KeyIdentifier(root, "Subject"), KeyIdentifier(root, "Authority"));
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData(KeyAlgorithm.P256, "ecdsa-with-SHA256", "prime256v1")]
    [InlineData(KeyAlgorithm.P384, "ecdsa-with-SHA384", "secp384r1")]
    [InlineData(KeyAlgorithm.P521, "ecdsa-with-SHA512", "secp521r1")]
    [InlineData(KeyAlgorithm.Rsa2048, "sha256WithRSAEncryption", "(2048 bit)")]
    [InlineData(KeyAlgorithm.Rsa3072, "sha256WithRSAEncryption", "(3072 bit)")]
    [InlineData(KeyAlgorithm.Rsa4096, "sha256WithRSAEncryption", "(4096 bit)")]
    public async Task Every_key_algorithm_makes_a_chain_that_openssl_verifies(KeyAlgorithm key, string signature, string keyText)
    {
        // Only the issuer is of the algorithm where the key takes seconds to make.
        var definition = new LabPkiDefinition
        {
            Authorities = [new() { Name = "root", Trusted = true }, new() { Name = "issuing", Issuer = "root", Key = key }],
            Certificates = [new() { Name = "mail", Issuer = "issuing", Hosts = [Pki.Host], Key = key is KeyAlgorithm.Rsa2048 ? key : KeyAlgorithm.P256 }],
        };
        using var pki = Pki.Create(definition);

        Assert.Contains(keyText, (await Text(pki, "issuing")).Output, StringComparison.Ordinal);
        Assert.Contains("Signature Algorithm: " + signature, (await Text(pki, "mail")).Output, StringComparison.Ordinal);
        await VerifiesStrictly(pki, pki.Present(ChainShape.Complete));
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task An_rsa_certificate_may_encipher_keys_and_an_ecdsa_one_may_not()
    {
        var definition = Pki.Definition();
        using var pki = Pki.Create(definition with
        {
            Certificates = [.. definition.Certificates, new() { Name = "rsa", Issuer = "ca1", Hosts = [Pki.Host], Key = KeyAlgorithm.Rsa2048 }],
        });

        Assert.Contains("Digital Signature, Key Encipherment", (await Text(pki, "rsa")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Key Encipherment", (await Text(pki, "mail")).Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_cross_signed_authority_leads_clients_of_the_old_root_to_the_new_hierarchy()
    {
        using var pki = Pki.Create(new LabPkiDefinition
        {
            Authorities =
            [
                new() { Name = "old", Trusted = true },
                new() { Name = "new" },
                new() { Name = "cross", SameKeyAs = "new", Issuer = "old" },
                new() { Name = "issuing", Issuer = "new" },
            ],
            Certificates = [new() { Name = "mail", Issuer = "issuing", Hosts = [Pki.Host] }],
        });
        var crossed = pki.Present(new PresentedChainRecipe { Certificate = "mail", Names = ["mail", "issuing", "cross"] });

        var codes = await NodeHandshakes.Run([NodeHandshakes.Of(pki, crossed), NodeHandshakes.Of(pki, pki.Present(ChainShape.Complete))]);

        Assert.Equal(["OK", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"], codes);
        Assert.Equal(pki.Get("new").Certificate.Subject, pki.Get("cross").Certificate.Subject);
        Assert.Equal(pki.Get("new").Certificate.GetPublicKey(), pki.Get("cross").Certificate.GetPublicKey());
        await VerifiesStrictly(pki, crossed);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_path_length_that_is_exceeded_is_a_fault_that_clients_see()
    {
        using var pki = Pki.Create(new LabPkiDefinition
        {
            Authorities = [new() { Name = "root", Trusted = true, PathLength = 0 }, new() { Name = "issuing", Issuer = "root" }],
            Certificates = [new() { Name = "mail", Issuer = "issuing", Hosts = [Pki.Host] }],
        });

        Assert.Equal(["PATH_LENGTH_EXCEEDED"], await NodeHandshakes.Run([NodeHandshakes.Of(pki, pki.Present(ChainShape.Complete))]));
    }

    [Fact]
    public void Validity_counts_from_the_start_of_the_lab_in_whole_seconds()
    {
        var definition = Pki.Definition();
        using var pki = Pki.Create(
            definition with { Certificates = [definition.Certificates[0] with { NotBefore = "-12h", NotAfter = "2031-05-06T07:08:09+02:00" }] },
            Pki.At("2026-01-15T10:20:30.999Z"));

        Assert.Equal(("2026-01-14T22:20:30Z", "2031-05-06T05:08:09Z"), Validity(pki, "mail"));
        Assert.Equal(("2025-01-15T10:20:30Z", "2036-01-15T10:20:30Z"), Validity(pki, "root"));
        Assert.Equal(("2025-01-15T10:20:30Z", "2031-01-15T10:20:30Z"), Validity(pki, "ca1"));
    }

    [Fact]
    public void One_given_end_of_the_validity_moves_the_other_out_of_its_way()
    {
        var definition = Pki.Definition();
        var mail = definition.Certificates[0];
        using var pki = Pki.Create(
            definition with { Certificates = [mail with { Name = "past", NotAfter = "-2y" }, mail with { Name = "future", NotBefore = "3y" }, mail with { Name = "late", NotAfter = "2061-01-01" }] },
            Pki.At("2026-01-15T00:00:00Z"));

        Assert.Equal(("2023-01-15T00:00:00Z", "2024-01-15T00:00:00Z"), Validity(pki, "past"));
        Assert.Equal(("2029-01-15T00:00:00Z", "2030-01-15T00:00:00Z"), Validity(pki, "future"));
        Assert.Equal(("2025-12-16T00:00:00Z", "2061-01-01T00:00:00Z"), Validity(pki, "late"));
    }

    [Fact]
    public void Serial_numbers_come_from_the_seed_and_are_positive_and_long()
    {
        string[] names = ["root", "ca1", "mail", "mail (expired)", "ca1 (other key)"];
        using var first = Pki.Create(Pki.Definition(seed: 7));
        using var again = Pki.Create(Pki.Definition(seed: 7));
        using var other = Pki.Create(Pki.Definition(seed: 8));

        var serials = names.Select(name => first.Get(name).Certificate.SerialNumberBytes.ToArray()).ToList();

        Assert.Equal(serials, names.Select(name => again.Get(name).Certificate.SerialNumberBytes.ToArray()));
        Assert.All(names.Zip(serials), pair => Assert.NotEqual(pair.Second, other.Get(pair.First).Certificate.SerialNumberBytes.ToArray()));
        Assert.All(serials, serial => Assert.True(serial.Length == 16 && serial[0] is >= 0x40 and < 0x80));
        Assert.Equal(serials.Count, serials.Select(Convert.ToHexString).Distinct().Count());
        Assert.NotEqual(first.Get("root").Certificate.GetPublicKey(), again.Get("root").Certificate.GetPublicKey());
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task An_authority_signs_an_empty_revocation_list_for_its_url()
    {
        using var pki = Pki.Create(new LabPkiDefinition
        {
            Authorities = [new() { Name = "root", Trusted = true, CrlUrl = "http://pki.contoso.com/root.crl" }],
        });
        using var folder = new TemporaryFolder();

        Assert.Equal(["http://pki.contoso.com/root.crl"], pki.CrlUrls);
        Assert.True(pki.TryGetRevocationList("http://pki.contoso.com/root.crl", out var list));
        Assert.False(pki.TryGetRevocationList("http://pki.contoso.com/other.crl", out _));
        var root = folder.Write("root.pem", pki.Get("root").ToPem());
        var result = await Tool.OpenSslAsync(PemEncoding.WriteString("X509 CRL", list.Span), "crl", "-text", "-noout", "-CAfile", root, "-verify");
        Assert.Contains("verify OK", result.Error, StringComparison.Ordinal);
        Assert.Contains("No Revoked Certificates", result.Output, StringComparison.Ordinal);
        Assert.Contains("X509v3 CRL Number", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_aia_server_finds_an_issuer_by_the_url_that_its_certificates_carry()
    {
        using var pki = Pki.Create(new LabPkiDefinition
        {
            AiaBase = new Uri("http://pki.lab.test/issuers/"),
            Authorities = [new() { Name = "root", Trusted = true, AiaUrl = "http://crt.contoso.com/root.crt" }, new() { Name = "issuing 1", Issuer = "root", Aia = true }],
            Certificates = [new() { Name = "mail", Issuer = "issuing 1", Hosts = [Pki.Host] }],
        });

        var url = pki.Get("mail").Certificate.Extensions.OfType<X509AuthorityInformationAccessExtension>().Single().EnumerateCAIssuersUris().Single();

        Assert.Equal("http://pki.lab.test/issuers/issuing%201.cer", url);
        Assert.True(pki.TryGetByAiaUrl(url, out var issuer));
        Assert.Same(pki.Get("issuing 1"), issuer);
        Assert.True(pki.TryGetByAiaUrl("http://crt.contoso.com/root.crt", out var root));
        Assert.Equal("root", root.Name);
        Assert.False(pki.TryGetByAiaUrl("http://crt.contoso.com/mail.crt", out _));
        Assert.Equal(["http://crt.contoso.com/root.crt", url], pki.AiaUrls);
    }

    [Fact]
    public void A_subject_may_be_long_and_odd()
    {
        var host = new string('a', 60) + ".contoso.com";
        using var pki = Pki.Create(new LabPkiDefinition
        {
            Authorities = [new() { Name = "o'root, \"x\"", Trusted = true }],
            Certificates = [new() { Name = "mail", Issuer = "o'root, \"x\"", Hosts = [host] }, new() { Name = "bare", Issuer = "o'root, \"x\"" }],
        });

        // 64 characters are the most that a common name holds (RFC 5280 ub-common-name).
        Assert.Equal("CN=mail", pki.Get("mail").Certificate.Subject);
        Assert.Equal("CN=bare", pki.Get("bare").Certificate.Subject);
        Assert.Equal("o'root, \"x\"", pki.Get("o'root, \"x\"").Certificate.GetNameInfo(X509NameType.SimpleName, false));
    }

    private static Task<ToolResult> Text(LabPki pki, string name) => Tool.OpenSslAsync(pki.Get(name).ToPem(), "x509", "-noout", "-text");

    private static async Task VerifiesStrictly(LabPki pki, PresentedChain chain)
    {
        using var folder = new TemporaryFolder();
        var roots = folder.Write("roots.pem", string.Concat(pki.TrustAnchors.Select(anchor => anchor.ToPem())));
        var sent = folder.Write("sent.pem", chain.ToPem());
        var result = await Tool.OpenSslAsync(chain.Leaf.ToPem(), "verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", roots, "-untrusted", sent);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    private static (string From, string To) Validity(LabPki pki, string name)
    {
        var certificate = pki.Get(name).Certificate;
        return (certificate.NotBefore.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ"), certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ"));
    }

    private static string Flat(string text) => Regex.Replace(text, @"\s+", " ");

    private static string KeyIdentifier(string text, string whose) =>
        Regex.Match(text, $@"X509v3 {whose} Key Identifier: (?<id>[0-9A-F:]{{59}})").Groups["id"].Value is { Length: 59 } id ? id : throw new InvalidDataException(text);
}
