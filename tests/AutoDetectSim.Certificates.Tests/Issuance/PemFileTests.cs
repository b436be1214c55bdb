using System.Security.Cryptography;
using AutoDetectSim.Certificates.Issuance;
using CsCheck;

namespace AutoDetectSim.Certificates.Tests.Issuance;

public sealed class PemFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LabPki _pki = Pki.Create();

    private PresentedChain Chain => _pki.Present(ChainShape.Complete);

    [Theory]
    [InlineData("PRIVATE KEY")]
    [InlineData("EC PRIVATE KEY")]
    [InlineData("RSA PRIVATE KEY")]
    public void Certificates_and_a_key_are_read_in_file_order(string label)
    {
        using AsymmetricAlgorithm key = label.StartsWith("RSA", StringComparison.Ordinal) ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = label switch
        {
            "EC PRIVATE KEY" => ((ECDsa)key).ExportECPrivateKeyPem(),
            "RSA PRIVATE KEY" => ((RSA)key).ExportRSAPrivateKeyPem(),
            _ => key.ExportPkcs8PrivateKeyPem(),
        };
        var file = PemFile.Read(_folder.Write("all.pem", "Bag Attributes\n" + Chain.ToPem() + pem + "\n"));

        Assert.Empty(file.Problems);
        Assert.Equal(Chain.Certificates.Select(certificate => certificate.Der.ToArray()), file.Certificates.Select(certificate => certificate.Der.ToArray()));
        Assert.Equal(2, file.Certificates[0].Line);
        Assert.True(file.HasPrivateKey);
        using var read = file.CreatePrivateKey();
        Assert.Equal(key.ExportPkcs8PrivateKey(), read.ExportPkcs8PrivateKey());
    }

    [Fact]
    public void Windows_line_ends_and_utf16_are_read()
    {
        var path = Path.Combine(_folder.Path, "utf16.pem");
        File.WriteAllText(path, Chain.ToPem().ReplaceLineEndings("\r\n"), System.Text.Encoding.Unicode);

        var file = PemFile.Read(path);

        Assert.Empty(file.Problems);
        Assert.Equal(2, file.Certificates.Count);
    }

    [Fact]
    public void Every_problem_of_a_file_is_reported_with_its_line()
    {
        var encrypted = ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportEncryptedPkcs8PrivateKeyPem("x", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000));
        var text = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
            + "-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n"
            + "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"
            + "-----BEGIN PGP MESSAGE-----\nAAAA\n-----END PGP MESSAGE-----\n"
            + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
            + encrypted + "\n-----BEGIN CERTIFICATE-----\nAAAA\n";
        var file = PemFile.Read(_folder.Write("bad.pem", text));

        Assert.Equal(
            [
                (1, "the content of the CERTIFICATE block is not an X.509 certificate"),
                (4, "the block 'CERTIFICATE' is damaged: its end line is missing or differs, or its content is not base64"),
                (7, "the private key is encrypted; remove the password with openssl pkey -in FILE -out PLAIN"),
                (13, "unexpected block 'PGP MESSAGE'; only certificates and one private key are allowed"),
                (16, "the private key must be an RSA key or an EC key on a curve that this system supports"),
                (19, "the private key is encrypted; remove the password with openssl pkey -in FILE -out PLAIN"),
                (19 + encrypted.Count(c => c == '\n') + 1, "the block 'CERTIFICATE' is damaged: its end line is missing or differs, or its content is not base64"),
            ],
            file.Problems.Select(problem => (problem.Line, problem.Message)));
        Assert.All(file.Problems, problem => Assert.StartsWith(file.Path + ", line ", problem.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_absent_binary_empty_or_huge_is_explained()
    {
        var der = Path.Combine(_folder.Path, "leaf.cer");
        File.WriteAllBytes(der, Chain.Leaf.Der.ToArray());

        Assert.Equal("file not found", Assert.Single(PemFile.Read(Path.Combine(_folder.Path, "nowhere", "x.pem")).Problems).Message);
        Assert.StartsWith("the file is in binary form (DER or PFX), not PEM", Assert.Single(PemFile.Read(der).Problems).Message, StringComparison.Ordinal);
        Assert.Equal("the file is empty, or is not a regular file", Assert.Single(PemFile.Read(_folder.Write("empty.pem", "")).Problems).Message);
        Assert.StartsWith("the file has no PEM block", Assert.Single(PemFile.Read(_folder.Write("text.pem", "no certificate\n")).Problems).Message, StringComparison.Ordinal);
        Assert.Equal("the file is larger than 1024 KiB", Assert.Single(PemFile.Read(_folder.Write("huge.pem", new string('x', PemFile.MaximumSize + 1))).Problems).Message);
        Assert.StartsWith("the file cannot be read", Assert.Single(PemFile.Read(_folder.Path).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_bytes_make_it_throw() =>
        Gen.Select(Gen.Byte.Array[0, 60], Gen.OneOf("", "-----BEGIN CERTIFICATE-----\n", "-----BEGIN PRIVATE KEY-----\nMIIB", "-----BEGIN "), Gen.OneOf("", "\n-----END CERTIFICATE-----\n", "-----END PRIVATE KEY-----"))
            .Sample(parts =>
            {
                var text = parts.Item2 + Convert.ToBase64String(parts.Item1) + parts.Item3;
                Assert.NotEmpty(PemFile.Parse(text).Problems);
                _ = PemFile.Parse(System.Text.Encoding.Latin1.GetString(parts.Item1) + text);
            }, iter: Samples.Of(100));

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_certificate_from_a_file_is_presented_with_what_stands_after_it()
    {
        var chain = _folder.Write("fullchain.pem", _pki.Present(ChainShape.ContainsAnchor).ToPem());
        _folder.Write("key.pem", Chain.PrivateKey.ExportPkcs8PrivateKeyPem());
        using var pki = Pki.Create(new LabPkiDefinition
        {
            BaseDirectory = _folder.Path,
            Certificates = [new() { Name = "mail", File = Path.GetFileName(chain), KeyFile = "key.pem" }],
        });

        Assert.Equal(["mail", "mail#2"], pki.Present(ChainShape.Complete).NamesOf());
        Assert.Equal(["mail", "mail#2", "mail#3"], pki.Present(ChainShape.ContainsAnchor).NamesOf());
        Assert.Equal(["mail", "mail#3", "mail#2"], pki.Present(ChainShape.WrongOrder).NamesOf());
        Assert.Equal(["mail#3", "mail"], pki.Present(new PresentedChainRecipe { Certificate = "mail", Names = ["mail#3", "mail"] }).NamesOf());
        Assert.Contains("read from a file", Assert.Throws<LabPkiException>(() => pki.Present(ChainShape.ExpiredLeaf)).Message, StringComparison.Ordinal);
        Assert.Throws<LabPkiException>(() => pki.Present(new PresentedChainRecipe { Certificate = "mail", Names = ["mail#4"] }));
        var handshake = NodeHandshakes.Of(pki, pki.Present(ChainShape.Complete)) with { Ca = [_pki.Get("root")] };
        Assert.Equal(["OK"], await NodeHandshakes.Run([handshake]));
    }

    public void Dispose()
    {
        _pki.Dispose();
        _folder.Dispose();
    }
}
