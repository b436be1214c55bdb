using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using AutoDetectSim.Tls.Tests.Peers;

namespace AutoDetectSim.Tls.Tests;

public sealed class KestrelTests
{
    private static readonly TlsServerSettings Settings = new() { Identity = TestPki.P256, ApplicationProtocols = ["h2", "http/1.1"] };

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("--http1.1", "--tls-max", "1.3", "https HTTP/1.1 TLSv1.3 mail.contoso.test 2")]
    [InlineData("--http2", "--tls-max", "1.3", "https HTTP/2 TLSv1.3 mail.contoso.test 2")]
    [InlineData("--http1.1", "--tls-max", "1.2", "https HTTP/1.1 TLSv1.2 mail.contoso.test 2")]
    [InlineData("--http2", "--tls-max", "1.2", "https HTTP/2 TLSv1.2 mail.contoso.test 2")]
    public async Task Curl_trusts_the_chain_and_gets_an_answer(string protocol, string option, string version, string expected)
    {
        await using var server = await WebServer.StartAsync(Settings);
        var (exitCode, output, error) = await CurlAsync(server, [protocol, option, version]);
        Assert.True(exitCode == 0, error);
        Assert.Equal(expected, output);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("--http1.1")]
    [InlineData("--http2")]
    public async Task Curl_gets_a_large_body_back(string protocol)
    {
        await using var server = await WebServer.StartAsync(Settings);
        using var folder = new TemporaryFolder();
        var sent = folder.Write("sent.bin", RandomNumberGenerator.GetBytes(20_000_000));
        var received = Path.Combine(folder.Path, "received.bin");
        var (exitCode, _, error) = await CurlAsync(server, [protocol, "--data-binary", "@" + sent, "-o", received]);
        Assert.True(exitCode == 0, error);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(sent))), Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(received))));
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task The_identity_depends_on_the_name_that_the_client_asks_for()
    {
        await using var server = await WebServer.StartAsync((_, hello) =>
            Settings with { Identity = hello.ServerName == "mail.contoso.test" ? TestPki.P256 : TestPki.Rsa });
        Assert.Equal(0, (await CurlAsync(server, [])).ExitCode);
        var (_, output, _) = await Tool.RunAsync("openssl", ["s_client", "-connect", $"127.0.0.1:{server.Port}", "-servername", "other.contoso.test"]);
        Assert.Contains("Peer signature type: RSA-PSS", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_stops_without_waiting_for_a_handshake_that_never_ends()
    {
        var server = await WebServer.StartAsync(new TlsServerSettings { Fault = HandshakeFault.Silent });
        using var client = new TcpClient();
        await client.ConnectAsync(System.Net.IPAddress.Loopback, server.Port);
        var connecting = TlsClient.ConnectAsync(client.GetStream(), new());
        await server.HelloReceived;
        await server.StopAsync();
        await Assert.ThrowsAsync<TlsHandshakeException>(() => connecting);
        await server.DisposeAsync();
    }

    private static async Task<ToolResult> CurlAsync(WebServer server, string[] options)
    {
        using var folder = new TemporaryFolder();
        var root = folder.Write("root.pem", TestPki.RootPem);
        var port = server.Port.ToString(CultureInfo.InvariantCulture);
        return await Tool.RunAsync(
            "curl",
            ["-sS", "--noproxy", "*", "--cacert", root, "--connect-to", $"mail.contoso.test:443:127.0.0.1:{port}", "https://mail.contoso.test/", .. options]);
    }
}
