using System.Net.Sockets;
using AutoDetectSim.Network;
using AutoDetectSim.Network.Faults;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Hosting;

/// <summary>
/// The health probes of the lab's balancers. A balancer knows only what its own probe reports: one that checks
/// OWA keeps a node whose ActiveSync is gone ([LBDOC]). Probes run when the lab starts and after every change of the lab, as
/// if their interval had just passed.
/// </summary>
internal sealed class HealthProbes(LabNetwork network, TimeProvider time, ILogger<HealthProbes> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Asks every node of every balancer that has a probe.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var probed = network.VirtualIps
            .Where(virtualIp => virtualIp is { IsHttps: true, Balancer.Definition.HealthProbe: not null } && network.Elsewhere?.HasNodesOf(virtualIp) != true)
            .SelectMany(virtualIp => virtualIp.Balancer.Nodes.Select(node => (VirtualIp: virtualIp, Node: node)));
        await Parallel.ForEachAsync(
            probed,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (target, token) =>
            {
                var isHealthy = await IsHealthyAsync(target.VirtualIp, target.Node, target.VirtualIp.Balancer.Definition!.HealthProbe!.Path, token);
                if (target.Node.Healthy != isHealthy)
                {
                    target.Node.Healthy = isHealthy;
                    logger.HealthProbeChanged(target.Node.Name, isHealthy ? "in" : "out of", target.VirtualIp.Balancer.Name);
                }
            });
    }

    private async Task<bool> IsHealthyAsync(VirtualIp virtualIp, ServedNode node, string path, CancellationToken cancellationToken)
    {
        // A fault of a share of connections is one that a probe usually misses.
        if (node.Faults.Share.IsAll && IsUnreachable(node.Faults.Kind, path))
        {
            return false;
        }

        if (path.Length == 0)
        {
            return true;
        }

        using var timeout = new CancellationTokenSource(Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var connection = new LabConnection(virtualIp, new NodeLease(node), network.Connections.NewExternalCaller()) { IsProbe = true };
            using var lease = connection.Lease;
            var socket = await network.ConnectAsync(connection, linked.Token);
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            var request = new LabHttpRequest { Method = "GET", Uri = new Uri($"http://{virtualIp.Hosts[0]}{path}") };
            var response = await StrictHttpClient.ExchangeAsync(stream, request, linked.Token);
            return response.StatusCode == 200;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    /// <summary>Whether a probe of TCP, or one of HTTP, cannot get through a fault.</summary>
    private static bool IsUnreachable(TransportFault fault, string path) => fault switch
    {
        // The hello of a balancer is a small one, in one segment.
        _ when HelloFault.Is(fault) => false,
        TransportFault.None => false,
        TransportFault.Refused or TransportFault.Dropped => true,
        _ => path.Length > 0,
    };
}
