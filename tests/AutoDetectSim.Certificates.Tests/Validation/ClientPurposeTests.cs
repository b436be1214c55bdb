using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Tests.Issuance;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Tests.Validation;

/// <summary>Certificates that clients present to servers (mutual TLS).</summary>
public sealed partial class ClientPurposeTests
{
    /// <summary>Usages of the certificate, usages of its issuer, further extensions, and whether a server accepts it from a client.</summary>
    private static readonly (string Name, string[] Leaf, string[] Issuer, ExtensionRecipe[] Extensions, ValidationCode Expected)[] Cases =
    [
        ("both", ["serverAuth", "clientAuth"], [], [], ValidationCode.Ok),
        ("client-only", ["clientAuth"], [], [], ValidationCode.Ok),
        ("server-only", ["serverAuth"], [], [], ValidationCode.InvalidPurpose),
        ("any", ["anyExtendedKeyUsage"], [], [], ValidationCode.InvalidPurpose),
        ("issuer-server-only", ["serverAuth", "clientAuth"], ["serverAuth"], [], ValidationCode.InvalidPurpose),
        ("issuer-both", ["serverAuth", "clientAuth"], ["serverAuth", "clientAuth"], [], ValidationCode.Ok),
        ("key-encipherment", ["serverAuth", "clientAuth"], [], [KeyUsage("AwIFIA==")], ValidationCode.InvalidPurpose),
        ("key-agreement", ["serverAuth", "clientAuth"], [], [KeyUsage("AwIDCA==")], ValidationCode.Ok),
        ("netscape-server", ["clientAuth"], [], [Netscape("AwIGQA==")], ValidationCode.InvalidPurpose),
        ("netscape-client", ["clientAuth"], [], [Netscape("AwIHgA==")], ValidationCode.Ok),
    ];

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Openssl_and_a_Node_server_judge_client_certificates_alike()
    {
        using var pki = Pki.Create(new LabPkiDefinition
        {
            Authorities =
            [
                new() { Name = "root", Trusted = true },
                new() { Name = "issuing", Issuer = "root" },
                .. Cases.Select(one => new AuthorityRecipe { Name = $"issuer of {one.Name}", Issuer = "root", ExtendedKeyUsage = one.Issuer }),
            ],
            Certificates =
            [
                new() { Name = "server", Issuer = "issuing", Hosts = [Pki.Host] },
                .. Cases.Select(one => new CertificateRecipe { Name = one.Name, Issuer = $"issuer of {one.Name}", Hosts = [Pki.Host], ExtendedKeyUsage = one.Leaf, Extensions = one.Extensions }),
            ],
        });
        using var folder = new TemporaryFolder();
        var root = folder.Write("root.pem", pki.Get("root").ToPem());
        var anchors = TrustAnchors.FromPem(pki.Get("root").ToPem());
        var validator = new StrictPathValidator(NodeVersion.Node20, CertificatePurpose.Client);
        var node = await NodeAsync(pki);
        for (var index = 0; index < Cases.Length; index++)
        {
            var (name, _, _, _, expected) = Cases[index];
            var result = validator.Validate(Presented(pki, name), anchors, host: null, TimeProvider.System.GetUtcNow());
            Assert.Equal((name, expected), (name, result.Code));
            Assert.Equal((name, result.NodeCode), (name, node[index]));

            var verified = await Tool.OpenSslAsync(
                null, "verify", "-purpose", "sslclient", "-CAfile", root, "-untrusted", folder.Write("issuer.pem", pki.Get($"issuer of {name}").ToPem()), folder.Write("leaf.pem", pki.Get(name).ToPem()));
            var first = Error().Match(verified.Error) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
            Assert.Equal((name, result.Code.OpenSslNumber()), (name, (int?)first));
        }
    }

    [Fact]
    public void The_explanation_names_what_a_client_certificate_lacks()
    {
        using var pki = Pki.Create(new LabPkiDefinition
        {
            Authorities = [new() { Name = "root", Trusted = true }],
            Certificates = [new() { Name = "mail", Issuer = "root", Hosts = [Pki.Host], ExtendedKeyUsage = ["serverAuth"] }],
        });
        var anchors = TrustAnchors.FromPem(pki.Get("root").ToPem());
        var at = TimeProvider.System.GetUtcNow();

        var asClient = new StrictPathValidator(NodeVersion.Node24, CertificatePurpose.Client).Validate([pki.Get("mail").Der], anchors, host: null, at);
        Assert.Contains("lacks clientAuth", asClient.Explanation, StringComparison.Ordinal);
        Assert.True(new StrictPathValidator(NodeVersion.Node24).Validate([pki.Get("mail").Der], anchors, host: null, at).Accepted);
    }

    private static List<ReadOnlyMemory<byte>> Presented(LabPki pki, string name) => [pki.Get(name).Der, pki.Get($"issuer of {name}").Der];

    private static async Task<string[]> NodeAsync(LabPki pki)
    {
        var server = Identity(pki, "server");
        var input = Cases.Select(one => new { server, client = Identity(pki, one.Name), ca = pki.Get("root").ToPem() });
        var result = await Tool.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "Validation", "client-purpose.js")], JsonSerializer.Serialize(input));
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonSerializer.Deserialize<string[]>(result.Output)!;
    }

    private static object Identity(LabPki pki, string name)
    {
        var chain = pki.Present(new PresentedChainRecipe { Certificate = name, Shape = ChainShape.Complete });
        return new { cert = chain.ToPem(), key = chain.PrivateKey.ExportPkcs8PrivateKeyPem() };
    }

    private static ExtensionRecipe KeyUsage(string value) => new() { Oid = "2.5.29.15", Critical = true, Value = value };

    private static ExtensionRecipe Netscape(string value) => new() { Oid = "2.16.840.1.113730.1.1", Value = value };

    [GeneratedRegex("error ([0-9]+) at")]
    private static partial Regex Error();
}
