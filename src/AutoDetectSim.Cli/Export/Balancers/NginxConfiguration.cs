using System.Globalization;
using System.Text;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Export.Balancers;

/// <summary>nginx as a balancer of TCP connections.</summary>
internal static class NginxConfiguration
{
    /// <summary>The image: nginx without root.</summary>
    public const string Image = "docker.io/nginxinc/nginx-unprivileged:1.29-alpine";

    private const int MostWeight = 65535;

    /// <summary>The configuration.</summary>
    /// <param name="balancer">The balancer that it replaces.</param>
    /// <param name="nodes">Its nodes with the address of each, as HOST:PORT.</param>
    /// <param name="port">The port to listen on.</param>
    public static string Write(ExportedPart balancer, IEnumerable<(ExportedPart Node, string Address)> nodes, int port)
    {
        var definition = balancer.Balancer!;
        var text = new StringBuilder(
            $$"""
            worker_processes 1;
            pid /tmp/nginx.pid;
            error_log stderr;
            events { worker_connections 4096; }
            stream {
                log_format nodes '$remote_addr -> $upstream_addr $status';
                access_log /dev/stdout nodes;
                upstream {{balancer.Name}} {

            """.ReplaceLineEndings("\n"));
        if (MethodOf(definition) is { } method)
        {
            text.Append("        ").Append(method).Append(";\n");
        }

        foreach (var (node, address) in nodes)
        {
            var weight = RealBalancers.WeightOf(node.Node!, definition, MostWeight);
            var isDown = !node.Node!.Up || weight == 0;
            text.Append(CultureInfo.InvariantCulture, $"        server {address}{(weight > 1 ? FormattableString.Invariant($" weight={weight}") : string.Empty)}{(isDown ? " down" : string.Empty)};\n");
        }

        return text.Append(string.Create(CultureInfo.InvariantCulture, $$"""
                }
                server {
                    listen {{port}};
                    proxy_connect_timeout 5s;
                    proxy_pass {{balancer.Name}};
                }
            }

            """).ReplaceLineEndings("\n")).ToString();
    }

    private static string? MethodOf(LoadBalancerDefinition balancer) => (balancer.Algorithm, balancer.Persistence) switch
    {
        (BalancingAlgorithm.SourceHash, _) or (_, Persistence.SourceAddress) => "hash $remote_addr consistent",
        (BalancingAlgorithm.Random, _) => "random",
        (BalancingAlgorithm.LeastConnections, _) => "least_conn",
        _ => null,
    };
}
