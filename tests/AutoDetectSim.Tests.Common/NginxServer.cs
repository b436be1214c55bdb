using System.Diagnostics;

namespace AutoDetectSim.Tests.Common;

/// <summary>An nginx with a Unix domain socket for each server: no port that somebody else could take.</summary>
public sealed class NginxServer : IAsyncDisposable
{
    private readonly Process _process;

    private NginxServer(Process process) => _process = process;

    /// <summary>Starts nginx.</summary>
    /// <param name="folder">Where its files go.</param>
    /// <param name="servers">Server blocks.</param>
    public static async Task<NginxServer> StartAsync(string folder, string servers)
    {
        Needs.AssertDeclared("nginx");
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            daemon off;
            master_process off;
            pid {{folder}}/nginx.pid;
            error_log stderr notice;
            events {}
            http {
                access_log off;
                client_body_temp_path {{folder}}/t1;
                proxy_temp_path {{folder}}/t2;
                fastcgi_temp_path {{folder}}/t3;
                uwsgi_temp_path {{folder}}/t4;
                scgi_temp_path {{folder}}/t5;
                {{servers}}
            }
            """);
        var process = Process.Start(new ProcessStartInfo(Find(), ["-e", "stderr", "-c", configuration]) { RedirectStandardError = true, UseShellExecute = false })!;
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
                    return new NginxServer(process);
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

    // Debian keeps it where only root's path leads.
    private static string Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, "nginx")).FirstOrDefault(File.Exists) ?? "nginx";
}
