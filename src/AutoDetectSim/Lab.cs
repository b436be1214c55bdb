using System.Net.Sockets;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Clients.Desktop;
using AutoDetectSim.Clients.Provisioning;
using AutoDetectSim.Exchange;
using AutoDetectSim.Network;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls;

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
    private LabDnsServer? _dns;

    private Lab(Scenario scenario, LabOptions options, LabWorld world)
    {
        Scenario = scenario;
        Options = options;
        _server = world.Server;
        Pki = world.Pki;
        _services = world.Services;
        _exchange = world.Exchange;
        _keyLog = world.KeyLog;
        Network = world.Network;
        Control = world.Control;
        Client = world.Client;
        AutoDetect = world.AutoDetect;
        Provisioning = new CloudProvisioning(scenario.Seed, Client, new CloudCredentials(scenario, _exchange.IssueToken));
        OutlookDesktop = new OutlookDesktop(AutoDetect, Client, Network.Zone);
        Journal = world.Journal;
        TrustAnchors = world.TrustAnchors;
        Anchors = world.Anchors;
        Validator = world.Validator;
    }

    /// <summary>The scenario that this lab runs.</summary>
    public Scenario Scenario { get; }

    /// <summary>The lab's HTTP proxy, for example <c>http://127.0.0.1:41234</c>. It serves the lab's host names and nothing else.</summary>
    public Uri Gateway => new($"http://{_server.GatewayEndPoint}");

    /// <summary>Where the zone is served over DNS, UDP and TCP; null when it is not.</summary>
    public System.Net.IPEndPoint? DnsEndPoint => _dns?.EndPoint;

    /// <summary>AutoDetect's address as the field knows it; reachable through <see cref="Gateway"/>.</summary>
    public Uri DetectUrl => _services.DetectUrl;

    /// <summary>Every trust anchor of the lab, as PEM.</summary>
    public string RootCertificatesPem => string.Concat(TrustAnchors.Select(anchor => anchor.ToPem()));

    internal LabOptions Options { get; }

    internal LabPki Pki { get; }

    internal LabNetwork Network { get; }

    /// <summary>Changes the lab while it runs.</summary>
    internal LabControl Control { get; }

    internal StrictHttpClient Client { get; }

    internal StrictPathValidator Validator { get; }

    internal TrustAnchors Anchors { get; }

    internal AutoDetectService AutoDetect { get; }

    internal CloudProvisioning Provisioning { get; }

    internal OutlookDesktop OutlookDesktop { get; }

    internal DetectionJournal Journal { get; }

    internal IReadOnlyList<IssuedCertificate> TrustAnchors { get; }

    /// <summary>Starts a lab.</summary>
    /// <exception cref="LabStartException">A port is taken, or a node does not present what the scenario says.</exception>
    public static async Task<Lab> StartAsync(Scenario scenario, LabOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        options ??= new LabOptions();
        scenario = scenario with { Edition = options.Edition ?? scenario.Edition };
        var world = await LabWorld.BuildAsync(scenario, options, cancellationToken);
        var lab = new Lab(scenario, options, world);
        try
        {
            await lab._server.StartAsync(cancellationToken);
            await PresentedChainCheck.RunAsync(lab.Network, options.TimeProvider, cancellationToken);
            await lab.Control.SettleAsync(cancellationToken);
            if (options.DnsPort is not null || scenario.DnsServer)
            {
                lab._dns = StartDns(lab.Network.Zone, options);
            }

            return lab;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await lab.DisposeAsync();
            throw new LabStartException(
                options.GatewayPort == 0
                    ? $"The lab cannot listen: {exception.Message}"
                    : $"The lab cannot listen (gateway port {options.GatewayPort}): {exception.Message}",
                exception);
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    private static LabDnsServer StartDns(DnsZone zone, LabOptions options)
    {
        try
        {
            return LabDnsServer.Start(zone, options.DnsPort ?? 0, options.TimeProvider, options.Loggers);
        }
        catch (SocketException exception)
        {
            throw new LabStartException($"The DNS server cannot listen (port {options.DnsPort ?? 0}): {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_dns is not null)
        {
            await _dns.DisposeAsync();
        }

        await _server.DisposeAsync();
        AutoDetect.Dispose();
        Control.Dispose();
        await _exchange.DisposeAsync();
        _services.Dispose();
        Pki.Dispose();
        _keyLog?.Dispose();
    }
}
