using System.Security.Cryptography;
using AutoDetectSim.Tls.Tests.Peers;

namespace AutoDetectSim.Tls.Tests;

public sealed class ProtocolVersionTests
{
    private static readonly Dictionary<string, (AsymmetricAlgorithm Key, byte[] Leaf)> Keys = new(StringComparer.Ordinal)
    {
        ["P-256"] = (TestPki.P256Key, TestPki.P256Leaf),
        ["P-384"] = (TestPki.P384Key, TestPki.P384Leaf),
        ["P-521"] = (TestPki.P521Key, TestPki.P521Leaf),
        ["RSA"] = (TestPki.RsaKey, TestPki.RsaLeaf),
    };

    private static readonly (TlsVersions Flag, string Name, string Option)[] Versions =
    [
        (TlsVersions.Tls10, "TLSv1", "-tls1"), (TlsVersions.Tls11, "TLSv1.1", "-tls1_1"),
        (TlsVersions.Tls12, "TLSv1.2", "-tls1_2"), (TlsVersions.Tls13, "TLSv1.3", "-tls1_3"),
    ];

    public static TheoryData<string, string> VersionsAndKeys
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (_, name, _) in Versions)
            {
                foreach (var key in Keys.Keys)
                {
                    data.Add(name, key);
                }
            }

            return data;
        }
    }

    [Theory]
    [Trait("Needs", "tools")]
    [MemberData(nameof(VersionsAndKeys))]
    public async Task Openssl_speaks_every_version_with_every_kind_of_key(string version, string key)
    {
        var (_, name, option) = Versions.Single(v => v.Name == version);
        await using var server = new EchoServer(new TlsServerSettings { Identity = Identity(key), Versions = TlsVersions.All });
        using var folder = new TemporaryFolder();
        var (exitCode, output, error) = await Tool.RunAsync(
            "openssl",
            [
                "s_client", option, "-cipher", "DEFAULT@SECLEVEL=0", "-connect", $"127.0.0.1:{server.Port}", "-servername", "mail.contoso.test",
                "-CAfile", folder.Write("root.pem", TestPki.RootPem), "-verify_return_error",
            ],
            "Q\n");
        Assert.True(exitCode == 0, output + error);
        Assert.Contains(name, output, StringComparison.Ordinal);
        Assert.Contains("Verify return code: 0 (ok)", output, StringComparison.Ordinal);
        Assert.Equal(version, (await server.HandshakeAsync()).Record.TlsVersion);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [MemberData(nameof(VersionsAndKeys))]
    public async Task Our_client_speaks_every_version_with_an_openssl_server(string version, string key)
    {
        var option = Versions.Single(v => v.Name == version).Option;
        var (privateKey, leaf) = Keys[key];
        await using var server = await ChildServer.OpenSslAsync(
            privateKey.ExportPkcs8PrivateKeyPem(), TestPki.Pem(leaf, TestPki.IssuingDer), option, "-cipher", "DEFAULT@SECLEVEL=0");
        await using var connection = await TlsClient.ConnectAsync(await server.DialAsync(), new() { ServerName = "mail.contoso.test", Versions = TlsVersions.All });
        Assert.Equal(version, connection.Record.TlsVersion);
        Assert.Equal([leaf, TestPki.IssuingDer], connection.Record.Presented.Select(certificate => certificate.ToArray()));
        await connection.Stream.WriteAsync("olleh\n"u8.ToArray());
        using var reader = new StreamReader(connection.Stream);
        Assert.Equal("hello", await reader.ReadLineAsync());
    }

    [Theory]
    [MemberData(nameof(VersionsAndKeys))]
    public async Task Our_client_speaks_every_version_with_our_server(string version, string key)
    {
        var (flag, _, _) = Versions.Single(v => v.Name == version);
        await using var server = new EchoServer(new TlsServerSettings { Identity = Identity(key), Versions = flag });
        await using var connection = await server.ConnectAsync(new() { ServerName = "mail.contoso.test", Versions = TlsVersions.All });
        Assert.Equal(version, connection.Record.TlsVersion);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("ed25519")]
    [InlineData("ed448")]
    [InlineData("rsa-pss")]
    [InlineData("brainpoolP256r1")]
    [InlineData("secp256k1")]
    public async Task Our_client_speaks_with_openssl_servers_of_rarer_keys(string kind)
    {
        using var folder = new TemporaryFolder();
        string[] algorithm = kind.StartsWith("ed", StringComparison.Ordinal) || kind == "rsa-pss" ? [kind] : ["EC", "-pkeyopt", "ec_paramgen_curve:" + kind];
        var key = Path.Combine(folder.Path, "key.pem");
        var certificate = Path.Combine(folder.Path, "certificate.pem");
        Assert.Equal(0, (await Tool.RunAsync("openssl", ["genpkey", "-algorithm", .. algorithm, "-out", key])).ExitCode);
        Assert.Equal(0, (await Tool.RunAsync("openssl", ["req", "-x509", "-key", key, "-subj", "/CN=x", "-out", certificate])).ExitCode);
        var isOddCurve = algorithm[0] == "EC";
        await using var server = await ChildServer.OpenSslAsync(
            await File.ReadAllTextAsync(key), [await File.ReadAllTextAsync(certificate)], isOddCurve ? ["-tls1_2"] : []);
        if (isOddCurve)
        {
            // The client does not offer these curves, so a careful server has no certificate for it.
            var failure = await Assert.ThrowsAsync<TlsHandshakeException>(async () => await TlsClient.ConnectAsync(await server.DialAsync(), new()));
            Assert.Equal(TlsFailure.AlertReceived, failure.Reason);
            return;
        }

        await using var connection = await TlsClient.ConnectAsync(await server.DialAsync(), new());
        Assert.Equal("TLSv1.3", connection.Record.TlsVersion);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("P-256")]
    [InlineData("P-384")]
    [InlineData("P-521")]
    [InlineData("X25519")]
    public async Task Every_group_is_spoken_with_openssl(string group)
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.Rsa });
        foreach (var version in (string[])["-tls1_2", "-tls1_3"])
        {
            var (exitCode, output, error) = await Tool.RunAsync("openssl", ["s_client", version, "-groups", group, "-connect", $"127.0.0.1:{server.Port}"]);
            Assert.True(exitCode == 0, output + error);
        }

        var (key, leaf) = Keys["RSA"];
        await using var openSsl = await ChildServer.OpenSslAsync(key.ExportPkcs8PrivateKeyPem(), TestPki.Pem(leaf), "-groups", group);
        await using var connection = await TlsClient.ConnectAsync(await openSsl.DialAsync(), new());
        Assert.Equal("TLSv1.3", connection.Record.TlsVersion);
    }

    [Fact]
    public async Task A_client_without_a_common_version_is_told_so()
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.P256, Versions = TlsVersions.Tls10 });
        var failure = await Assert.ThrowsAsync<TlsHandshakeException>(() => server.ConnectAsync());
        Assert.Equal((TlsFailure.AlertReceived, TlsAlertDescription.ProtocolVersion), (failure.Reason, failure.Alert));
        Assert.Equal("fatal protocol_version", Assert.Single(failure.Record.AlertsReceived).ToString());
    }

    private static TlsServerIdentity Identity(string key) => TestPki.Identity(Keys[key].Key, Keys[key].Leaf, TestPki.IssuingDer);
}
