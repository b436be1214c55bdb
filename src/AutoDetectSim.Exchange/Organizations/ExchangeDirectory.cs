using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.Organizations;

/// <summary>Who is who among the Exchange organizations of one scenario.</summary>
internal sealed class ExchangeDirectory
{
    private readonly Dictionary<string, ExchangeNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Organization> _byDomain = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Resolves the scenario's organizations and nodes. Throws <see cref="FormatException"/> for a build that is none.</summary>
    public ExchangeDirectory(Scenario scenario)
    {
        Organizations = [.. scenario.Organizations.Select(definition => new Organization(definition, scenario.Seed))];
        foreach (var organization in Organizations)
        {
            foreach (var domain in organization.Definition.Domains)
            {
                _byDomain.TryAdd(domain, organization);
            }
        }

        foreach (var balancer in scenario.LoadBalancers)
        {
            foreach (var node in balancer.Nodes)
            {
                _nodes[node.Name] = new ExchangeNode(node, OrganizationOf(node, balancer), balancer, scenario.Seed);
            }
        }
    }

    /// <summary>All organizations, in file order.</summary>
    public IReadOnlyList<Organization> Organizations { get; }

    /// <summary>The server that a node of the scenario is.</summary>
    public ExchangeNode Node(NodeDefinition definition) => _nodes[definition.Name];

    /// <summary>The server with a name, or null.</summary>
    public ExchangeNode? FindNode(string name) => _nodes.GetValueOrDefault(name);

    /// <summary>The organization of an address's domain, or null.</summary>
    public Organization? Find(EmailAddress address) => _byDomain.GetValueOrDefault(address.Domain);

    /// <summary>The organization that has a domain, or a domain of whose tenant it is; null for none.</summary>
    public Organization? FindDomain(string domain) =>
        _byDomain.GetValueOrDefault(domain)
        ?? Organizations.FirstOrDefault(organization => domain.Equals(organization.TenantDomain, StringComparison.OrdinalIgnoreCase) || domain.Equals(organization.MailRoutingDomain, StringComparison.OrdinalIgnoreCase));

    /// <summary>The tenant of a domain, or of its own GUID; null where there is none.</summary>
    public Guid? TenantOf(string name)
    {
        var organization = Guid.TryParse(name, out var id) ? Organizations.FirstOrDefault(candidate => candidate.TenantId == id) : FindDomain(name);
        return organization is { HasTenant: true } ? organization.TenantId : null;
    }

    /// <summary>The mailboxes whose own settings are others than in another directory.</summary>
    public IEnumerable<string> MailboxesUnlike(ExchangeDirectory other)
    {
        var here = SettingsByMailbox();
        var there = other.SettingsByMailbox();
        return here.Keys.Union(there.Keys, StringComparer.OrdinalIgnoreCase).Where(mailbox => !Equals(here.GetValueOrDefault(mailbox), there.GetValueOrDefault(mailbox)));
    }

    private Dictionary<string, MailboxSettings> SettingsByMailbox()
    {
        var settings = new Dictionary<string, MailboxSettings>(StringComparer.OrdinalIgnoreCase);
        foreach (var (mailbox, own) in Organizations.SelectMany(organization => organization.Definition.MailboxSettings))
        {
            settings[mailbox] = own;
        }

        return settings;
    }

    private Organization? OrganizationOf(NodeDefinition node, LoadBalancerDefinition balancer)
    {
        if (node.Organization is { } name)
        {
            return Organizations.FirstOrDefault(organization => string.Equals(organization.Name, name, StringComparison.OrdinalIgnoreCase));
        }

        // mail.eu.contoso.com belongs to the longest domain that it ends in.
        var host = balancer.Hosts.Count > 0 ? balancer.Hosts[0] : "";
        for (var rest = host; rest.Length > 0; rest = rest.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? rest[(dot + 1)..] : "")
        {
            if (_byDomain.TryGetValue(rest, out var owner))
            {
                return owner;
            }
        }

        return Organizations.Count == 1 ? Organizations[0] : null;
    }
}
