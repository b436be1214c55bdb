using System.Net;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Clients;
using AutoDetectSim.Exchange;
using AutoDetectSim.LoadBalancing;
using AutoDetectSim.Network;
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
    private readonly LabPki _pki;
    private readonly LabPki _customerPki;
    private readonly TlsKeyLog? _keyLog;
    private readonly List<VirtualIp> _virtualIps = [];
    private RequestDelegate _frontDoor = static _ => Task.CompletedTask;

    public LabServices(Scenario scenario, LabOptions options, LabPki customerPki, ExchangeOnline exchangeOnline, IReadOnlySet<string> claimedHosts, TlsKeyLog? keyLog)
    {
        _customerPki = customerPki;
        _keyLog = keyLog;
        string[] Free(string[] hosts) => [.. hosts.Where(host => !claimedHosts.Contains(host))];
        var services = new (string Name, string[] Hosts, RequestDelegate Handler, string[] Protocols)[]
        {
            ("autodetect", Free([.. scenario.AutoDetect.Hosts]), context => _frontDoor(context), scenario.Edition == Edition.Kestrel2025 ? ["h2", "http/1.1"] : ["http/1.1"]),
            ("exchange-online", Free([.. ExchangeOnline.Hosts]), exchangeOnline.HandleAsync, ["http/1.1"]),
            ("sovereign-directory", Free([SovereignCheck.Host]), new FederationProviderEndpoint(scenario.AutoDetect).HandleAsync, ["http/1.1"]),
        };
        _pki = LabPki.Create(
            new LabPkiDefinition
            {
                Seed = scenario.Seed,
                Authorities =
                [
                    new AuthorityRecipe { Name = "services-root", Subject = "CN=AutoDetectSim Lab Services Root, O=AutoDetectSim", Trusted = true },
                    new AuthorityRecipe { Name = "services-issuing", Subject = "CN=AutoDetectSim Lab Services Issuing CA, O=AutoDetectSim", Issuer = "services-root" },
                ],
                Certificates = [.. services.Where(service => service.Hosts.Length > 0).Select(service =>
                    new CertificateRecipe { Name = service.Name, Issuer = "services-issuing", Hosts = service.Hosts })],
            },
            options.TimeProvider);
        Root = _pki.TrustAnchors[0];
        DetectUrl = new Uri($"https://{scenario.AutoDetect.Hosts[0]}/detect");

        var addresses = FreeAddresses(scenario).GetEnumerator();
        foreach (var (name, hosts, handler, protocols) in services)
        {
            if (hosts.Length > 0)
            {
                Add(name, Next(addresses), 443, hosts, handler, protocols);
            }
        }

        var published = Free([.. customerPki.AiaUrls.Concat(customerPki.CrlUrls).Select(url => new Uri(url).Host).Distinct(StringComparer.OrdinalIgnoreCase)]);
        if (published.Length > 0)
        {
            Add("aia", Next(addresses), 80, published, PublishAsync, protocols: null);
        }
    }

    /// <summary>AutoDetect's address: the first of its names.</summary>
    public Uri DetectUrl { get; }

    /// <summary>The trust anchor of the services.</summary>
    public IssuedCertificate Root { get; }

    public IReadOnlyList<VirtualIp> VirtualIps => _virtualIps;

    /// <summary>Opens AutoDetect's front door.</summary>
    public void Connect(AutoDetectService autoDetect, DetectionJournal journal) =>
        _frontDoor = new AutoDetectFrontDoor(autoDetect, journal.Add).HandleAsync;

    public void Dispose() => _pki.Dispose();

    /// <summary>Addresses of TEST-NET-1 (RFC 5737) that the scenario leaves free.</summary>
    private static IEnumerable<IPAddress> FreeAddresses(Scenario scenario)
    {
        var taken = scenario.LoadBalancers.Select(balancer => balancer.Address).OfType<string>().Select(IPAddress.Parse).ToHashSet();
        return Enumerable.Range(10, 200).Select(octet => new IPAddress([192, 0, 2, (byte)octet])).Where(address => !taken.Contains(address));
    }

    private static IPAddress Next(IEnumerator<IPAddress> addresses) =>
        addresses.MoveNext() ? addresses.Current : throw new LabStartException("The scenario leaves no address of 192.0.2.0/24 free for the lab's own services.");

    private void Add(string name, IPAddress address, int port, string[] hosts, RequestDelegate handler, string[]? protocols)
    {
        var node = new LabNode(name, handler);
        if (protocols is not null)
        {
            var recipe = new PresentedChainRecipe { Certificate = name };
            node.Identity = new NodeIdentity(() => _pki.Present(recipe), chain => new TlsServerSettings
            {
                Identity = NodeTls.Identity(chain),
                ApplicationProtocols = protocols,
                KeyLog = _keyLog,
            });
        }

        var balancer = new LoadBalancer(name, [node], new RoundRobinPolicy(), Persistence.None);
        _virtualIps.Add(new VirtualIp(name, address, port, hosts, balancer) { IsService = true, UsesTls = protocols is not null });
    }

    private async Task PublishAsync(HttpContext context)
    {
        var url = $"http://{context.Request.Host.Value}{context.Request.Path.Value}";
        ReadOnlyMemory<byte> content;
        if (_customerPki.TryGetByAiaUrl(url, out var certificate))
        {
            content = certificate.Der;
            context.Response.ContentType = "application/pkix-cert";
        }
        else if (_customerPki.TryGetRevocationList(url, out content))
        {
            context.Response.ContentType = "application/pkix-crl";
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }

        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content);
    }
}
