using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using AutoDetectSim.Certificates.Issuance;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace AutoDetectSim.Certificates.Tests.Issuance;

public sealed class CertificateTemplateTests : IDisposable
{
    private static readonly string[] OfTheKeys = ["2.5.29.14", "2.5.29.35"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_chain_of_a_real_authority_is_issued_again_with_keys_of_the_lab()
    {
        var seen = await OpenSslChain();
        var at = new DateTimeOffset(seen[0].NotAfter.ToUniversalTime()).AddDays(-3).AddSeconds(-7);
        var templates = seen.Select(certificate => Read(certificate, at)).ToList();
        var start = new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);

        using var pki = LabPki.Create(
            new LabPkiDefinition
            {
                Authorities = [templates[2].ToAuthority("root", null) with { Trusted = true }, templates[1].ToAuthority("issuing", "root")],
                Certificates = [templates[0].ToCertificate("mail", "issuing")],
            },
            new FakeTimeProvider(start));

        var chain = pki.Present(ChainShape.ContainsAnchor);
        Assert.Equal([false, true, true], templates.Select(template => template.IsAuthority));
        Assert.Equal("http://pki.real.example/issuing.crt", templates[0].IssuerAiaUrl);
        foreach (var (real, issued) in seen.Zip(chain.Certificates.Select(certificate => certificate.Certificate)))
        {
            Assert.Equal(real.Subject, issued.Subject);
            Assert.Equal(real.Issuer, issued.Issuer);
            Assert.Equal(real.SignatureAlgorithm.Value, issued.SignatureAlgorithm.Value);
            Assert.Equal(real.PublicKey.Oid.Value, issued.PublicKey.Oid.Value);
            Assert.Equal(real.GetRSAPublicKey()?.KeySize ?? real.GetECDsaPublicKey()!.KeySize, issued.GetRSAPublicKey()?.KeySize ?? issued.GetECDsaPublicKey()!.KeySize);
            Assert.Equal(real.NotBefore.ToUniversalTime() - at.UtcDateTime, issued.NotBefore.ToUniversalTime() - start.UtcDateTime);
            Assert.Equal(real.NotAfter.ToUniversalTime() - at.UtcDateTime, issued.NotAfter.ToUniversalTime() - start.UtcDateTime);
            Assert.Equal(Extensions(real), Extensions(issued));
            Assert.NotEqual(real.GetPublicKey(), issued.GetPublicKey());
        }

        Assert.Equal(["mail.real.example", "192.0.2.7"], templates[0].ToCertificate("mail", "issuing").Hosts);
        Assert.All(templates, template => Assert.Empty(template.Deviations));
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Every_root_that_Node_trusts_is_read_and_issued_again()
    {
        var node = await Tool.RunAsync("node", ["-p", "JSON.stringify(require('tls').rootCertificates)"]);
        var at = DateTimeOffset.UtcNow;
        var pems = JsonSerializer.Deserialize<string[]>(node.Output)!;
        Assert.True(pems.Length > 100);
        // Hundreds of RSA-4096 keys would take minutes; the kind of key is asserted on the recipes.
        var seen = pems.Select(pem => X509Certificate2.CreateFromPem(pem)).ToList();
        var recipes = seen.Select((certificate, i) => Read(certificate, at).ToAuthority($"root{i}", null)).ToList();

        using var pki = LabPki.Create(new LabPkiDefinition { Authorities = [.. recipes.Select(recipe => recipe with { Key = KeyAlgorithm.P256 })] }, new FakeTimeProvider(at));

        Assert.Contains(KeyAlgorithm.Rsa4096, recipes.Select(recipe => recipe.Key));
        Assert.Contains(KeyAlgorithm.P384, recipes.Select(recipe => recipe.Key));
        for (var i = 0; i < seen.Count; i++)
        {
            var issued = pki.Get($"root{i}").Certificate;
            Assert.Equal(seen[i].Subject, issued.Subject);
            Assert.Equal(seen[i].NotAfter, issued.NotAfter);
            Assert.Equal(Extensions(seen[i]), Extensions(issued));
        }
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_certificate_that_a_lab_cannot_make_says_what_differs()
    {
        var key = _folder.Write("ed.key", (await Tool.OpenSslAsync(null, "genpkey", "-algorithm", "ED25519")).Output);
        var ed25519 = await Tool.OpenSslAsync(null, "req", "-x509", "-new", "-key", key, "-subj", "/CN=Ed", "-days", "3");
        var large = await Tool.OpenSslAsync(null, "req", "-x509", "-newkey", "rsa:2432", "-nodes", "-keyout", _folder.Write("large.key", ""), "-subj", "/CN=Large", "-days", "3", "-sigopt", "rsa_padding_mode:pss");

        using var first = Read(X509Certificate2.CreateFromPem(ed25519.Output), DateTimeOffset.UtcNow);
        using var second = Read(X509Certificate2.CreateFromPem(large.Output), DateTimeOffset.UtcNow);

        Assert.Equal(["a key of algorithm ED25519 becomes one on P-256", "a signature of algorithm ED25519 becomes one with SHA-256"], first.Deviations);
        Assert.Equal(["an RSA key of 2432 bits becomes one of 2048", "a signature of algorithm RSASSA-PSS becomes one with SHA-256"], second.Deviations);
        Assert.Equal(KeyAlgorithm.Rsa2048, second.Key);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_weak_signature_and_a_small_key_are_faults_that_clients_see()
    {
        var definition = Pki.Definition();
        using var pki = Pki.Create(definition with
        {
            Authorities = [definition.Authorities[0], definition.Authorities[1] with { SignatureHash = SignatureHash.Sha1, Key = KeyAlgorithm.Rsa1024 }],
            Certificates = [definition.Certificates[0], definition.Certificates[0] with { Name = "sha1", SignatureHash = SignatureHash.Sha1 }],
        });

        // Node 20 asks for 80 bits: RSA-1024 passes, and a SHA-1 signature does not, on the intermediate or on the leaf.
        var complete = pki.Present(ChainShape.Complete);
        var leaf = pki.Present(new PresentedChainRecipe { Certificate = "sha1" });
        Assert.Equal("1.2.840.10045.4.1", complete.Certificates[1].Certificate.SignatureAlgorithm.Value);
        Assert.Equal("1.2.840.113549.1.1.5", leaf.Leaf.Certificate.SignatureAlgorithm.Value);
        Assert.Equal(["UNSPECIFIED", "UNSPECIFIED"], await NodeHandshakes.Run([NodeHandshakes.Of(pki, complete), NodeHandshakes.Of(pki, leaf)]));
        var verified = await Tool.OpenSslAsync(leaf.Leaf.ToPem(), "verify", "-auth_level", "0", "-CAfile", _folder.Write("r.pem", pki.TrustAnchors[0].ToPem()), "-untrusted", _folder.Write("u.pem", leaf.ToPem()));
        Assert.True(verified.ExitCode == 0, verified.Output + verified.Error);
    }

    [Fact]
    public void An_extension_that_is_spelled_out_takes_the_place_of_the_one_that_would_be_made()
    {
        var definition = Pki.Definition();
        var usage = Convert.ToBase64String(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.4")], true).RawData);
        var extensions = new ExtensionRecipe[] { new() { Oid = "2.5.29.37", Critical = true, Value = usage }, new() { Oid = "2.5.29.35" }, new() { Oid = "1.2.3.4", Value = "BQA=" } };
        using var pki = Pki.Create(definition with { Certificates = [definition.Certificates[0] with { Extensions = extensions, Subject = "" }] });

        var mail = pki.Get("mail").Certificate;
        Assert.Equal("", mail.Subject);
        Assert.True(mail.Extensions["2.5.29.17"]!.Critical);
        Assert.Null(mail.Extensions["2.5.29.35"]);
        Assert.True(mail.Extensions["2.5.29.37"]!.Critical);
        Assert.Equal(usage, Convert.ToBase64String(mail.Extensions["2.5.29.37"]!.RawData));
        Assert.Equal([5, 0], mail.Extensions["1.2.3.4"]!.RawData);
        var clientOnly = pki.Get("mail (client only)").Certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single();
        Assert.Equal(["1.3.6.1.5.5.7.3.2"], clientOnly.EnhancedKeyUsages.Cast<Oid>().Select(oid => oid.Value));
    }

    [Fact]
    public void Extensions_that_are_none_are_reported()
    {
        var definition = Pki.Definition();
        var extensions = new ExtensionRecipe[] { new() { Oid = "keyUsage" }, new() { Oid = "1.2.3", Value = "%" }, new() { Oid = "1.2.3" } };

        Assert.Equal(
            [
                "certificate 'mail', extensions: 'keyUsage' is not a dotted object identifier",
                "certificate 'mail', extensions: the value of 1.2.3 is not base64 of at most 65536 characters",
                "certificate 'mail', extensions: duplicate extension 1.2.3",
            ],
            new LabPkiDefinitionValidator(definition with { Certificates = [definition.Certificates[0] with { Extensions = extensions }] }, DateTimeOffset.UnixEpoch).Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void A_certificate_that_never_ends_never_ends_in_the_lab_either()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var endless = new CertificateRequest("CN=Device", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero));
        using var template = Read(endless, DateTimeOffset.UtcNow);

        using var pki = LabPki.Create(new LabPkiDefinition { Certificates = [template.ToCertificate("device", null)] }, new FakeTimeProvider());

        Assert.Equal(endless.NotAfter, pki.Get("device").Certificate.NotAfter);
        Assert.Empty(pki.Get("device").Certificate.Extensions);
    }

    [Fact]
    public void Bytes_that_are_no_certificate_are_refused_and_damaged_ones_never_throw()
    {
        using var pki = Pki.Create();
        var der = pki.Get("mail").Der.ToArray();

        Assert.False(CertificateTemplate.TryRead([], DateTimeOffset.UnixEpoch, out _));
        Gen.Select(Gen.Int[0, der.Length - 1], Gen.Byte, Gen.Int[0, 3]).Array[1, 3].Sample(damages =>
        {
            var damaged = der.ToArray();
            foreach (var (place, value, _) in damages)
            {
                damaged[place] = value;
            }

            if (CertificateTemplate.TryRead(damaged, DateTimeOffset.UnixEpoch, out var template))
            {
                _ = (template.ToAuthority("a", null), template.ToCertificate("c", null), template.IsAuthority, template.IsSelfIssued, template.Issuer);
                template.Dispose();
            }
        }, iter: Samples.Of(100));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<List<X509Certificate2>> OpenSslChain()
    {
        var extensions = _folder.Write("ext.cnf", """
            [root]
            basicConstraints = critical, CA:TRUE
            keyUsage = critical, keyCertSign, cRLSign, digitalSignature
            subjectKeyIdentifier = hash
            [issuing]
            basicConstraints = critical, CA:TRUE, pathlen:0
            keyUsage = critical, keyCertSign
            extendedKeyUsage = serverAuth, clientAuth
            subjectKeyIdentifier = hash
            authorityKeyIdentifier = keyid
            certificatePolicies = 2.23.140.1.2.2, 1.3.6.1.4.1.44947.1.1.1
            nameConstraints = critical, permitted;DNS:real.example, permitted;IP:192.0.2.0/255.255.255.0
            [leaf]
            basicConstraints = CA:FALSE
            keyUsage = critical, digitalSignature
            extendedKeyUsage = serverAuth
            subjectKeyIdentifier = hash
            authorityKeyIdentifier = keyid, issuer
            authorityInfoAccess = OCSP;URI:http://ocsp.real.example, caIssuers;URI:http://pki.real.example/issuing.crt
            crlDistributionPoints = URI:http://pki.real.example/issuing.crl
            subjectAltName = DNS:mail.real.example, IP:192.0.2.7, email:a@real.example
            tlsfeature = status_request
            """);
        string At(string name) => _folder.In(name);
        await Ok("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", At("root.key"), "-out", At("root.pem"), "-sha512", "-days", "4000", "-subj", "/C=US/O=Real, Inc./CN=Real Root \"X1\"", "-config", _folder.Write("empty.cnf", "[req]\ndistinguished_name=dn\n[dn]\n"), "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign,digitalSignature");
        await Ok("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:secp384r1", "-nodes", "-keyout", At("issuing.key"), "-out", At("issuing.csr"), "-subj", "/C=US/O=Real, Inc./CN=Real Issuing \\+ 1");
        await Ok("x509", "-req", "-in", At("issuing.csr"), "-CA", At("root.pem"), "-CAkey", At("root.key"), "-CAcreateserial", "-sha384", "-days", "1000", "-extfile", extensions, "-extensions", "issuing", "-out", At("issuing.pem"));
        await Ok("req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", At("leaf.key"), "-out", At("leaf.csr"), "-subj", "/CN=mail.real.example/serialNumber=7");
        await Ok("x509", "-req", "-in", At("leaf.csr"), "-CA", At("issuing.pem"), "-CAkey", At("issuing.key"), "-CAcreateserial", "-sha256", "-days", "90", "-extfile", extensions, "-extensions", "leaf", "-out", At("leaf.pem"));
        return [.. new[] { "leaf.pem", "issuing.pem", "root.pem" }.Select(file => X509CertificateLoader.LoadCertificateFromFile(At(file)))];
    }

    private static async Task Ok(params string[] arguments)
    {
        var result = await Tool.OpenSslAsync(null, arguments);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    private static CertificateTemplate Read(X509Certificate2 certificate, DateTimeOffset at)
    {
        Assert.True(CertificateTemplate.TryRead(certificate.RawData, at, out var template));
        return template;
    }

    private static List<string> Extensions(X509Certificate2 certificate) =>
    [
        .. certificate.Extensions.Select(extension => $"{extension.Oid!.Value} {extension.Critical} {(OfTheKeys.Contains(extension.Oid.Value) ? "" : Convert.ToHexString(extension.RawData))}").Order(StringComparer.Ordinal),
    ];
}
