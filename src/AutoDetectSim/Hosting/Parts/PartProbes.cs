using System.Net.Sockets;
using AutoDetectSim.Network;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Roles;
using AutoDetectSim.Tls;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Hosting.Parts;

/// <summary>The health probes of the load balancers of this process, to nodes that are other processes: one every few seconds.</summary>
internal sealed class PartProbes(LabNetwork network, LabParts parts, PartDialer dialer, TimeProvider time, ILogger<HealthProbes> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    /// <summary>How many probes in a row fail before a node is taken out: a fault of a share of connections is one that probes usually miss.</summary>
    private const int Fall = 2;

    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<PartRole, int> _failures = [];
    private Task _probing = Task.CompletedTask;

    /// <summary>Begins, with a probe at once.</summary>
    public void Start() => _probing = GoOnAsync(_stopping.Token);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _probing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task GoOnAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            var probed = network.VirtualIps
                .Where(virtualIp => virtualIp is { IsHttps: true, Balancer.Definition.HealthProbe: not null } && dialer.HasNodesOf(virtualIp) && !dialer.Serves(virtualIp))
                .SelectMany(virtualIp => virtualIp.Balancer.Nodes.Select(node => (VirtualIp: virtualIp, Node: node, Role: PartRole.OfNode(virtualIp.Balancer.Name, node.Name))))
                .Where(target => !parts.Is(target.Role)).ToList();
            var answers = await Task.WhenAll(probed.Select(target => IsHealthyAsync(target.VirtualIp, target.Role, cancellationToken)));
            foreach (var (target, isHealthy) in probed.Zip(answers))
            {
                var failures = _failures[target.Role] = isHealthy ? 0 : _failures.GetValueOrDefault(target.Role) + 1;
                Set(target.VirtualIp.Balancer, target.Node, isHealthy || (target.Node.Healthy && failures < Fall));
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private void Set(LoadBalancer balancer, ServedNode node, bool isHealthy)
    {
        if (node.Healthy != isHealthy)
        {
            node.Healthy = isHealthy;
            logger.HealthProbeChanged(node.Name, isHealthy ? "in" : "out of", balancer.Name);
        }
    }

    private async Task<bool> IsHealthyAsync(VirtualIp virtualIp, PartRole role, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await using var transport = new NetworkStream(await dialer.ConnectAsync(role, linked.Token), ownsSocket: true);
            var path = virtualIp.Balancer.Definition!.HealthProbe!.Path;
            if (path.Length == 0)
            {
                return true;
            }

            await using var secure = await TlsClient.ConnectAsync(transport, new TlsClientSettings { ServerName = virtualIp.Hosts[0], TimeProvider = time }, linked.Token);
            var request = new LabHttpRequest { Method = "GET", Uri = new Uri($"http://{virtualIp.Hosts[0]}{path}") };
            return (await StrictHttpClient.ExchangeAsync(secure.Stream, request, linked.Token)).StatusCode == 200;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or OperationCanceledException or TlsHandshakeException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
