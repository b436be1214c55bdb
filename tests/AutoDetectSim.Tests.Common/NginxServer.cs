namespace AutoDetectSim.Tests.Common;

/// <summary>An nginx with a Unix domain socket for each server: no port that somebody else could take.</summary>
public sealed class NginxServer : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private NginxServer(ServerProcess process) => _process = process;

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
        // It opens its sockets before it tells its version.
        return new NginxServer(await ServerProcess.StartAsync(
            "nginx",
            ["-e", "stderr", "-c", configuration],
            saysOnStandardOutput: false,
            line => line.Contains("[notice]", StringComparison.Ordinal) && line.Contains(" nginx/", StringComparison.Ordinal)));
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
