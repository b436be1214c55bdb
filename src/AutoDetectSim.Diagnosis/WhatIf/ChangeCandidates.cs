using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Documents.Writing;
using AutoDetectSim.Documents.Yaml;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;

namespace AutoDetectSim.Diagnosis.WhatIf;

/// <summary>
/// The settings of a scenario that differ from a healthy lab, each with the change that resets it. It reads only settings, and
/// not at the scenario's <c>fault</c>: whether a change helps is seen when it is tried.
/// </summary>
internal sealed class ChangeCandidates
{
    private static readonly (string Key, string Sound, Effort Effort)[] OfNodes =
    [
        ("fault", "none", Effort.Setting), ("offline", "default", Effort.Setting), ("tlsVersions", "default", Effort.Setting), ("clientCertificate", "default", Effort.Setting),
        ("withoutSni", "default", Effort.Setting), ("auth", "default", Effort.Setting), ("oAuth", "default", Effort.Setting), ("urlRewrite", "default", Effort.Setting), ("rootUpdates", "default", Effort.Setting),
        ("activeSync", "default", Effort.Setting), ("up", "true", Effort.Setting), ("latency", "default", Effort.Rebuilding), ("build", "default", Effort.Renewal),
    ];

    private static readonly (string Key, string Sound, Effort Effort)[] OfBalancers =
    [
        ("fault", "none", Effort.Setting), ("denyFrom", "default", Effort.Setting), ("allowFrom", "default", Effort.Rebuilding), ("challenges", "default", Effort.Setting), ("ipv6", "default", Effort.Setting),
        ("preAuthentication", "default", Effort.Rebuilding), ("backEnd", "default", Effort.Rebuilding), ("latency", "default", Effort.Rebuilding), ("http", "default", Effort.Rebuilding),
        ("persistence", "default", Effort.Rebuilding), ("backEndConnections", "default", Effort.Setting),
    ];

    private static readonly (string Key, string Sound, Effort Effort)[] OfOrganizations =
    [
        ("activeSyncUrl", "default", Effort.Setting), ("oAuth", "default", Effort.Setting), ("urlRewrite", "default", Effort.Setting), ("autoDiscoverV2", "default", Effort.Setting), ("autoDiscoverXml", "default", Effort.Setting), ("rootUpdates", "default", Effort.Setting),
        ("blockedUserAgents", "default", Effort.Setting), ("deviceRules", "default", Effort.Setting), ("mappings", "default", Effort.Setting), ("build", "default", Effort.Renewal),
    ];

    private static readonly string[] OfMailboxes = ["cloudView", "auth", "server", "activeSync", "activeSyncLocation", "location", "redirectAddress", "redirectUrl", "staleDevices"];
    private static readonly string[] OfAutoDetect = ["hosts", "timeout", "requestTimeout", "exchangeOnlineHost", "searchingAnswers", "sovereignDomains"];

    private readonly Scenario _scenario;
    private readonly string _email;
    private readonly RecipeBook _book;
    private readonly List<ChangeCandidate> _candidates = [];

    private ChangeCandidates(Scenario scenario, string email)
    {
        _scenario = scenario;
        _email = email;
        _book = new RecipeBook(new LabPkiDefinition { Authorities = scenario.Authorities, Certificates = scenario.Certificates, BaseDirectory = scenario.BaseDirectory });
    }

    /// <summary>The candidates, in the order in which they are better kept.</summary>
    /// <param name="scenario">The scenario, its defaults filled in.</param>
    /// <param name="email">The address that is detected.</param>
    public static IReadOnlyList<ChangeCandidate> Of(Scenario scenario, string email)
    {
        var candidates = new ChangeCandidates(scenario, email);
        foreach (var balancer in scenario.LoadBalancers)
        {
            candidates.AddChains(balancer);
            candidates.AddFirewall(balancer);
            candidates.AddAll(candidates.PartOf(balancer), balancer, OfBalancers);
            candidates.AddNodes(balancer);
        }

        candidates.AddOrganizations();
        candidates.AddCertificates();
        candidates.AddHosts();
        foreach (var owner in scenario.Dns.Keys)
        {
            candidates.Add($"dns/{owner}", ChangeVerbs.Remove, Effort.Setting);
        }

        candidates.AddAutoDetect();
        return [.. candidates._candidates.OrderBy(candidate => candidate.Effort)];
    }

    private void AddChains(LoadBalancerDefinition balancer)
    {
        if (balancer.Present is { } own && !IsComplete(own))
        {
            Add(PartOf(balancer), $"present complete", Effort.Setting);
        }

        AddNodeChange(balancer, node => node.Present is { } present && !IsComplete(present), "present complete", Effort.Setting);
        AddNodeChange(balancer, node => node.IntermediateStore is not null, "intermediateStore default", Effort.Setting);
        foreach (var other in _scenario.Certificates.Where(certificate => balancer.Hosts.All(host => certificate.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase))))
        {
            AddNodeChange(balancer, node => node.Present is { } present && !string.Equals(present.Certificate, other.Name, StringComparison.Ordinal), $"{{ certificate: {other.Name}, present: complete }}", Effort.Renewal);
            if (balancer.Present is { } ending && !string.Equals(ending.Certificate, other.Name, StringComparison.Ordinal))
            {
                Add(PartOf(balancer), $"{{ certificate: {other.Name}, present: complete }}", Effort.Renewal);
            }
        }
    }

    private void AddFirewall(LoadBalancerDefinition balancer)
    {
        if (balancer.AllowFrom.Count > 0 || balancer.DenyFrom.Count > 0)
        {
            Add(PartOf(balancer), $"{ChangeVerbs.Allow} {SourceRanges.AutoDetect}", Effort.Setting);
            Add(PartOf(balancer), $"{ChangeVerbs.Allow} {SourceRanges.AutoDetect}, {SourceRanges.ExchangeOnline}", Effort.Setting);
        }

        if (balancer.HealthProbe is not null)
        {
            Add(PartOf(balancer), $"healthProbe /Microsoft-Server-ActiveSync/healthcheck.htm", Effort.Setting);
            Add(PartOf(balancer), $"healthProbe /autodiscover/healthcheck.htm", Effort.Setting);
        }
    }

    private void AddNodes(LoadBalancerDefinition balancer)
    {
        var model = ModelBuilder.Record(typeof(NodeDefinition));
        var written = balancer.Nodes.ToDictionary(node => node.Name, node => ModelTree.Of(node, model), StringComparer.OrdinalIgnoreCase);
        foreach (var (key, sound, effort) in OfNodes)
        {
            AddNodeChange(balancer, node => written[node.Name].Find(key) is not null, $"{key} {sound}", effort);
        }

        var others = balancer.Nodes.Select(node => node.Organization).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1;
        if (others)
        {
            AddNodeChange(balancer, node => node.Organization is not null, "organization default", Effort.Rebuilding);
        }
    }

    private void AddOrganizations()
    {
        foreach (var organization in _scenario.Organizations)
        {
            var part = ChangeTargets.PartOf(_scenario, "organizations", organization.Name);
            if (organization.Auth != AuthenticationMode.HybridModern)
            {
                Add(part, $"{ChangeVerbs.Enable} oauth", Effort.Setting);
            }

            AddAll(part, organization, OfOrganizations);
            foreach (var (address, settings) in organization.MailboxSettings)
            {
                AddAll($"{part}/{address}", settings, [.. OfMailboxes.Select(key => (key, "default", Effort.Setting))]);
            }

            if (organization.DeviceRules.Count > 0)
            {
                Add(part, $"deviceRules [{{ characteristic: deviceModel, value: \"Outlook for iOS and Android\", access: allow }}]", Effort.Setting);
            }

            var isOwn = organization.Domains.Any(domain => _email.EndsWith("@" + domain, StringComparison.OrdinalIgnoreCase));
            if (isOwn && organization.Mailboxes.Count > 0 && !organization.Mailboxes.Contains(_email, StringComparer.OrdinalIgnoreCase))
            {
                Add(part, $"mailboxes +{_email}", Effort.Renewal);
            }
        }
    }

    private void AddCertificates()
    {
        var trusted = _scenario.Authorities.Where(authority => authority.Issuer is not null && EndsTrusted(authority.Name)).Select(authority => authority.Name).ToList();
        foreach (var certificate in _scenario.Certificates.Where(certificate => certificate.File is null))
        {
            var part = ChangeTargets.PartOf(_scenario, "certificates", certificate.Name);
            if (certificate.NotBefore is not null || certificate.NotAfter is not null)
            {
                Add(part, $"{ChangeVerbs.Renew}", Effort.Renewal);
            }

            AddAll(part, certificate, [("extendedKeyUsage", "default", Effort.Renewal), ("extensions", "default", Effort.Renewal), ("signatureHash", "default", Effort.Renewal)]);
            foreach (var authority in trusted.Where(name => !string.Equals(name, certificate.Issuer, StringComparison.Ordinal)))
            {
                Add(part, $"issuer {authority}", Effort.Renewal);
            }
        }

        foreach (var authority in _scenario.Authorities)
        {
            var part = ChangeTargets.PartOf(_scenario, "authorities", authority.Name);
            if (authority.NotBefore is not null || authority.NotAfter is not null)
            {
                Add(part, $"{ChangeVerbs.Renew}", Effort.Others);
            }

            AddAll(part, authority, [("extendedKeyUsage", "default", Effort.Others), ("pathLength", "default", Effort.Others), ("signatureHash", "default", Effort.Others), ("extensions", "default", Effort.Others)]);
            if (!authority.Trusted && authority.Issuer is null)
            {
                Add(part, $"trusted", Effort.Others);
            }
        }
    }

    /// <summary>Names that clients will request and that lack a certificate or an address.</summary>
    private void AddHosts()
    {
        var known = _scenario.LoadBalancers.SelectMany(balancer => balancer.Hosts).Concat(_scenario.Dns.Keys).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var organization in _scenario.Organizations)
        {
            var front = _scenario.LoadBalancers.FirstOrDefault(balancer => balancer.Hosts.Any(host => organization.Domains.Any(domain => host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase))));
            foreach (var host in organization.Domains.Select(domain => "autodiscover." + domain).Where(host => front is not null && !known.Contains(host)))
            {
                Add(PartOf(front!), $"hosts +{host}", Effort.Setting);
            }
        }

        foreach (var balancer in _scenario.LoadBalancers)
        {
            var presented = balancer.Nodes.Select(node => node.Present?.Certificate).Append(balancer.Present?.Certificate).OfType<string>().Distinct(StringComparer.Ordinal);
            foreach (var certificate in presented.Select(_book.FindCertificate).OfType<CertificateRecipe>().Where(certificate => certificate.File is null))
            {
                var missing = balancer.Hosts.Where(host => !certificate.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase)).ToList();
                if (missing.Count > 0)
                {
                    Add(ChangeTargets.PartOf(_scenario, "certificates", certificate.Name), $"hosts [{string.Join(", ", certificate.Hosts.Concat(missing).Select(host => $"\"{host}\""))}]", Effort.Renewal);
                }
            }
        }
    }

    private void AddAutoDetect()
    {
        var definition = _scenario.AutoDetect;
        AddAll("autoDetect", definition, [.. OfAutoDetect.Select(key => (key, "default", Effort.Others))]);
        foreach (var part in definition.Cache.Select(cached => "cache/" + cached.Name)
            .Concat(definition.Domains.Select(domain => "domains/" + domain.Name))
            .Concat(definition.Providers.Select(provider => "providers/" + provider.Name)))
        {
            Add($"autoDetect/{part}", ChangeVerbs.Remove, Effort.Others);
        }

        foreach (var instance in definition.Instances.Where(instance => !instance.Available))
        {
            Add($"autoDetect/instances/{instance.Name}", "available", Effort.Others);
        }
    }

    private void AddNodeChange(LoadBalancerDefinition balancer, Func<NodeDefinition, bool> isMeant, string change, Effort effort)
    {
        var names = balancer.Nodes.Where(isMeant).Select(node => node.Name).ToList();
        if (names.Count > 0)
        {
            _candidates.Add(new ChangeCandidate(PartOf(balancer), names, change, effort));
        }
    }

    private void AddAll(string part, object record, IEnumerable<(string Key, string Sound, Effort Effort)> keys)
    {
        var written = ModelTree.Of(record, ModelBuilder.Record(record.GetType()));
        foreach (var (key, sound, effort) in keys)
        {
            if (written.Find(key) is not null and not YamlScalar { IsNull: true })
            {
                Add(part, $"{key} {sound}", effort);
            }
        }
    }

    private string PartOf(LoadBalancerDefinition balancer) => ChangeTargets.PartOf(_scenario, "loadBalancers", balancer.Name);

    private void Add(string part, string body, Effort effort) => _candidates.Add(new ChangeCandidate(part, [], body, effort));

    private bool IsComplete(PresentedChainRecipe recipe) =>
        recipe.Names is null
            ? recipe.Shape == ChainShape.Complete
            : _book.FindCertificate(recipe.Certificate) is not null && ShapePlan.Recognize(_book, recipe.Certificate, recipe.Names) == ChainShape.Complete;

    private bool EndsTrusted(string authority)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var name = authority; name is not null && seen.Add(name) && _book.FindAuthority(name) is { } recipe; name = recipe.Issuer)
        {
            if (recipe.Trusted)
            {
                return true;
            }
        }

        return false;
    }
}
