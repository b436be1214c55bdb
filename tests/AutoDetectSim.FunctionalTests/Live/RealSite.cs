using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests.Live;

/// <summary>
/// An organization on real servers: an nginx for each node of a scenario behind a balancer of layer 4, an AIA server, and a DNS server that
/// gives the hosts the loopback address. No part of a lab but its DNS server and its certificates takes part.
/// </summary>
internal sealed class RealSite : IAsyncDisposable
{
    public const string AutoDiscover = "autodiscover.tailspintoys.com";
    public const string Email = "wendy@tailspintoys.com";

    private const string MailHost = "mail.tailspintoys.com";

    private readonly TemporaryFolder _directory = new();
    private readonly List<IAsyncDisposable> _parts = [];
    private LabPki? _pki;
    private TcpForwarder? _aia;

    private TcpForwarder? _balancer;

    /// <summary>The port of all hosts.</summary>
    public int Port => _balancer!.Port;

    public string Roots { get; private set; } = "";

    /// <summary>The address of the DNS server that knows the hosts.</summary>
    public string Dns { get; private set; } = "";

    /// <summary>The options of a command that looks at the site.</summary>
    public string[] Options => ["--live", "--private-issuers", "--ca", Roots, "--dns", Dns, "--email", Email];

    public string Host => $"{AutoDiscover}:{Port}";

    public string Path(string name) => System.IO.Path.Combine(_directory.Path, name);

    /// <summary>Starts a site.</summary>
    /// <param name="nodes">Nodes as a scenario writes them; their certificate is <c>mail</c>, issued by <c>issuing</c>.</param>
    /// <param name="choose">Chooses a node by the number of the connection, its source and the number of nodes.</param>
    /// <param name="aiaServer">What nginx does for the issuer's certificate; null: it gives it.</param>
    /// <param name="showsNames">Whether the nodes show their names in X-FEServer.</param>
    public static async Task<RealSite> StartAsync(string nodes, Func<int, IPAddress, int, int>? choose = null, string? aiaServer = null, bool showsNames = true)
    {
        var site = new RealSite();
        try
        {
            await site.BuildAsync(nodes, choose ?? ((number, _, count) => number % count), aiaServer, showsNames);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _balancer?.Dispose();
        _aia?.Dispose();
        foreach (var part in _parts)
        {
            await part.DisposeAsync();
        }

        _pki?.Dispose();
        _directory.Dispose();
    }

    private async Task BuildAsync(string nodes, Func<int, IPAddress, int, int> choose, string? aiaServer, bool showsNames)
    {
        var aiaSocket = new UnixDomainSocketEndPoint(Path("aia.sock"));
        _aia = new TcpForwarder((_, _) => aiaSocket);
        var scenario = Load($$"""
            authorities:
              root: { subject: "CN=Tailspin Root, O=Tailspin Toys", trusted: true }
              issuing: { subject: "CN=Tailspin Issuing, O=Tailspin Toys", issuer: root, aiaUrl: "http://127.0.0.1:{{_aia.Port}}/issuing.cer" }
            certificates:
              mail: { issuer: issuing, hosts: [{{AutoDiscover}}, {{MailHost}}] }
              old: { issuer: issuing, hosts: [{{AutoDiscover}}, {{MailHost}}], notAfter: -3d }
            organizations: { tailspin: { domains: [tailspintoys.com] } }
            loadBalancers: { perimeter: { hosts: [{{AutoDiscover}}, {{MailHost}}], nodes: {{nodes}} } }
            """);
        _pki = LabPki.Create(new LabPkiDefinition { Seed = 7, Authorities = scenario.Authorities, Certificates = scenario.Certificates }, TimeProvider.System);
        Roots = _directory.Write("roots.pem", string.Concat(_pki.TrustAnchors.Select(anchor => anchor.ToPem())));
        await File.WriteAllBytesAsync(Path("issuing.cer"), _pki.Get("issuing").Der.ToArray());

        var servers = scenario.LoadBalancers[0].Nodes;
        var targets = servers.Select(node => new UnixDomainSocketEndPoint(Path(node.Name + ".sock"))).ToList();
        _balancer = new TcpForwarder((number, source) => targets[choose(number, source, targets.Count)]);
        _parts.Add(await NginxServer.StartAsync(_directory.Path, string.Concat(servers.Select(node => Server(node, showsNames))) + AiaServer(aiaServer)));
        var dns = await Lab.StartAsync(Load($$"""
            dnsServer: true
            dns: { {{AutoDiscover}}: { A: ["127.0.0.1"] }, {{MailHost}}: { A: ["127.0.0.1"] }, tailspintoys.com: { MX: ["10 tailspintoys-com.mail.protection.outlook.com"] } }
            """));
        _parts.Add(dns);
        Dns = dns.DnsEndPoint!.ToString();
    }

    private string Server(NodeDefinition node, bool showsName)
    {
        var chain = _pki!.Present(node.Present!);
        var file = _directory.Write(node.Name + ".pem", string.Concat(chain.Certificates.Select(certificate => certificate.ToPem())));
        var key = _directory.Write(node.Name + ".key", PemEncoding.WriteString("PRIVATE KEY", chain.PrivateKey.ExportPkcs8PrivateKey()));
        var name = showsName ? $"add_header X-FEServer {node.Name.ToUpperInvariant()} always;" : "";
        return $$"""
            server {
                listen unix:{{Path(node.Name + ".sock")}} ssl;
                ssl_certificate {{file}};
                ssl_certificate_key {{key}};
                location = /autodiscover/autodiscover.json {
                    {{name}}
                    default_type application/json;
                    return 200 '{"Protocol":"ActiveSync","Url":"https://{{MailHost}}:{{Port}}/Microsoft-Server-ActiveSync"}';
                }
                location / {
                    {{name}}
                    add_header WWW-Authenticate 'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", authorization_uri="https://login.windows.net/common/oauth2/authorize"' always;
                    add_header WWW-Authenticate 'Basic realm="{{MailHost}}"' always;
                    return 401;
                }
            }

            """;
    }

    private string AiaServer(string? location) => $$"""
        server {
            listen unix:{{Path("aia.sock")}};
            location / { {{location ?? $"root {_directory.Path}; default_type application/pkix-cert;"}} }
        }
        """;

    private static Scenario Load(string yaml)
    {
        var loaded = ScenarioLoader.Parse(yaml, "site.yaml", baseDirectory: null);
        Assert.Empty(loaded.Problems);
        return loaded.Scenario!;
    }
}
