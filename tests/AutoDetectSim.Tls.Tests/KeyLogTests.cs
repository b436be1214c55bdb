using System.Text;
using AutoDetectSim.Tls.Tests.Peers;

namespace AutoDetectSim.Tls.Tests;

public sealed class KeyLogTests
{
    private static readonly string[] Labels13 =
    [
        "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0", "EXPORTER_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET", "SERVER_TRAFFIC_SECRET_0",
    ];

    public static TheoryData<string, string[]> Versions => new() { { "-tls1", ["CLIENT_RANDOM"] }, { "-tls1_2", ["CLIENT_RANDOM"] }, { "-tls1_3", Labels13 } };

    [Theory]
    [Trait("Needs", "tools")]
    [MemberData(nameof(Versions))]
    public async Task The_servers_log_says_what_openssl_says(string version, string[] labels)
    {
        using var folder = new TemporaryFolder();
        var theirs = Path.Combine(folder.Path, "theirs.keylog");
        using var ours = new MemoryStream();
        using var log = new TlsKeyLog(ours);
        await using (var server = new EchoServer(new TlsServerSettings { Identity = TestPki.P256, Versions = TlsVersions.All, KeyLog = log }))
        {
            var (exitCode, output, error) = await Tool.RunAsync(
                "openssl", ["s_client", version, "-cipher", "DEFAULT@SECLEVEL=0", "-keylogfile", theirs, "-connect", $"127.0.0.1:{server.Port}"]);
            Assert.True(exitCode == 0, output + error);
        }

        Compare(await File.ReadAllTextAsync(theirs), Encoding.ASCII.GetString(ours.ToArray()), labels);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [MemberData(nameof(Versions))]
    public async Task The_clients_log_says_what_openssl_says(string version, string[] labels)
    {
        using var folder = new TemporaryFolder();
        var theirs = Path.Combine(folder.Path, "theirs.keylog");
        var mine = Path.Combine(folder.Path, "ours.keylog");
        await using (var server = await ChildServer.OpenSslAsync(
            TestPki.P256Key.ExportPkcs8PrivateKeyPem(), TestPki.Pem(TestPki.P256Leaf), version, "-cipher", "DEFAULT@SECLEVEL=0", "-keylogfile", theirs))
        {
            using var log = TlsKeyLog.AppendTo(mine);
            await using var connection = await TlsClient.ConnectAsync(await server.DialAsync(), new() { Versions = TlsVersions.All, KeyLog = log });
            await connection.Stream.WriteAsync("x\n"u8.ToArray());
            Assert.True(await connection.Stream.ReadAsync(new byte[16]) > 0);
        }

        Compare(await File.ReadAllTextAsync(theirs), await File.ReadAllTextAsync(mine), labels);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("P-256")]
    [InlineData("X25519")]
    public async Task Every_kind_of_key_exchange_is_logged_in_tls_1_2(string group)
    {
        using var ours = new MemoryStream();
        using var log = new TlsKeyLog(ours);
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.Rsa, Versions = TlsVersions.Tls12, KeyLog = log });
        Assert.Equal(0, (await Tool.RunAsync("openssl", ["s_client", "-groups", group, "-connect", $"127.0.0.1:{server.Port}"])).ExitCode);
        Assert.StartsWith("CLIENT_RANDOM ", Encoding.ASCII.GetString(ours.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_connections_share_a_log_without_mixing_lines()
    {
        using var output = new MemoryStream();
        using var log = new TlsKeyLog(output);
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.P256, KeyLog = log });
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            await using var connection = await server.ConnectAsync(new() { KeyLog = log });
        }));
        var lines = Encoding.ASCII.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(50 * 2 * Labels13.Length, lines.Length);
        Assert.All(lines, line => Assert.Matches("^[A-Z_0]+ [0-9a-f]{64} ([0-9a-f]{64}|[0-9a-f]{96})$", line));
    }

    private static void Compare(string theirs, string ours, string[] labels)
    {
        var expected = theirs.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Order(StringComparer.Ordinal).ToList();
        Assert.Equal(labels, expected.Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(expected, ours.Split('\n').Where(line => line.Length > 0).Order(StringComparer.Ordinal));
    }
}
