using System.Net;
using AutoDetectSim.Aia;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Exchange;
using AutoDetectSim.Network;
using AutoDetectSim.Network.Faults;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Roles;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim;

/// <summary>
/// What the lab brings along whatever the scenario says: AutoDetect's front door, Exchange Online, the sign-in endpoint and
/// the AIA and CRL server, each a virtual IP with a healthy chain under a root of the lab's own.
/// </summary>
internal sealed class LabServices : IDisposable
{
    private const string RootName = "services-root";
    private const string IssuingName = "services-issuing";

    /// <summary>How far the lab's time may be from that at which the certificates were issued before they are renewed.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromDays(25);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ExchangeServers _exchange;
    private readonly TlsKeyLog? _keyLog;
    private LabPkiDefinition _definition;
    private volatile LabPki _pki;
    private PkiArchive? _archive;
    private RequestDelegate _frontDoor = static _ => Task.CompletedTask;

    /// <param name="scenario">The scenario.</param>
    /// <param name="time">The lab's time.</param>
    /// <param name="exchange">Answers as Exchange Online.</param>
    /// <param name="keyLog">Where TLS secrets go, or null.</param>
    /// <param name="archive">Keys and certificates that exist already; null: they are made.</param>
    public LabServices(Scenario scenario, TimeProvider time, ExchangeServers exchange, TlsKeyLog? keyLog, PkiArchive? archive = null)
    {
        _archive = archive;
        _time = time;
        _exchange = exchange;
        _keyLog = keyLog;
        _definition = Definition(scenario.Seed, []);
        _pki = archive is null ? LabPki.Create(_definition, time) : LabPki.Create(_definition, time, archive);
        Root = _pki.TrustAnchors[0];
    }

    /// <summary>The trust anchor of the services.</summary>
    public IssuedCertificate Root { get; }

    /// <summary>The PKI of the services as it is now.</summary>
    public LabPki Pki => _pki;

    /// <summary>Answers as AutoDetect's front door, without TLS.</summary>
    public RequestDelegate FrontDoor => _frontDoor;

    /// <summary>AutoDetect's address: the first of its names.</summary>
    public static Uri DetectUrl(Scenario scenario) => new($"https://{scenario.AutoDetect.Hosts[0]}/detect");

    /// <summary>Opens AutoDetect's front door.</summary>
    public void Connect(AutoDetectService autoDetect, DetectionJournal journal) =>
        _frontDoor = new AutoDetectFrontDoor(autoDetect, journal.Add).HandleAsync;

    /// <summary>The virtual IPs of the services beside a scenario, which may claim names of theirs for itself.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="customerPki">The scenario's own PKI, whose certificates and CRLs are published.</param>
    /// <exception cref="LabStartException">The scenario leaves no address free.</exception>
    public IReadOnlyList<VirtualIp> VirtualIpsBeside(Scenario scenario, LabPki customerPki)
    {
        var claimed = scenario.LoadBalancers.SelectMany(balancer => balancer.Hosts.Append(balancer.Address).OfType<string>()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        string[] Free(IEnumerable<string> hosts) => [.. hosts.Where(host => !claimed.Contains(host))];
        var federation = new FederationProviderEndpoint(scenario.AutoDetect, TenantOf);
        var configuration = new OfficeConfigEndpoint(_time);
        Service[] services =
        [
            new(PartRole.AutoDetect.ToString(), Free(scenario.AutoDetect.Hosts), context => _frontDoor(context), scenario.Edition == Edition.Kestrel2025 ? ["h2", "http/1.1"] : ["http/1.1"]),
            new("exchange-online", Free(ExchangeOnline.Hosts), context => _exchange.Online.HandleAsync(context), ["http/1.1"]),
            new(
                "sovereign-directory",
                Free([SovereignClouds.Host, OfficeConfigEndpoint.Host]),
                context => context.Request.Host.Host.Equals(OfficeConfigEndpoint.Host, StringComparison.OrdinalIgnoreCase) ? configuration.HandleAsync(context) : federation.HandleAsync(context),
                ["http/1.1"]),
        ];
        services = [.. services.Where(service => service.Hosts.Length > 0)];
        lock (_gate)
        {
            _definition = Definition(scenario.Seed, [.. services.Select(service => new CertificateRecipe { Name = service.Name, Issuer = IssuingName, Hosts = service.Hosts })]);
            _pki = _pki.Revise(_definition, _time);
            if (_archive is not null)
            {
                // Only here are the names of the services known. What a later scenario adds is issued by this process.
                _pki.Adopt(_archive);
                _archive = null;
            }
        }

        var addresses = FreeAddresses(scenario).GetEnumerator();
        List<VirtualIp> virtualIps = [.. services.Select(service => VirtualIpOf(service, Next(addresses), 443))];
        var aia = new AiaServer(scenario.AiaServer, customerPki, _time);
        var faults = aia.IsOff ? new FaultSource(TransportFault.Refused, alert: null, share: null, scenario.Seed, "aia") : FaultSource.None;
        var published = aia.Places.Where(place => Free(place.Hosts).Length > 0).ToList();
        var named = published.Exists(place => place.Address is null) ? Next(addresses) : null;
        virtualIps.AddRange(published.Select(place => VirtualIpOf(new Service(place.Name, Free(place.Hosts), aia.HandleAsync, null) { Faults = faults }, place.Address ?? named!, place.Port)));

        return virtualIps;
    }

    public void Dispose() => _pki.Dispose();

    private Guid? TenantOf(string domain) => _exchange.State.Directory.TenantOf(domain);

    private static LabPkiDefinition Definition(int seed, IReadOnlyList<CertificateRecipe> certificates) => new()
    {
        Seed = seed,
        Authorities =
        [
            new AuthorityRecipe { Name = RootName, Subject = "CN=AutoDetectSim Lab Services Root, O=AutoDetectSim", Trusted = true, NotBefore = "-3650d", NotAfter = "10950d" },
            new AuthorityRecipe { Name = IssuingName, Subject = "CN=AutoDetectSim Lab Services Issuing CA, O=AutoDetectSim", Issuer = RootName, NotBefore = "-3650d", NotAfter = "10950d" },
        ],
        Certificates = certificates,
    };

    /// <summary>Addresses of TEST-NET-1 (RFC 5737) that the scenario leaves free.</summary>
    private static IEnumerable<IPAddress> FreeAddresses(Scenario scenario)
    {
        var taken = scenario.LoadBalancers.Select(balancer => balancer.Address).OfType<string>().Select(IPAddress.Parse).ToHashSet();
        return Enumerable.Range(10, 200).Select(octet => new IPAddress([192, 0, 2, (byte)octet])).Where(address => !taken.Contains(address));
    }

    private static IPAddress Next(IEnumerator<IPAddress> addresses) =>
        addresses.MoveNext() ? addresses.Current : throw new LabStartException("The scenario leaves no address of 192.0.2.0/24 free for the lab's own services.");

    private VirtualIp VirtualIpOf(Service service, IPAddress address, int port)
    {
        var node = new ServedNode(service.Name, service.Handler)
        {
            Faults = service.Faults,
            IdentitySource = service.Protocols is null ? null : Identities(service.Name, service.Protocols),
        };
        var balancer = new LoadBalancer(service.Name, [node], new NodeSelector(new RoundRobinPolicy(), Persistence.None));
        return new VirtualIp(service.Name, address, port, service.Hosts, balancer) { IsService = true, UsesTls = service.Protocols is not null };
    }

    /// <summary>What a service presents, renewed where the lab's time has been moved: these chains are healthy whatever the customer's are.</summary>
    private Func<NodeIdentity> Identities(string certificate, string[] protocols)
    {
        var recipe = new PresentedChainRecipe { Certificate = certificate };
        Tuple<LabPki, NodeIdentity>? last = null;
        return () =>
        {
            var pki = ValidPki();
            if (Volatile.Read(ref last) is { } known && ReferenceEquals(known.Item1, pki))
            {
                return known.Item2;
            }

            var identity = new NodeIdentity(() => pki.Present(recipe), chain => new TlsServerSettings { Identity = NodeTls.Identity(chain), ApplicationProtocols = protocols, KeyLog = _keyLog });
            Volatile.Write(ref last, Tuple.Create(pki, identity));
            return identity;
        };
    }

    private LabPki ValidPki()
    {
        bool IsValid() => (_time.GetUtcNow() - _pki.Start).Duration() < Renewal;
        if (IsValid())
        {
            return _pki;
        }

        lock (_gate)
        {
            return IsValid() ? _pki : _pki = _pki.Revise(_definition with { Renewed = [.. _definition.Certificates.Select(certificate => certificate.Name)] }, _time);
        }
    }

    /// <summary>One service.</summary>
    /// <param name="Name">The name of its virtual IP.</param>
    /// <param name="Hosts">Its host names.</param>
    /// <param name="Handler">Answers.</param>
    /// <param name="Protocols">What it offers in ALPN; null: it speaks plain HTTP.</param>
    private sealed record Service(string Name, string[] Hosts, RequestDelegate Handler, string[]? Protocols)
    {
        /// <summary>What goes wrong on connections to it.</summary>
        public FaultSource Faults { get; init; } = FaultSource.None;
    }
}
