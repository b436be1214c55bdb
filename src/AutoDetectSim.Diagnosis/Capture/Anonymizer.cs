using System.Globalization;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>
/// Takes the names of customers, people, servers and authorities out of a scenario, each replaced by the same other name throughout. Relations, shapes,
/// keys, times and answers stay.
/// </summary>
internal sealed class Anonymizer
{
    private readonly AnonymousNames _names = new();
    private readonly AnonymousExtensions _extensions;
    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _nodes = new(StringComparer.OrdinalIgnoreCase);

    public Anonymizer() => _extensions = new AnonymousExtensions(_names);

    /// <summary>The new names of nodes by their old ones.</summary>
    public IReadOnlyDictionary<string, string> NodeNames => _nodes;

    /// <summary>What was left out because it might tell a name, in sentences without a full stop.</summary>
    public IReadOnlyCollection<string> Deviations => _extensions.Deviations;

    /// <summary>The new name of a host.</summary>
    public string Host(string host) => _names.Host(host);

    /// <summary>The new form of an address.</summary>
    public string Email(string email) => _names.Email(email);

    /// <summary>Makes the scenario anonymous.</summary>
    public Scenario Apply(Scenario scenario)
    {
        foreach (var domain in scenario.Organizations.SelectMany(organization => organization.Domains))
        {
            _names.Host(domain);
        }

        Number(scenario.Authorities.Select(authority => authority.Name), "authority");
        Number(scenario.Certificates.Select(certificate => certificate.Name), "certificate");
        Number(scenario.Organizations.Select(organization => organization.Name), "organization");
        Number(scenario.LoadBalancers.Select(balancer => balancer.Name), "balancer");
        foreach (var node in scenario.LoadBalancers.SelectMany(balancer => balancer.Nodes))
        {
            _nodes[node.Name] = string.Create(CultureInfo.InvariantCulture, $"node{_nodes.Count + 1:00}");
        }

        return scenario with
        {
            Name = "captured",
            Title = "Captured, and made anonymous",
            Authorities = [.. scenario.Authorities.Select(Authority)],
            Certificates = [.. scenario.Certificates.Select(Certificate)],
            AiaServer = scenario.AiaServer with { Authorities = [.. scenario.AiaServer.Authorities.Select(authority => authority with { Name = Part("authority", authority.Name) })] },
            Organizations = [.. scenario.Organizations.Select(Organization)],
            LoadBalancers = [.. scenario.LoadBalancers.Select(Balancer)],
            Dns = scenario.Dns.ToDictionary(
                owner => _names.Host(owner.Key),
                owner => (IReadOnlyDictionary<string, IReadOnlyList<string>>)owner.Value.ToDictionary(
                    type => type.Key,
                    type => (IReadOnlyList<string>)[.. type.Value.Select(record => Record(type.Key, record))],
                    StringComparer.OrdinalIgnoreCase),
                StringComparer.OrdinalIgnoreCase),
            Expect = [.. scenario.Expect.Select(expectation => expectation with { Detect = _names.Email(expectation.Detect) })],
        };
    }

    private void Number(IEnumerable<string> names, string word)
    {
        var number = 0;
        foreach (var name in names)
        {
            _parts[word + name] = string.Create(CultureInfo.InvariantCulture, $"{word}-{++number}");
        }
    }

    private string Part(string word, string name) => _parts.GetValueOrDefault(word + name, name);

    /// <summary>What servers present names certificates and authorities alike.</summary>
    private string Presented(string name) => _parts.GetValueOrDefault("certificate" + name) ?? Part("authority", name);

    private AuthorityRecipe Authority(AuthorityRecipe recipe) => recipe with
    {
        Name = Part("authority", recipe.Name),
        Subject = recipe.Subject is null ? null : _names.Subject(recipe.Subject),
        Issuer = recipe.Issuer is null ? null : Part("authority", recipe.Issuer),
        SameKeyAs = recipe.SameKeyAs is null ? null : Part("authority", recipe.SameKeyAs),
        AiaUrl = recipe.AiaUrl is null ? null : _names.Url(recipe.AiaUrl),
        CrlUrl = recipe.CrlUrl is null ? null : _names.Url(recipe.CrlUrl),
        Extensions = _extensions.Apply(recipe.Extensions),
    };

    private CertificateRecipe Certificate(CertificateRecipe recipe) => recipe with
    {
        Name = Part("certificate", recipe.Name),
        Subject = recipe.Subject is null ? null : _names.Subject(recipe.Subject),
        Issuer = recipe.Issuer is null ? null : Part("authority", recipe.Issuer),
        Hosts = [.. recipe.Hosts.Select(_names.Host)],
        Extensions = _extensions.Apply(recipe.Extensions),
    };

    private OrganizationDefinition Organization(OrganizationDefinition organization) => organization with
    {
        Name = Part("organization", organization.Name),
        Domains = [.. organization.Domains.Select(_names.Host)],
        ActiveSyncUrl = organization.ActiveSyncUrl is null ? null : _names.Url(organization.ActiveSyncUrl),
        EwsUrl = organization.EwsUrl is null ? null : _names.Url(organization.EwsUrl),
        InternalDomain = organization.InternalDomain is null ? null : _names.Host(organization.InternalDomain),
        Mailboxes = [.. organization.Mailboxes.Select(_names.Email)],
        TenantId = null,
    };

    private LoadBalancerDefinition Balancer(LoadBalancerDefinition balancer) => balancer with
    {
        Name = Part("balancer", balancer.Name),
        Hosts = [.. balancer.Hosts.Select(_names.Host)],
        Address = null,
        Present = Chain(balancer.Present),
        Sequence = [.. balancer.Sequence.Select(name => _nodes[name])],
        Nodes = [.. balancer.Nodes.Select(node => node with
        {
            Name = _nodes[node.Name],
            Present = Chain(node.Present),
            WithoutSni = node.WithoutSni is null ? null : Part("certificate", node.WithoutSni),
            IntermediateStore = node.IntermediateStore is null ? null : [.. node.IntermediateStore.Select(name => Part("authority", name))],
            Organization = node.Organization is null ? null : Part("organization", node.Organization),
        })],
    };

    private PresentedChainRecipe? Chain(PresentedChainRecipe? recipe) => recipe is null ? null : recipe with
    {
        Certificate = Presented(recipe.Certificate),
        Names = recipe.Names is null ? null : [.. recipe.Names.Select(Presented)],
    };

    private string Record(string type, string record)
    {
        if (!string.Equals(type, "MX", StringComparison.OrdinalIgnoreCase))
        {
            return _names.Host(record);
        }

        var space = record.LastIndexOf(' ');
        return record[..(space + 1)] + _names.MailExchanger(record[(space + 1)..]);
    }
}
