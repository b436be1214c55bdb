using System.Text.Json;
using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.CertsGen.Tests;

[Trait("Needs", "tools")]
public sealed class RealServerTests : IDisposable
{
    private const string Host = "mail.contoso.com";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_real_nginx_has_the_same_fault_for_every_shape()
    {
        var servers = ChainShapes.Names.ToDictionary(shape => shape, shape =>
        {
            var target = _folder.In(shape);
            Assert.Equal(0, CertsGen.Run("--host", Host, "--shape", shape, "--keys", "-o", target).ExitCode);
            return target;
        });
        await using var nginx = await NginxServer.StartAsync(_folder.Path, string.Concat(servers.Select(server => $$"""
            server {
                listen unix:{{Socket(server.Key)}} ssl;
                server_name {{Host}};
                ssl_certificate     {{server.Value}}/servers/server/chain.pem;
                ssl_certificate_key {{server.Value}}/servers/server/key.pem;
            }

            """)));

        foreach (var (shape, target) in servers)
        {
            var shown = await Tool.OpenSslAsync("", "s_client", "-unix", Socket(shape), "-servername", Host, "-showcerts");
            var text = shown.Output[..shown.Output.IndexOf("Server certificate", StringComparison.Ordinal)];
            Assert.Equal(
                PemFile.Read(Path.Combine(target, "servers", "server", "chain.pem")).Certificates.Select(certificate => Convert.ToHexString(certificate.Der.Span)),
                PemFile.Parse(text).Certificates.Select(certificate => Convert.ToHexString(certificate.Der.Span)));
        }

        var cases = servers.Select(server => new { path = Socket(server.Key), ca = File.ReadAllText(Path.Combine(server.Value, "roots.pem")), host = Host });
        var node = await Tool.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "connections.js")], JsonSerializer.Serialize(cases));
        Assert.True(node.ExitCode == 0, node.Error);
        Assert.Equal(
            Enum.GetValues<ChainShape>().Select(shape => $"{ChainShapes.NameOf(shape)}: {ChainShapes.ExpectedNodeCode(shape)}"),
            servers.Keys.Zip(JsonSerializer.Deserialize<string[]>(node.Output)!, (shape, code) => $"{shape}: {code}"));
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    public async Task The_written_configuration_runs_every_server_with_its_chain(string program)
    {
        var target = _folder.In("out");
        var scenario = _folder.Scenario("{ name: ex01, certificate: mail }\n{ name: ex02, certificate: mail, present: missingIntermediate }");
        Assert.Equal(0, CertsGen.Run(scenario, "--keys", "-o", target).ExitCode);
        var (file, first) = program == "nginx" ? (ServerConfigurations.NginxName, ServerConfigurations.FirstNginxPort) : (ServerConfigurations.HaProxyName, ServerConfigurations.FirstHaProxyPort);

        // Sockets in the folder in place of ports that another program could have.
        var text = await File.ReadAllTextAsync(Path.Combine(target, file), TestContext.Current.CancellationToken);
        foreach (var (index, name) in new[] { "ex01", "ex02" }.Index())
        {
            var port = $"127.0.0.1:{first + index}";
            Assert.Contains(port, text, StringComparison.Ordinal);
            text = text.Replace(port, (program == "nginx" ? "unix:" : "unix@") + Socket(name), StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(Path.Combine(target, file), program == "nginx" ? "daemon off;\nmaster_process off;\n" + text : text, TestContext.Current.CancellationToken);
        await using var server = program == "nginx"
            ? await ServerProcess.StartAsync("nginx", ["-e", "stderr", "-p", target, "-c", file, "-g", "error_log stderr notice;"], saysOnStandardOutput: false, line => line.Contains(" nginx/", StringComparison.Ordinal))
            : await ServerProcess.StartAsync("haproxy", ["-db", "-V", "-f", Path.Combine(target, file)], saysOnStandardOutput: true, line => line.StartsWith("Using ", StringComparison.Ordinal));
        foreach (var name in (string[])["ex01", "ex02"])
        {
            var shown = await Tool.OpenSslAsync("", "s_client", "-unix", Socket(name), "-servername", Host, "-showcerts");
            Assert.Equal(
                PemFile.Read(Path.Combine(target, "servers", name, "chain.pem")).Certificates.Select(certificate => Convert.ToHexString(certificate.Der.Span)),
                PemFile.Parse(shown.Output[..shown.Output.IndexOf("Server certificate", StringComparison.Ordinal)]).Certificates.Select(certificate => Convert.ToHexString(certificate.Der.Span)));
        }
    }

    public void Dispose() => _folder.Dispose();

    private string Socket(string site) => _folder.In(site + ".sock");
}
