using System.Net;
using System.Net.Sockets;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Clients;
using AutoDetectSim.Clients.Desktop;
using AutoDetectSim.Clients.Provisioning;
using AutoDetectSim.Exchange;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.Logon;
using AutoDetectSim.Hosting;
using AutoDetectSim.Hosting.Parts;
using AutoDetectSim.Hosting.Ports;
using AutoDetectSim.Issuing;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Timing;
using AutoDetectSim.Roles;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Tls;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim;

/// <summary>
/// A running scenario: the customer's network, AutoDetect and the cloud, on loopback ports of this process. Any number of
/// labs can run side by side; they share nothing.
/// </summary>
public sealed class Lab : IAsyncDisposable
{
    private readonly LabServer _server;
    private readonly LabServices _services;
    private readonly ExchangeServers _exchange;
    private readonly TlsKeyLog? _keyLog;
    private readonly LabTrust _trust = new();
    private readonly StaleDevices _staleDevices;
    private readonly PartDialer? _dialer;
    private PartProbes? _probes;
    private LabDnsServer? _dns;

    private Lab(Scenario scenario, LabOptions options, ExchangeServers exchange, TlsKeyLog? keyLog)
    {
        var time = options.TimeProvider;
        Options = options;
        _exchange = exchange;
        _keyLog = keyLog;
        _dialer = options.Parts is { } parts ? new PartDialer(parts, time, options.Loggers.CreateLogger<PartDialer>()) : null;
        Network = new LabNetwork(time, _trust) { Elsewhere = _dialer };
        Validator = new StrictPathValidator(scenario.AutoDetect.Node);
        Client = new StrictHttpClient(Network, Validator, _trust, time, keyLog);
        AutoDetect = new AutoDetectService(scenario, Client, Network.Zone, time, options.Loggers, options.Instance);
        _services = new LabServices(scenario, time, exchange, keyLog, options.Pki?.Services);
        _services.Connect(AutoDetect, Journal);
        exchange.Connect(new AuthMetadata(
            Client, new StrictHttpClient(Network, Validator, _trust.Without(_services.Root), time, keyLog), time, options.Loggers.CreateLogger<AuthMetadata>()));
        _server = new LabServer(Network, time, options.Loggers, new IPEndPoint(options.Listen, options.GatewayPort), new LoopbackPlan(options.StandardPorts), options.Tools, options.MaximumClients, options.Parts, _dialer);
        _staleDevices = new StaleDevices(() => Scenario, Client, time);
        Control = new LabControl(scenario, new LabGenerationBuilder(exchange, _services, keyLog, time, options.Pki?.Customer), Network, _trust, _server, exchange, AutoDetect, Journal, _staleDevices, time, options.Loggers);
        var credentials = new MailboxCredentials(() => Scenario, exchange.IssueToken);
        Provisioning = new CloudProvisioning(scenario.Seed, Client, credentials);
        OutlookDesktop = new OutlookDesktop(AutoDetect, Client, Network.Zone, () => new DesktopTrust(LabClients.New(this, KnownClients.Windows), time), credentials, () => Scenario, scenario.Seed, time);
    }

    /// <summary>The current scenario: the one that the lab was started with, including all changes since.</summary>
    public Scenario Scenario => Control.World.Scenario;

    /// <summary>The lab's HTTP proxy, for example <c>http://127.0.0.1:41234</c>. It serves only the lab's host names.</summary>
    public Uri Gateway => new($"http://{OnThisComputer(_server.GatewayEndPoint ?? throw new InvalidOperationException("This process has no gateway."))}");

    /// <summary>Where the zone is served over DNS, UDP and TCP; null when it is not.</summary>
    public System.Net.IPEndPoint? DnsEndPoint => _dns?.EndPoint;

    /// <summary>How many queries the DNS server has received.</summary>
    internal long DnsQueries => _dns?.Queries ?? 0;

    /// <summary>AutoDetect's public URL; reachable through <see cref="Gateway"/>.</summary>
    public Uri DetectUrl => LabServices.DetectUrl(Scenario);

    /// <summary>Where the admin API of the lab's WireMock.Net server answers, on loopback; null unless the scenario enables it (<see cref="Scenario.WireMockAdmin"/>).</summary>
    public Uri? WireMockAdmin => _exchange.AdminUrl;

    /// <summary>The token that the admin API takes as <c>Authorization: Bearer TOKEN</c>; null without one.</summary>
    internal string? WireMockToken => _exchange.AdminToken;

    /// <summary>Every trust anchor of the lab, as PEM.</summary>
    public string RootCertificatesPem => string.Concat(_trust.Certificates.Select(anchor => anchor.ToPem()));

    internal LabOptions Options { get; }

    internal RequestDelegate FrontDoor => _services.FrontDoor;

    internal LabPki Pki => Control.World.Pki;

    internal LabNetwork Network { get; }

    /// <summary>Where on this computer the virtual IPs listen.</summary>
    internal LoopbackPlan Loopback => _server.Loopback;

    /// <summary>Changes the lab while it runs.</summary>
    internal LabControl Control { get; }

    /// <summary>The address of a server in the customer's own network; `-` for a node that is not an Exchange server.</summary>
    internal string InternalAddressOf(string node) => _exchange.State.Directory.FindNode(node)?.InternalAddress ?? "-";

    internal StrictHttpClient Client { get; }

    internal StrictPathValidator Validator { get; }

    internal TrustAnchors Anchors => _trust.Anchors;

    internal AutoDetectService AutoDetect { get; }

    internal CloudProvisioning Provisioning { get; }

    internal OutlookDesktop OutlookDesktop { get; }

    internal DetectionJournal Journal { get; } = new();

    internal IReadOnlyList<IssuedCertificate> TrustAnchors => _trust.Certificates;

    /// <summary>Starts a lab.</summary>
    /// <param name="scenario">The scenario; its defaults are filled in first.</param>
    /// <param name="options">Options of the lab; null: all defaults.</param>
    /// <param name="cancellationToken">Cancels the start; nothing is left behind.</param>
    /// <returns>The lab, once it is listening.</returns>
    /// <exception cref="ScenarioException">The scenario is not valid.</exception>
    /// <exception cref="LabStartException">A port is taken, or a node does not present the chain of the scenario.</exception>
    public static async Task<Lab> StartAsync(Scenario scenario, LabOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        options ??= new LabOptions();
        options = options with { TimeProvider = new LabClock(RunningTime.Of(options.TimeProvider)) };
        scenario = ScenarioException.ThrowIfUnsound(options.Edition is { } edition && edition != scenario.Edition ? scenario with { Edition = edition } : scenario);
        options.Pki?.ThrowIfOthers(scenario);
        var lab = await CreateAsync(scenario, options, cancellationToken);
        try
        {
            await lab._server.StartAsync(cancellationToken);
            await lab.Control.StartAsync(cancellationToken);
            if (options.Parts is { } parts)
            {
                await lab.StartPartsAsync(parts, cancellationToken);
            }
            else if (options.DnsPort is not null || scenario.DnsServer)
            {
                lab._dns = StartDns(lab.Network.Zone, new IPEndPoint(options.Listen, options.DnsPort ?? 0), lab._server.Loopback, options, parts: null);
            }

            return lab;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await lab.DisposeAsync();
            throw new LabStartException($"The lab cannot listen: {exception.Message}", exception);
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes every key and certificate that a lab of a scenario presents, without starting it.</summary>
    /// <param name="scenario">The scenario; its defaults are filled in first.</param>
    /// <param name="options">Options of the lab.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ScenarioException">The scenario is not valid.</exception>
    internal static async Task<LabPkiContent> IssueAsync(Scenario scenario, LabOptions options, CancellationToken cancellationToken)
    {
        scenario = ScenarioException.ThrowIfUnsound(scenario);
        await using var lab = await CreateAsync(scenario, options, cancellationToken);
        var (world, services) = (lab.Control.World, lab._services.Pki);
        foreach (var name in scenario.Authorities.Select(authority => authority.Name).Concat(scenario.Certificates.Select(certificate => certificate.Name)))
        {
            world.Pki.Get(name);
        }

        foreach (var identity in world.VirtualIps.SelectMany(LabPkiContent.IdentitiesOf))
        {
            identity.Presented();
        }

        return new LabPkiContent(scenario, world.Pki.ToArchive(), LabPkiContent.WithTokenKey(services.ToArchive()), string.Concat(world.TrustAnchors.Select(anchor => anchor.ToPem())));
    }

    /// <summary>
    /// Changes the lab while it runs. Open connections are not affected, new ones see the change; ports,
    /// keys and everything that is not changed remain.
    /// </summary>
    /// <param name="change">The change in a line, as <see cref="ScenarioChange"/> reads it, for example <c>perimeter/ex03: present complete</c>.</param>
    /// <param name="cancellationToken">Cancels the change; a change that has already started is completed.</param>
    /// <exception cref="ScenarioChangeException">The change cannot be applied; the lab is unchanged.</exception>
    public Task ChangeAsync(string change, CancellationToken cancellationToken = default) => Control.ChangeAsync(change, cancellationToken);

    /// <summary>Continues the lab with another scenario; <see cref="Scenario"/> is the one to start from.</summary>
    /// <param name="scenario">The scenario; its defaults are filled in first.</param>
    /// <param name="cancellationToken">Cancels the change; a change that has already started is completed.</param>
    /// <exception cref="ScenarioChangeException">The scenario is not valid, or a running lab cannot change to it; the lab is unchanged.</exception>
    public Task ChangeAsync(Scenario scenario, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return Control.ChangeAsync(_ => scenario, "The lab continues with another scenario.", cancellationToken);
    }

    /// <summary>Returns to the scenario that the lab was started with; AutoDetect forgets what it has learned, and load balancers their sessions.</summary>
    /// <param name="cancellationToken">Cancels the change; a change that has already started is completed.</param>
    public Task ResetAsync(CancellationToken cancellationToken = default) => Control.ResetAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_dns is not null)
        {
            await _dns.DisposeAsync();
        }

        if (_probes is not null)
        {
            await _probes.DisposeAsync();
        }

        await _staleDevices.DisposeAsync();
        await _server.DisposeAsync();
        AutoDetect.Dispose();
        Control.Dispose();
        _exchange.Dispose();
        _services.Dispose();
        _keyLog?.Dispose();
    }

    private static async Task<Lab> CreateAsync(Scenario scenario, LabOptions options, CancellationToken cancellationToken)
    {
        var keyLog = LabKeyLog.Open(options);
        ExchangeServers? exchange = null;
        try
        {
            exchange = await ExchangeServers.StartAsync(scenario, options.TimeProvider, options.Loggers, cancellationToken, options.AllowsWireMockAdmin, options.Pki?.TokenKey());
            return new Lab(scenario, options, exchange, keyLog);
        }
        catch (MappingFileException exception)
        {
            keyLog?.Dispose();
            throw new ScenarioException(exception.Problems);
        }
        catch
        {
            exchange?.Dispose();
            keyLog?.Dispose();
            throw;
        }
    }

    /// <summary>Whether the parts that this process needs answer; null for a whole lab.</summary>
    internal PartReadiness? Readiness => _dialer is null ? null : field ??= new PartReadiness(Options.Parts!, Scenario, _dialer, Options.TimeProvider);

    /// <summary>Opens the ports of the roles of this process.</summary>
    private async Task StartPartsAsync(LabParts parts, CancellationToken cancellationToken)
    {
        if (parts.Has(PartKind.Dns))
        {
            _dns = StartDns(Network.Zone, parts.EndPointOf(new PartRole(PartKind.Dns)), _server.Loopback, Options, new PartResolver(Network, parts, Options.TimeProvider));
        }

        if (parts.Has(PartKind.Balancer))
        {
            _probes = new PartProbes(Network, parts, _dialer!, Options.TimeProvider, Options.Loggers.CreateLogger<HealthProbes>());
            _probes.Start();
        }

        PartLog.Follow(Network.Journal, Options.Loggers.CreateLogger<Lab>());
        await _server.OpenPartsAsync(cancellationToken);
    }

    /// <summary>Where programs on this computer reach what listens on every address.</summary>
    private static IPEndPoint OnThisComputer(IPEndPoint endPoint) =>
        endPoint.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, endPoint.Port)
        : endPoint.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, endPoint.Port)
        : endPoint;

    private static LabDnsServer StartDns(DnsZone zone, IPEndPoint endPoint, LoopbackPlan loopback, LabOptions options, PartResolver? parts)
    {
        try
        {
            return LabDnsServer.Start(zone, endPoint, loopback, options.TimeProvider, options.Loggers, parts);
        }
        catch (SocketException exception)
        {
            throw new LabStartException($"The DNS server cannot listen: {LoopbackPlan.Explain(endPoint, exception)}", exception);
        }
    }
}
