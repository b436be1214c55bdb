using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols;

namespace AutoDetectSim.Scenarios;

/// <summary>Fills in the defaults of a scenario, which gives the lab a complete one. Idempotent.</summary>
internal static class ScenarioDefaults
{
    private const string DefaultDomain = "contoso.com";
    private const string DefaultBalancer = "perimeter";
    private const string DefaultRoot = "root";
    private const string DefaultIssuing = "issuing";

    public static Scenario Complete(Scenario scenario)
    {
        scenario = scenario with
        {
            Authorities = scenario.Authorities.Count > 0 ? scenario.Authorities : Authorities(),
            Organizations = scenario.Organizations.Count > 0 ? scenario.Organizations : Organizations(scenario),
        };
        scenario = scenario with { LoadBalancers = WithHosts(scenario) };
        scenario = scenario with { Certificates = scenario.Certificates.Count > 0 ? scenario.Certificates : Certificates(scenario) };
        return scenario with { LoadBalancers = [.. scenario.LoadBalancers.Select(balancer => WithChains(balancer, scenario))] };
    }

    /// <summary>The default expectations of the repaired world.</summary>
    public static IReadOnlyList<Expectation> ExpectFixed(IReadOnlyList<Expectation> faulty) =>
    [
        .. faulty.GroupBy(expectation => expectation.Detect, StringComparer.OrdinalIgnoreCase).Select(group => new Expectation
        {
            Detect = group.Key,
            Attempts = group.Max(expectation => expectation.Attempts),
            SuccessRate = 1,
            Provisioning = group.Any(expectation => expectation.Provisioning is not null) ? Provisioned(group.Max(expectation => expectation.Attempts)) : null,
            OutlookDesktop = group.Any(expectation => expectation.OutlookDesktop is not null) ? DesktopSetup.AutoDiscover : null,
            MailServers = AlwaysPassing([.. group.SelectMany(expectation => expectation.MailServers?.Keys ?? [])]),
            Connectors = AlwaysPassing([.. group.SelectMany(expectation => expectation.Connectors?.Keys ?? [])]),
        }),
    ];

    private static Dictionary<string, ClientPasses>? AlwaysPassing(IReadOnlyCollection<string> servers) =>
        servers.Count == 0 ? null : servers.Distinct(StringComparer.Ordinal).ToDictionary(server => server, _ => ClientPasses.Always, StringComparer.Ordinal);

    private static Dictionary<string, int> Provisioned(int attempts) =>
        new(StringComparer.Ordinal) { [CamelCase<ProvisioningOutcome>.Of(ProvisioningOutcome.Provisioned)] = attempts };

    private static AuthorityRecipe[] Authorities() =>
    [
        new() { Name = DefaultRoot, Subject = "CN=Lab Root CA, O=AutoDetectSim", Trusted = true },
        new() { Name = DefaultIssuing, Subject = "CN=Lab Issuing CA 1, O=AutoDetectSim", Issuer = DefaultRoot, Aia = true },
    ];

    private static OrganizationDefinition[] Organizations(Scenario scenario)
    {
        var domains = scenario.Expect.Select(expectation => expectation.Detect)
            .Select(EmailAddress.DomainOf)
            .OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        return [.. (domains.Count == 0 ? [DefaultDomain] : domains).Select(domain => new OrganizationDefinition { Name = domain.Split('.')[0], Domains = [domain] })];
    }

    private static List<LoadBalancerDefinition> WithHosts(Scenario scenario)
    {
        IReadOnlyList<LoadBalancerDefinition> balancers = scenario.LoadBalancers.Count > 0
            ? scenario.LoadBalancers
            : [new LoadBalancerDefinition { Name = DefaultBalancer, Hosts = [], Nodes = [] }];
        var claimed = balancers.SelectMany(balancer => balancer.Hosts).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var free = scenario.Organizations.SelectMany(organization => organization.Domains)
            .SelectMany(domain => (string[])["autodiscover." + domain, "mail." + domain])
            .Where(claimed.Add)
            .ToList();
        var result = new List<LoadBalancerDefinition>();
        foreach (var balancer in balancers)
        {
            var hosts = balancer.Hosts;
            if (hosts.Count == 0)
            {
                hosts = [.. free];
                free.Clear();
            }

            result.Add(balancer with
            {
                Hosts = hosts,
                Nodes = balancer.Nodes.Count > 0 ? balancer.Nodes : [new NodeDefinition { Name = balancer.Name + "01" }],
            });
        }

        return result;
    }

    private static CertificateRecipe[] Certificates(Scenario scenario)
    {
        var issuer = scenario.Authorities
            .FirstOrDefault(authority => authority.Issuer is not null && !scenario.Authorities.Any(below => string.Equals(below.Issuer, authority.Name, StringComparison.Ordinal)))
            ?? scenario.Authorities[0];
        return
        [
            .. scenario.LoadBalancers.Where(balancer => balancer.Hosts.Count > 0)
                .Select(balancer => new CertificateRecipe { Name = balancer.Name, Issuer = issuer.Name, Hosts = balancer.Hosts }),
        ];
    }

    private static LoadBalancerDefinition WithChains(LoadBalancerDefinition balancer, Scenario scenario)
    {
        balancer = balancer with { Nodes = [.. balancer.Nodes.Select(node => WithMailChains(node, balancer, scenario))] };
        if (balancer.Tls == TlsHandling.Terminate)
        {
            return balancer with { Present = Complete(balancer.Present, balancer, scenario) };
        }

        return balancer with { Nodes = [.. balancer.Nodes.Select(node => node with { Present = Complete(node.Present, balancer, scenario) })] };
    }

    // A protocol without a chain of its own follows the node when that changes.
    private static NodeDefinition WithMailChains(NodeDefinition node, LoadBalancerDefinition balancer, Scenario scenario)
    {
        return node with { Imap = With(node.Imap), Pop3 = With(node.Pop3), Smtp = With(node.Smtp) };

        MailServerDefinition? With(MailServerDefinition? server) =>
            server?.Present is { } present ? server with { Present = Complete(present, balancer, scenario) } : server;
    }

    private static PresentedChainRecipe Complete(PresentedChainRecipe? recipe, LoadBalancerDefinition balancer, Scenario scenario)
    {
        recipe ??= new PresentedChainRecipe { Certificate = string.Empty };
        if (recipe.Certificate.Length > 0)
        {
            return recipe;
        }

        var certificates = scenario.Certificates;
        var certificate = recipe.Names?.FirstOrDefault(name => certificates.Any(known => string.Equals(known.Name, name, StringComparison.Ordinal)))
            ?? certificates.FirstOrDefault(known => balancer.Hosts.Count > 0 && balancer.Hosts.All(host => known.Hosts.Any(pattern => Covers(pattern, host))))?.Name
            ?? (certificates.Count == 1 ? certificates[0].Name : string.Empty);
        return recipe with { Certificate = certificate };
    }

    private static bool Covers(string pattern, string host) =>
        string.Equals(pattern, host, StringComparison.OrdinalIgnoreCase)
        || (pattern.StartsWith("*.", StringComparison.Ordinal)
            && host.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
            && string.Equals(pattern[1..], host[dot..], StringComparison.OrdinalIgnoreCase));
}
