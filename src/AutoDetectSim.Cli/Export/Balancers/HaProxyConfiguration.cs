using System.Globalization;
using System.Text;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Export.Balancers;

/// <summary>HAProxy as a balancer of TCP connections, which asks each node's health endpoint.</summary>
internal static class HaProxyConfiguration
{
    /// <summary>The image.</summary>
    public const string Image = "docker.io/library/haproxy:3.2-alpine";

    private const int MostWeight = 256;

    /// <summary>The configuration.</summary>
    /// <param name="balancer">The balancer that it replaces.</param>
    /// <param name="nodes">Its nodes with the address of each, as HOST:PORT, and the port of its health endpoint.</param>
    /// <param name="port">The port to listen on.</param>
    public static string Write(ExportedPart balancer, IEnumerable<(ExportedPart Node, string Address, int HealthPort)> nodes, int port)
    {
        var definition = balancer.Balancer!;
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $$"""
            global
                log stdout format raw local0
                maxconn 4096

            defaults
                mode tcp
                log global
                option tcplog
                option redispatch
                timeout connect 5s
                timeout client 60s
                timeout server 60s

            frontend {{balancer.Name}}
                bind :{{port}}
                default_backend nodes

            backend nodes
                balance {{MethodOf(definition)}}

            """).ReplaceLineEndings("\n"));
        if (definition.Persistence == Persistence.SourceAddress && definition.Algorithm != BalancingAlgorithm.SourceHash)
        {
            text.Append("    stick-table type ip size 10k expire 10m\n    stick on src\n");
        }

        text.Append("    option httpchk GET /readyz\n    default-server check inter 2s init-addr last,libc,none\n");
        foreach (var (node, address, health) in nodes)
        {
            var weight = RealBalancers.WeightOf(node.Node!, definition, MostWeight);
            text.Append(CultureInfo.InvariantCulture, $"    server {node.Name} {address} check port {health} weight {weight}{(node.Node!.Up ? string.Empty : " disabled")}\n");
        }

        return text.ToString();
    }

    private static string MethodOf(LoadBalancerDefinition balancer) => balancer.Algorithm switch
    {
        BalancingAlgorithm.Random => "random",
        BalancingAlgorithm.LeastConnections => "leastconn",
        BalancingAlgorithm.SourceHash => "source",
        _ => "roundrobin",
    };
}
