using System.Net;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Exchange;
using AutoDetectSim.LoadBalancing;
using AutoDetectSim.Network;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls;

namespace AutoDetectSim;

/// <summary>The parts of a lab, put together and not yet listening.</summary>
internal sealed record LabWorld
{
    /// <summary>The first address that a balancer gets which names none (TEST-NET-3, RFC 5737).</summary>
    private const string FirstAddress = "203.0.113.10";

    public required LabServer Server { get; init; }

    public required LabPki Pki { get; init; }

    public required LabServices Services { get; init; }

    public required ExchangeServers Exchange { get; init; }

    public required TlsKeyLog? KeyLog { get; init; }

    public required LabNetwork Network { get; init; }

    public required StrictHttpClient Client { get; init; }

    public required StrictPathValidator Validator { get; init; }

    public required TrustAnchors Anchors { get; init; }

    public required IReadOnlyList<IssuedCertificate> TrustAnchors { get; init; }

    public required AutoDetectService AutoDetect { get; init; }

    public required DetectionJournal Journal { get; init; }

    public static async Task<LabWorld> BuildAsync(Scenario scenario, LabOptions options, CancellationToken cancellationToken)
    {
        var time = options.TimeProvider;
        var keyLog = options.OpenKeyLog();
        var exchangeTask = ExchangeServers.StartAsync(scenario, time, options.Loggers, cancellationToken);
        var pki = LabPki.Create(
            new LabPkiDefinition
            {
                Seed = scenario.Seed,
                Authorities = scenario.Authorities,
                Certificates = scenario.Certificates,
                BaseDirectory = scenario.BaseDirectory,
            },
            time);
        var exchange = await exchangeTask;
        var claimed = scenario.LoadBalancers.SelectMany(balancer => balancer.Hosts).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var journal = new DetectionJournal();
        var services = new LabServices(scenario, options, pki, exchange.Online, claimed, keyLog);
        var virtualIps = CreateBalancers(scenario, pki, exchange, keyLog);
        virtualIps.AddRange(services.VirtualIps);

        var network = new LabNetwork(virtualIps, DnsZone.Create(scenario, virtualIps));
        IReadOnlyList<IssuedCertificate> trustAnchors = [.. pki.TrustAnchors, services.Root];
        var anchors = Certificates.Validation.TrustAnchors.FromDer(trustAnchors.Select(anchor => anchor.Der));
        var validator = new StrictPathValidator();
        var client = new StrictHttpClient(network, validator, anchors, time, keyLog);
        var autoDetect = new AutoDetectService(scenario, client, network.Zone, time, options.Loggers);
        services.Connect(autoDetect, journal);
        return new LabWorld
        {
            Server = new LabServer(network, time, options.Loggers, options.GatewayPort),
            Pki = pki,
            Services = services,
            Exchange = exchange,
            KeyLog = keyLog,
            Network = network,
            Client = client,
            Validator = validator,
            Anchors = anchors,
            TrustAnchors = trustAnchors,
            AutoDetect = autoDetect,
            Journal = journal,
        };
    }

    private static List<VirtualIp> CreateBalancers(Scenario scenario, LabPki pki, ExchangeServers exchange, TlsKeyLog? keyLog)
    {
        var taken = scenario.LoadBalancers
            .Where(balancer => balancer.Address is not null)
            .Select(balancer => IPAddress.Parse(balancer.Address!))
            .ToHashSet();
        var next = IPAddress.Parse(FirstAddress);
        var virtualIps = new List<VirtualIp>();
        foreach (var definition in scenario.LoadBalancers)
        {
            IPAddress address;
            if (definition.Address is not null)
            {
                address = IPAddress.Parse(definition.Address);
            }
            else
            {
                while (!taken.Add(next))
                {
                    next = Following(next);
                }

                address = next;
            }

            var nodes = definition.Nodes.Select(node => CreateNode(definition, node, pki, exchange, keyLog)).ToList();
            var balancer = new LoadBalancer(definition.Name, nodes, LoadBalancingPolicies.Create(definition, scenario.Seed), definition.Persistence);
            virtualIps.Add(new VirtualIp(definition.Name, address, definition.Port, definition.Hosts, balancer)
            {
                Firewall = Firewall.FromRanges(definition.AllowFrom),
            });
        }

        return virtualIps;
    }

    private static LabNode CreateNode(LoadBalancerDefinition balancer, NodeDefinition definition, LabPki pki, ExchangeServers exchange, TlsKeyLog? keyLog)
    {
        var recipe = balancer.Tls == TlsHandling.Terminate ? balancer.Present! : definition.Present!;
        var node = new LabNode(definition.Name, context => exchange.HandleAsync(context, definition))
        {
            Definition = definition,
            Weight = definition.Weight,
            Up = definition.Up,
            Fault = definition.Fault,
        };
        if (definition.Fault != TransportFault.PlainHttp)
        {
            node.Presented = () => pki.Present(recipe);
            var settings = new Lazy<TlsServerSettings>(() => NodeTls.Settings(definition, pki.Present(recipe), keyLog));
            node.Tls = () => settings.Value;
        }

        return node;
    }

    private static IPAddress Following(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        for (var index = bytes.Length - 1; index >= 0 && ++bytes[index] == 0; index--)
        {
        }

        return new IPAddress(bytes);
    }
}
