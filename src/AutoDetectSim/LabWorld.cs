using AutoDetectSim.AutoDetect;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Exchange;
using AutoDetectSim.LoadBalancing;
using AutoDetectSim.Network;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim;

/// <summary>The parts of a lab, put together and not yet listening.</summary>
internal sealed record LabWorld
{
    public required LabServer Server { get; init; }

    public required LabControl Control { get; init; }

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
        LabPki? pki = null;
        try
        {
            pki = LabPki.Create(
                new LabPkiDefinition
                {
                    Seed = scenario.Seed,
                    Authorities = scenario.Authorities,
                    Certificates = scenario.Certificates,
                    BaseDirectory = scenario.BaseDirectory,
                },
                time);
            return Assemble(scenario, options, pki, keyLog, await exchangeTask);
        }
        catch
        {
            pki?.Dispose();
            keyLog?.Dispose();
            await DisposeWhenStartedAsync(exchangeTask);
            throw;
        }
    }

    private static async Task DisposeWhenStartedAsync(Task<ExchangeServers> starting)
    {
        await ((Task)starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (starting.IsCompletedSuccessfully)
        {
            await (await starting).DisposeAsync();
        }
    }

    private static LabWorld Assemble(Scenario scenario, LabOptions options, LabPki pki, TlsKeyLog? keyLog, ExchangeServers exchange)
    {
        var time = options.TimeProvider;
        var claimed = scenario.LoadBalancers.SelectMany(balancer => balancer.Hosts).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var journal = new DetectionJournal();
        var services = new LabServices(scenario, options, pki, exchange.Online, claimed, keyLog);
        var identities = new NodeIdentities(pki, keyLog);
        var virtualIps = new BalancerFactory(scenario, identities, exchange).Create();
        virtualIps.AddRange(services.VirtualIps);

        var network = new LabNetwork(virtualIps, DnsZone.Create(scenario, virtualIps), time);
        IReadOnlyList<IssuedCertificate> trustAnchors = [.. pki.TrustAnchors, services.Root];
        var anchors = Certificates.Validation.TrustAnchors.FromDer(trustAnchors.Select(anchor => anchor.Der));
        var validator = new StrictPathValidator();
        var client = new StrictHttpClient(network, validator, anchors, time, keyLog);
        var autoDetect = new AutoDetectService(scenario, client, network.Zone, time, options.Loggers);
        services.Connect(autoDetect, journal);
        var server = new LabServer(network, time, options.Loggers, options.GatewayPort);
        return new LabWorld
        {
            Server = server,
            Control = new LabControl(
                scenario, network, server, identities, exchange, new HealthProbes(network, time, options.Loggers.CreateLogger<HealthProbes>()), time, options.Loggers.CreateLogger<LabControl>()),
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
}
