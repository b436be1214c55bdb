using System.Diagnostics;
using System.Text.Json;
using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.CertsGen.Tests;

public sealed class RealServerTests : IDisposable
{
    private const string Host = "mail.contoso.com";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task a_real_nginx_has_the_same_fault_for_every_shape()
    {
        Assert.True(FindNginx() is not null, "The tests need nginx. The README says how to install it.");
        var servers = ChainShapes.Names.ToDictionary(shape => shape, shape =>
        {
            var target = _folder.In(shape);
            Assert.Equal(0, CertsGen.Run("--host", Host, "--shape", shape, "--keys", "-o", target).ExitCode);
            return target;
        });
        await using var nginx = await NginxServer.Start(_folder, servers);

        foreach (var (shape, target) in servers)
        {
            var shown = await Tool.OpenSsl("", "s_client", "-unix", nginx.Socket(shape), "-servername", Host, "-showcerts");
            var text = shown.Output[..shown.Output.IndexOf("Server certificate", StringComparison.Ordinal)];
            Assert.Equal(
                PemFile.Read(Path.Combine(target, "servers", "server", "chain.pem")).Certificates.Select(certificate => Convert.ToHexString(certificate.Der.Span)),
                PemFile.Parse(text).Certificates.Select(certificate => Convert.ToHexString(certificate.Der.Span)));
        }

        var cases = servers.Select(server => new { path = nginx.Socket(server.Key), ca = File.ReadAllText(Path.Combine(server.Value, "roots.pem")), host = Host });
        var node = await Tool.Run("node", [Path.Combine(AppContext.BaseDirectory, "connections.js")], JsonSerializer.Serialize(cases));
        Assert.True(node.ExitCode == 0, node.Error);
        Assert.Equal(
            Enum.GetValues<ChainShape>().Select(shape => $"{ChainShapes.NameOf(shape)}: {ChainShapes.ExpectedNodeCode(shape)}"),
            servers.Keys.Zip(JsonSerializer.Deserialize<string[]>(node.Output)!, (shape, code) => $"{shape}: {code}"));
    }

    public void Dispose() => _folder.Dispose();

    // Debian keeps it where only root's path leads.
    private static string? FindNginx() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, "nginx")).FirstOrDefault(File.Exists);

    /// <summary>An nginx with one Unix domain socket per site: no port that somebody else could take.</summary>
    private sealed class NginxServer : IAsyncDisposable
    {
        private readonly string _folder;
        private readonly Process _process;

        private NginxServer(string folder, Process process)
        {
            _folder = folder;
            _process = process;
        }

        public string Socket(string site) => Path.Combine(_folder, site + ".sock");

        public static async Task<NginxServer> Start(TemporaryFolder folder, IReadOnlyDictionary<string, string> sites)
        {
            var configuration = folder.Write("nginx.conf", $$"""
                daemon off;
                master_process off;
                pid {{folder.In("nginx.pid")}};
                error_log stderr notice;
                events {}
                http {
                    access_log off;
                    client_body_temp_path {{folder.In("t1")}};
                    proxy_temp_path {{folder.In("t2")}};
                    fastcgi_temp_path {{folder.In("t3")}};
                    uwsgi_temp_path {{folder.In("t4")}};
                    scgi_temp_path {{folder.In("t5")}};
                {{string.Concat(sites.Select(site => $$"""
                        server {
                            listen unix:{{folder.In(site.Key + ".sock")}} ssl;
                            server_name {{Host}};
                            ssl_certificate     {{site.Value}}/servers/server/chain.pem;
                            ssl_certificate_key {{site.Value}}/servers/server/key.pem;
                        }

                    """))}}
                }
                """);
            var process = Process.Start(new ProcessStartInfo(FindNginx()!, ["-e", "stderr", "-c", configuration]) { RedirectStandardError = true, UseShellExecute = false })!;
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            try
            {
                // nginx opens its sockets before it tells its version.
                var log = new List<string>();
                while (await process.StandardError.ReadLineAsync(limit.Token) is { } line)
                {
                    log.Add(line);
                    if (line.Contains("[notice]", StringComparison.Ordinal) && line.Contains(" nginx/", StringComparison.Ordinal))
                    {
                        _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
                        return new NginxServer(folder.Path, process);
                    }
                }

                throw new InvalidOperationException(string.Join('\n', log));
            }
            catch
            {
                process.Kill();
                process.Dispose();
                throw;
            }
        }

        public async ValueTask DisposeAsync()
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }
}
