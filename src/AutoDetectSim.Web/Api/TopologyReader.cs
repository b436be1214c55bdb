using System.Collections.Concurrent;
using System.Net;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Network;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Web.Api;

/// <summary>Describes a lab as one kind of client meets it.</summary>
/// <param name="lab">The lab.</param>
/// <param name="judge">Judges chains.</param>
internal sealed class TopologyReader(Lab lab, ChainJudge judge)
{
    /// <summary>Verdicts hold until the lab changes, and for this long: certificates expire.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private static readonly string[] Ranges = [SourceRanges.AutoDetect, SourceRanges.ExchangeOnline];

    private readonly ConcurrentDictionary<string, Judged> _judged = new(StringComparer.Ordinal);

    /// <summary>Reads the lab.</summary>
    public async Task<TopologyDocument> ReadAsync(ClientProfile client, CancellationToken cancellationToken)
    {
        var scenario = lab.Scenario;
        var judged = await JudgedAsync(client, cancellationToken);
        var met = Met();
        return new TopologyDocument
        {
            Scenario = scenario.Name,
            Title = scenario.Title,
            Email = ExampleAddress.Of(scenario),
            Revision = judged.Revision,
            Client = client.Name,
            VirtualIps = [.. judged.VirtualIps.Select(one => VirtualIpOf(one.VirtualIp, one.Groups, one.Verdicts, client, met))],
            Services = [.. lab.Network.VirtualIps.Where(one => one.IsService).Select(one => new TopologyService(one.Name, one.Hosts, one.Address.ToString()))],
            Names = [.. lab.Network.CustomerVirtualIps.SelectMany(one => one.Hosts)
                .Concat(scenario.Organizations.SelectMany(organization => organization.Domains).Select(domain => "autodiscover." + domain))
                .Distinct(StringComparer.OrdinalIgnoreCase).Select(NameOf)],
        };
    }

    private async Task<Judged> JudgedAsync(ClientProfile client, CancellationToken cancellationToken)
    {
        var revision = lab.Control.Log.Count;
        var now = lab.Options.TimeProvider.GetTimestamp();
        if (_judged.TryGetValue(client.Name, out var known) && known.Revision == revision && lab.Options.TimeProvider.GetElapsedTime(known.At, now) < Freshness)
        {
            return known;
        }

        var virtualIps = new List<JudgedVirtualIp>();
        foreach (var virtualIp in lab.Network.CustomerVirtualIps)
        {
            var groups = ChainJudge.GroupsOf(virtualIp);
            virtualIps.Add(new JudgedVirtualIp(virtualIp, groups, await judge.JudgeAsync(virtualIp, groups, client, cancellationToken)));
        }

        return _judged[client.Name] = new Judged(revision, now, virtualIps);
    }

    private static TopologyVirtualIp VirtualIpOf(
        VirtualIp virtualIp, IReadOnlyList<PresentedGroup> groups, IReadOnlyList<(string Host, ClientVerdict Verdict)> verdicts, ClientProfile client, Dictionary<string, (int Met, int Failed)> met)
    {
        var definition = virtualIp.Balancer.Definition!;
        var chains = groups.SelectMany(group => group.Nodes.Select(node => (node, group.Label))).ToDictionary(one => one.node, one => one.Label);
        return new TopologyVirtualIp
        {
            Name = virtualIp.Name,
            Hosts = virtualIp.Hosts,
            Address = virtualIp.Address.ToString(),
            Ipv6Address = virtualIp.Ipv6Address?.ToString(),
            Port = virtualIp.Port,
            UsesTls = virtualIp.UsesTls,
            Tls = DocumentValues.Camel(definition.Tls),
            Algorithm = DocumentValues.Camel(definition.Algorithm),
            AllowFrom = definition.AllowFrom,
            DenyFrom = definition.DenyFrom,
            Admits = Admits(virtualIp.Balancer.Firewall, client),
            Fault = FaultOf(definition.Fault),
            FaultShare = definition.FaultShare,
            Chains = [.. groups.Zip(verdicts, (group, verdict) => new TopologyChain
            {
                Label = group.Label,
                Presents = group.Names,
                Host = verdict.Host,
                Accepted = verdict.Verdict.Accepted,
                Code = verdict.Verdict.Code,
                Words = verdict.Verdict.Words,
                Because = verdict.Verdict.Because,
                Nodes = group.Nodes.Count,
            })],
            Nodes = [.. virtualIp.Balancer.Nodes.Select(node => NodeOf(node, chains.GetValueOrDefault(node), met.GetValueOrDefault(virtualIp.Balancer.Name + "/" + node.Name)))],
        };
    }

    private static TopologyNode NodeOf(ServedNode node, string? chain, (int Met, int Failed) met) => new()
    {
        Name = node.Name,
        Up = node.Up,
        Healthy = node.Healthy,
        Chain = chain,
        Fault = node.Definition is { } definition ? FaultOf(definition.Fault) : null,
        FaultShare = node.Definition?.FaultShare,
        Met = met.Met,
        Failed = met.Failed,
    };

    private TopologyName NameOf(string host)
    {
        var resolved = lab.Network.Zone.Resolve(host);
        return new TopologyName(host, DocumentValues.Camel(resolved.Status), [.. resolved.Addresses.Select(address => address.ToString())]);
    }

    /// <summary>AutoDetect and Exchange Online connect from published ranges; other clients from anywhere.</summary>
    private static string Admits(Firewall firewall, ClientProfile client)
    {
        IReadOnlyList<IPAddress> sources = client.Name switch
        {
            "autodetect" => Addresses(Ranges[0]),
            "exchange-online" => Addresses(Ranges[1]),
            _ => [ConnectionTable.ExternalAddress],
        };
        var admitted = sources.Count(firewall.Allows);
        return admitted == sources.Count ? "all" : admitted == 0 ? "none" : "some";
    }

    private static IReadOnlyList<IPAddress> Addresses(string range) => SourceRanges.TryParse(range, out var networks) ? [.. networks.Select(network => network.BaseAddress)] : [];

    private static string? FaultOf(TransportFault fault) => fault == TransportFault.None ? null : DocumentValues.Camel(fault);

    /// <summary>What the remembered detections met, by load balancer and node.</summary>
    private Dictionary<string, (int Met, int Failed)> Met()
    {
        var balancers = lab.Network.CustomerVirtualIps.Select(one => one.Balancer.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var counts = new Dictionary<string, (int Met, int Failed)>(StringComparer.OrdinalIgnoreCase);
        foreach (var detection in lab.Journal.All())
        {
            var met = NodesMet.Of(detection, balancers);
            foreach (var (node, balancer) in met.Balancers)
            {
                var key = balancer + "/" + node;
                var (number, failed) = counts.GetValueOrDefault(key);
                counts[key] = (number + 1, failed + (met.AtFault.Contains(node) ? 1 : 0));
            }
        }

        return counts;
    }

    private sealed record Judged(long Revision, long At, IReadOnlyList<JudgedVirtualIp> VirtualIps);

    private sealed record JudgedVirtualIp(VirtualIp VirtualIp, IReadOnlyList<PresentedGroup> Groups, IReadOnlyList<(string Host, ClientVerdict Verdict)> Verdicts);
}
