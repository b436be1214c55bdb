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

        var address = 10;
        foreach (var (name, hosts, handler, protocols) in services)
        {
            if (hosts.Length > 0)
            {
                Add(name, address++, 443, hosts, handler, protocols);
            }
        }

        var published = Free([.. customerPki.AiaUrls.Concat(customerPki.CrlUrls).Select(url => new Uri(url).Host).Distinct(StringComparer.OrdinalIgnoreCase)]);
        if (published.Length > 0)
        {
            Add("aia", address, 80, published, PublishAsync, protocols: null);
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

    private void Add(string name, int lastOctet, int port, string[] hosts, RequestDelegate handler, string[]? protocols)
    {
        var node = new LabNode(name, handler);
        if (protocols is not null)
        {
            var recipe = new PresentedChainRecipe { Certificate = name };
            var settings = new Lazy<TlsServerSettings>(() => new TlsServerSettings
            {
                Identity = NodeTls.Identity(_pki.Present(recipe)),
                ApplicationProtocols = protocols,
                KeyLog = _keyLog,
            });
            node.Tls = () => settings.Value;
            node.Presented = () => _pki.Present(recipe);
        }

        var balancer = new LoadBalancer(name, [node], new RoundRobinPolicy(), Persistence.None);
        _virtualIps.Add(new VirtualIp(name, new IPAddress([192, 0, 2, (byte)lastOctet]), port, hosts, balancer) { IsService = true });
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
