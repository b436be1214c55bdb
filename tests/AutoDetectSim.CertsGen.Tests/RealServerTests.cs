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

    public void Dispose() => _folder.Dispose();

    private string Socket(string site) => _folder.In(site + ".sock");
}
