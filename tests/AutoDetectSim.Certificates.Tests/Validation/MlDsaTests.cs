using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AutoDetectSim.Certificates.Validation;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace AutoDetectSim.Certificates.Tests.Validation;

/// <summary>Certificates with ML-DSA keys on a real server of Node.js 24: what each Node.js says of them, and the validator.</summary>
[Trait("Needs", "tools")]
public sealed class MlDsaTests
{
    private const string Host = "mail.contoso.test";
    private const string ServerAlert = "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE";

    private const string Server = """
        const fs = require('fs'), tls = require('tls');
        const [key, cert] = JSON.parse(fs.readFileSync(0, 'utf8'));
        tls.createServer({ key, cert }, (socket) => { socket.on('error', () => {}); socket.end(); }).on('tlsClientError', () => {})
            .listen(0, '127.0.0.1', function () { console.log(this.address().port); });
        """;

    private const string Client = """
        const [port, ca] = process.argv.slice(1);
        const socket = require('tls').connect({ port, host: '127.0.0.1', servername: 'mail.contoso.test', ca: require('fs').readFileSync(ca) }, () => { console.log('OK'); socket.destroy(); });
        socket.on('error', (error) => console.log(error.code));
        """;

    [Theory]
    [InlineData("ML-DSA-44", "ML-DSA-65")]
    [InlineData("ML-DSA-87", "ML-DSA-44")]
    [InlineData("ML-DSA-65", "ML-DSA-87")]
    public async Task Newer_versions_accept_ML_DSA_and_Node_20_does_not(string leafAlgorithm, string rootAlgorithm)
    {
        using var folder = new TemporaryFolder();
        var rootKey = Generate(rootAlgorithm);
        var leafKey = Generate(leafAlgorithm);
        var root = Issue("CN=ML-DSA Root", rootKey.Public, "CN=ML-DSA Root", rootKey.Private, rootAlgorithm, isAuthority: true);
        var leaf = Issue("CN=" + Host, leafKey.Public, "CN=ML-DSA Root", rootKey.Private, rootAlgorithm, isAuthority: false);
        var roots = folder.Write("root.pem", Pem("CERTIFICATE", root.GetEncoded()));
        var key = Pem("PRIVATE KEY", PrivateKeyInfoFactory.CreatePrivateKeyInfo(leafKey.Private).GetEncoded());
        using var server = Tool.Start(await Node24.ProgramAsync(), ["-e", Server]);
        try
        {
            var port = await StartAsync(server, [key, Pem("CERTIFICATE", leaf.GetEncoded())]);
            (NodeVersion Version, string Program)[] programs =
            [
                (NodeVersion.Node20, "node"),
                (NodeVersion.Node22, await NodeOfNpm.ProgramAsync(NodeOfNpm.Node22)),
                (NodeVersion.Node24, await NodeOfNpm.ProgramAsync(NodeOfNpm.Node24)),
                (NodeVersion.Node26, await NodeOfNpm.ProgramAsync(NodeOfNpm.Node26)),
            ];
            foreach (var (version, program) in programs)
            {
                var theirs = await Tool.RunAsync(program, ["-e", Client, port, roots]);
                var ours = new StrictPathValidator(version).Validate([leaf.GetEncoded()], TrustAnchors.FromPem(await File.ReadAllTextAsync(roots, TestContext.Current.CancellationToken)), Host, DateTimeOffset.UtcNow);
                var isOld = version == NodeVersion.Node20;
                Assert.Equal((isOld ? ServerAlert : "OK", isOld ? "ERR_SSL_DECODE_ERROR" : "OK"), (theirs.Output.Trim(), ours.NodeCode));
            }
        }
        finally
        {
            server.Kill();
        }
    }

    [Fact]
    public void A_changed_signature_or_key_is_noticed()
    {
        var rootKey = Generate("ML-DSA-65");
        var root = Issue("CN=ML-DSA Root", rootKey.Public, "CN=ML-DSA Root", rootKey.Private, "ML-DSA-65", isAuthority: true);
        var leaf = Issue("CN=" + Host, Generate("ML-DSA-44").Public, "CN=ML-DSA Root", Generate("ML-DSA-65").Private, "ML-DSA-65", isAuthority: false);
        var result = new StrictPathValidator(NodeVersion.Node24).Validate([leaf.GetEncoded()], TrustAnchors.FromPem(Pem("CERTIFICATE", root.GetEncoded())), Host, DateTimeOffset.UtcNow);

        Assert.Equal("CERT_SIGNATURE_FAILURE", result.NodeCode);
    }

    private static async Task<string> StartAsync(Process server, string[] input)
    {
        await server.StandardInput.WriteAsync(JsonSerializer.Serialize(input));
        server.StandardInput.Close();
        return (await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
    }

    private static AsymmetricCipherKeyPair Generate(string algorithm)
    {
        var generator = new MLDsaKeyPairGenerator();
        generator.Init(new MLDsaKeyGenerationParameters(new SecureRandom(), algorithm switch
        {
            "ML-DSA-44" => MLDsaParameters.ml_dsa_44,
            "ML-DSA-65" => MLDsaParameters.ml_dsa_65,
            _ => MLDsaParameters.ml_dsa_87,
        }));
        return generator.GenerateKeyPair();
    }

    private static X509Certificate Issue(string subject, AsymmetricKeyParameter key, string issuer, AsymmetricKeyParameter issuerKey, string algorithm, bool isAuthority)
    {
        var generator = new X509V3CertificateGenerator();
        generator.SetSerialNumber(BigInteger.ValueOf(isAuthority ? 1 : 2));
        generator.SetSubjectDN(new X509Name(subject));
        generator.SetIssuerDN(new X509Name(issuer));
        generator.SetNotBefore(DateTime.UtcNow.AddDays(-1));
        generator.SetNotAfter(DateTime.UtcNow.AddDays(30));
        generator.SetPublicKey(key);
        generator.AddExtension(X509Extensions.BasicConstraints, critical: true, new BasicConstraints(isAuthority));
        generator.AddExtension(X509Extensions.KeyUsage, critical: true, new KeyUsage(isAuthority ? KeyUsage.KeyCertSign : KeyUsage.DigitalSignature));
        if (!isAuthority)
        {
            generator.AddExtension(X509Extensions.SubjectAlternativeName, critical: false, new GeneralNames(new GeneralName(GeneralName.DnsName, Host)));
        }

        return generator.Generate(new Asn1SignatureFactory(algorithm, issuerKey));
    }

    private static string Pem(string label, byte[] der) =>
        string.Create(CultureInfo.InvariantCulture, $"-----BEGIN {label}-----\n{Convert.ToBase64String(der, Base64FormattingOptions.InsertLineBreaks)}\n-----END {label}-----\n");
}
