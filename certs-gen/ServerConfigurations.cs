using System.Globalization;
using System.Text;

namespace AutoDetectSim.CertsGen;

/// <summary>
/// Configurations of real servers that present the chains of a folder, each server at a port of this computer. Only those with private keys are of use.
/// </summary>
internal static class ServerConfigurations
{
    public const string NginxName = "nginx.conf";
    public const string HaProxyName = "haproxy.cfg";
    public const string BundleName = "haproxy.pem";

    /// <summary>The port of the first server in nginx; each of the next has the port after it.</summary>
    public const int FirstNginxPort = 8443;

    /// <summary>The same in HAProxy.</summary>
    public const int FirstHaProxyPort = 20443;

    private const int MostServers = 10_000;

    /// <summary>The files; none where there are more servers than ports.</summary>
    /// <param name="servers">The servers. Those whose key does not belong to the first certificate are left out: real servers refuse to load them.</param>
    public static IEnumerable<PkiFile> Of(IReadOnlyList<ServerFiles> servers)
    {
        List<ServerFiles> loadable = [.. servers.Where(server => ReferenceEquals(server.Chain.Certificates[0], server.Chain.Leaf))];
        if (loadable.Count is 0 or > MostServers)
        {
            yield break;
        }

        yield return PkiFile.Text(NginxName, Nginx(loadable));
        yield return PkiFile.Text(HaProxyName, HaProxy(loadable));
        foreach (var server in loadable)
        {
            yield return PkiFile.Text($"{server.Path}/{BundleName}", server.Chain.ToPem() + server.Chain.PrivateKey.ExportPkcs8PrivateKeyPem() + "\n", secret: true);
        }
    }

    private static string Nginx(List<ServerFiles> servers)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $$"""
            # Each server of the scenario at a port of this computer, from {{FirstNginxPort}} on. In this folder: nginx -p . -c {{NginxName}}
            # Replace `return` by `proxy_pass https://SERVER;` to put it in front of a real one, and `listen` to serve other computers.
            pid nginx.pid;
            error_log stderr;
            events { }
            http {
                access_log off;
                client_body_temp_path nginx-body;
                proxy_temp_path nginx-proxy;
                fastcgi_temp_path nginx-fastcgi;
                uwsgi_temp_path nginx-uwsgi;
                scgi_temp_path nginx-scgi;

            """).ReplaceLineEndings("\n"));
        foreach (var (index, server) in servers.Index())
        {
            text.Append(string.Create(CultureInfo.InvariantCulture, $$"""

                    server {  # {{NameOf(server)}}
                        listen 127.0.0.1:{{FirstNginxPort + index}} ssl;
                        server_name {{(server.Server.Hosts.Count == 0 ? "_" : string.Join(' ', server.Server.Hosts))}};
                        ssl_certificate     {{server.Path}}/chain.pem;
                        ssl_certificate_key {{server.Path}}/key.pem;
                        return 200 "{{NameOf(server)}}\n";
                    }

                """).ReplaceLineEndings("\n"));
        }

        return text.Append("}\n").ToString();
    }

    private static string HaProxy(List<ServerFiles> servers)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            # Each server of the scenario at a port of this computer, from {FirstHaProxyPort} on: haproxy -f {HaProxyName}
            # Replace `http-request return` by `default_backend` to put it in front of a real one, and `bind` to serve other computers.
            global
                default-path config

            defaults
                mode http
                timeout connect 5s
                timeout client 30s
                timeout server 30s

            """).ReplaceLineEndings("\n"));
        foreach (var (index, server) in servers.Index())
        {
            text.Append(string.Create(CultureInfo.InvariantCulture, $"""

                frontend {NameOf(server)}
                    bind 127.0.0.1:{FirstHaProxyPort + index} ssl crt {server.Path}/{BundleName}
                    http-request return status 200 content-type text/plain string "{NameOf(server)}\n"

                """).ReplaceLineEndings("\n"));
        }

        return text.ToString();
    }

    private static string NameOf(ServerFiles server) => server.Path[(server.Path.LastIndexOf('/') + 1)..];
}
