using System.Globalization;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Turns a captured world into a scenario that reproduces it.</summary>
internal sealed class ScenarioReproduction(CapturedWorld world)
{
    public const string AutoDiscoverLabel = "autodiscover.";
    private const int LongestNodeName = 40;

    private static readonly HashSet<string> MailLabels = new(StringComparer.OrdinalIgnoreCase) { "mail", "outlook", "webmail", "owa", "email", "exchange", "activesync", "eas", "mobile", "hybrid", "legacy" };

    /// <summary>Hosts of other services.</summary>
    private static readonly HashSet<string> OtherLabels = new(StringComparer.OrdinalIgnoreCase)
    {
        "smtp", "imap", "pop", "pop3", "mx", "mx1", "mx2", "relay", "mailgate", "spam", "ftp", "sip", "lync", "lyncdiscover", "meet", "dialin", "vpn", "sts", "adfs", "fs", "www", "ns", "ns1", "ns2", "ldap",
    };

    private readonly PkiReproduction _pki = new(world);
    private readonly SortedSet<string> _deviations = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _guesses = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _missing = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<CapturedConnection>> _nodes = new(StringComparer.Ordinal);

    /// <summary>Makes the scenario.</summary>
    public ReproducedScenario Make()
    {
        var hosts = world.Hosts.Select(WithoutNames).Where(host => host.Connections.Count > 0).Select(host => (Host: host, Seen: CapturedNode.Of(host))).ToList();
        var readings = world.Hosts.SelectMany(host => host.Connections).SelectMany(Readings).ToList();
        var organization = MakeOrganization(readings, [.. hosts.SelectMany(host => host.Seen.Nodes)]);
        var balancers = MakeBalancers(hosts, organization);
        var unseen = new UnseenHosts(world, _pki, _guesses);
        var domain = organization.Domains[0];
        if (Uri.TryCreate(organization.ActiveSyncUrl, UriKind.Absolute, out var activeSync) && !_missing.Contains(activeSync.Host))
        {
            unseen.AddActiveSyncHost(balancers, activeSync.Host);
        }

        if (!_missing.Contains(AutoDiscoverLabel + domain))
        {
            unseen.AddAutoDiscoverHost(balancers, domain);
        }

        var dns = _missing.ToDictionary(name => name, _ => (IReadOnlyDictionary<string, IReadOnlyList<string>>)new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase) { ["NXDOMAIN"] = [] }, StringComparer.OrdinalIgnoreCase);
        if (world.MailExchangers is { Count: > 0 } exchangers)
        {
            dns[domain] = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase)
            {
                ["MX"] = [.. exchangers.Select((exchanger, index) => string.Create(CultureInfo.InvariantCulture, $"{(index + 1) * 10} {exchanger}"))],
            };
        }

        var scenario = new Scenario
        {
            Name = new ScenarioNames().Take(world.Host, "captured"),
            Title = string.Create(CultureInfo.InvariantCulture, $"Captured from {world.Host} on {world.At.UtcDateTime:yyyy-MM-dd}{(world.IsEvidence ? "; validity is as of that day" : "")}"),
            Authorities = _pki.Authorities,
            Certificates = _pki.Certificates,
            Organizations = [organization],
            LoadBalancers = balancers,
            Dns = dns,
        };
        return new ReproducedScenario(ScenarioDefaults.Complete(scenario), [.. _pki.Deviations, .. _deviations])
        {
            Guesses = [.. _pki.Guesses, .. _guesses],
            Nodes = _nodes,
        };
    }

    private static IEnumerable<AnswerReading> Readings(CapturedConnection connection) => connection.Answers.Select(answer => AnswerReading.Of(
        new Observation { Number = 0, Host = "", Port = 0, Answers = [answer] },
        answer.Path.Contains("autodiscover", StringComparison.OrdinalIgnoreCase) ? HostRole.AutoDiscover : HostRole.ActiveSync));

    private OrganizationDefinition MakeOrganization(List<AnswerReading> readings, List<CapturedNode> nodes)
    {
        var domain = DomainOf();
        var modes = nodes.Where(node => node.Authentication is not null).GroupBy(node => node.Authentication!.Value).OrderByDescending(group => group.Count()).ToList();
        var builds = nodes.Select(node => node.Build).OfType<string>().GroupBy(build => build, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ToList();
        var organization = new OrganizationDefinition { Name = new ScenarioNames().Take(domain.Split('.')[0], "organization"), Domains = [domain] };
        return organization with
        {
            Auth = modes.Count > 0 ? modes[0].Key : organization.Auth,
            Build = builds.Count > 0 ? FullBuild(builds[0].Key, organization.Build) : organization.Build,
            ActiveSyncUrl = readings.Select(reading => reading.ActiveSyncUrl).FirstOrDefault(url => url is not null) ?? DefaultActiveSyncUrl(),
            Mailboxes = world.Email is { } email ? [email] : [],
        };
    }

    private string DomainOf()
    {
        if (world.Email is { } email)
        {
            return (EmailAddress.DomainOf(email) ?? email).ToLowerInvariant();
        }

        var host = world.Hosts.Select(host => host.Host).FirstOrDefault(host => host.StartsWith(AutoDiscoverLabel, StringComparison.OrdinalIgnoreCase)) ?? world.Host;
        var labels = host.Split('.');
        return (labels.Length > 2 ? string.Join('.', labels.Skip(1)) : host).ToLowerInvariant();
    }

    /// <summary>A host whose name does not resolve has no nodes.</summary>
    private CapturedHost WithoutNames(CapturedHost host)
    {
        var found = host.Connections.Where(connection => connection.Call?.Failure?.Code != NodeErrors.NameNotFound).ToList();
        if (found.Count == 0 && host.Connections.Count > 0)
        {
            _missing.Add(host.Host);
        }
        else if (found.Count < host.Connections.Count)
        {
            _deviations.Add($"the name {host.Host} was not found {host.Connections.Count - found.Count} times, and found at others; the lab always finds it");
        }

        return host with { Connections = found };
    }

    /// <summary>Without an AutoDiscover answer the ActiveSync host is the one that looks most like it.</summary>
    private string DefaultActiveSyncUrl()
    {
        var domain = "." + DomainOf();
        var others = world.Hosts.Where(host => !host.Host.StartsWith(AutoDiscoverLabel, StringComparison.OrdinalIgnoreCase)).OrderBy(host => host.Host.EndsWith(domain, StringComparison.OrdinalIgnoreCase) ? 0 : 1).ToList();
        var isAlone = others.Count == world.Hosts.Count;
        var host = world.IsEvidence
            ? others.Find(host => MailLabels.Contains(host.Host.Split('.')[0]))
                ?? others.Find(host => !OtherLabels.Contains(host.Host.Split('.')[0]) && (isAlone || host.Host.EndsWith(domain, StringComparison.OrdinalIgnoreCase)))
            : others.FirstOrDefault();
        if (host is not null && others.Count > 1)
        {
            _guesses.Add($"no AutoDiscover answer names the ActiveSync host; {host.Host} is assumed");
        }

        host ??= world.Hosts.FirstOrDefault(known => known.Host.StartsWith(AutoDiscoverLabel, StringComparison.OrdinalIgnoreCase)) ?? world.Hosts[0];
        return new UriBuilder(Uri.UriSchemeHttps, host.Host, host.Port == 443 ? -1 : host.Port, ExchangePaths.ActiveSync).Uri.AbsoluteUri;
    }

    private List<LoadBalancerDefinition> MakeBalancers(List<(CapturedHost Host, (IReadOnlyList<CapturedNode> Nodes, IReadOnlyList<string> Order) Seen)> hosts, OrganizationDefinition organization)
    {
        var names = new ScenarioNames();
        var nodeNames = new ScenarioNames();
        var balancers = new List<LoadBalancerDefinition>();
        var same = hosts.GroupBy(host => $"{host.Host.Port} {DeviceOf(host.Host)}\n" + string.Join('\n', host.Seen.Nodes.Select(node => node.Key).Order(StringComparer.Ordinal)), StringComparer.Ordinal);
        foreach (var group in same)
        {
            var (host, seen) = group.First();
            var keys = new Dictionary<string, string>(StringComparer.Ordinal);
            var nodes = new List<NodeDefinition>();
            foreach (var node in seen.Nodes)
            {
                // The same node as seen under another host name tells things that this one was not asked.
                var everywhere = node with { Connections = [.. group.SelectMany(part => part.Seen.Nodes).Where(other => other.Key == node.Key).SelectMany(other => other.Connections)] };
                if (MakeNode(everywhere, [.. group.Select(part => part.Host)], organization, nodeNames) is { } made)
                {
                    keys[node.Key] = made.Name;
                    nodes.Add(made);
                }
            }

            if (nodes.Count == 0)
            {
                _deviations.Add($"{host.Host} showed nothing that can be made again, and is left out");
                continue;
            }

            var balancer = new LoadBalancerDefinition
            {
                Name = names.Take(balancers.Count == 0 ? "perimeter" : host.Host.Split('.')[0], "balancer"),
                Hosts = [.. group.Select(part => part.Host.Host).Distinct(StringComparer.OrdinalIgnoreCase)],
                Port = host.Port,
                Nodes = nodes,
            };
            if (DeviceOf(host) is not PreAuthentication.None and var device)
            {
                var whole = AnsweredFaults.WithDevice(balancer, device);
                _deviations.UnionWith(whole is null ? [$"{host.Host}: a device that wants callers to log on first is not rebuilt, as the nodes behind it have several chains or faults"] : []);
                balancer = whole ?? balancer;
            }

            balancers.Add(WithAlgorithm(balancer, host, [.. seen.Order.Where(keys.ContainsKey).Select(key => keys[key])]));
        }

        return balancers;
    }

    private PreAuthentication DeviceOf(CapturedHost host) => world.IsEvidence ? AnsweredFaults.Device(host.Connections) : PreAuthentication.None;

    private NodeDefinition? MakeNode(CapturedNode node, IReadOnlyList<CapturedHost> hosts, OrganizationDefinition organization, ScenarioNames names)
    {
        List<string> hostNames = [.. hosts.Select(host => host.Host).Distinct(StringComparer.OrdinalIgnoreCase)];
        var present = node.Sample.Chain.Count > 0 ? _pki.Present(node.Sample, hostNames) : _pki.Assume(hostNames);
        if (present is null)
        {
            return null;
        }

        var versions = hosts.SelectMany(host => host.TlsVersions.Where(known => known.Key == node.Name).SelectMany(known => known.Value))
            .Concat(node.Connections.SelectMany(connection => connection.TlsVersions))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        var made = new NodeDefinition
        {
            Name = names.Take(node.Name.Length <= LongestNodeName ? node.Name : node.Name[..LongestNodeName], "node"),
            Present = present,
            Auth = node.Authentication is { } mode && mode != organization.Auth ? mode : null,
            Build = node.Build is { } build && FullBuild(build, organization.Build) is var full && full != organization.Build ? full : null,
            Offline = world.IsEvidence ? AnsweredFaults.Offline(node.Connections) : [],
            ClientCertificate = node.Sample.DemandsClientCertificate,
            WithoutSni = hosts.Select(host => host.WithoutServerName).FirstOrDefault(list => list.Count > 0) is { } bare ? _pki.PresentBare(bare) : null,
            Fault = node.Fault,
            Alert = node.Fault == TransportFault.Alert ? node.Sample.Call?.Failure?.Alert ?? "handshake_failure" : null,
        };
        _nodes[made.Name] = node.Connections;
        return versions.Count > 0 ? made with { TlsVersions = versions } : made;
    }

    private LoadBalancerDefinition WithAlgorithm(LoadBalancerDefinition balancer, CapturedHost host, IReadOnlyList<string> order)
    {
        if (host.IsSticky)
        {
            return balancer with { Algorithm = BalancingAlgorithm.SourceHash };
        }

        var counts = order.GroupBy(name => name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        if (counts.Count < 2)
        {
            return balancer;
        }

        if (TurnOrder.Find(order) is { } turn)
        {
            var cycle = order.Take(turn).ToList();
            return cycle.Count == counts.Count
                ? balancer with { Nodes = [.. balancer.Nodes.OrderBy(node => cycle.IndexOf(node.Name))] }
                : balancer with { Algorithm = BalancingAlgorithm.Sequence, Sequence = cycle };
        }

        // Of a few calls in files, the shares are known and nothing else: drawn at random, they would come out as others.
        if (ProbeSufficiency.From(order).EqualShares && !world.IsEvidence)
        {
            return balancer with { Algorithm = BalancingAlgorithm.Random };
        }

        _deviations.Add($"{string.Join(", ", balancer.Hosts)}: nodes keep their shares, but come in a fixed order");
        return counts.Values.Distinct().Count() == 1 ? balancer : balancer with
        {
            Algorithm = BalancingAlgorithm.Weighted,
            Nodes = [.. balancer.Nodes.Select(node => node with { Weight = counts.GetValueOrDefault(node.Name, 1) })],
        };
    }

    /// <summary>Major and minor version alone are all that a server of today shows: the rest is the usual one, if it fits.</summary>
    private static string FullBuild(string shown, string usual)
    {
        var version = Version.Parse(shown);
        if (version.Revision >= 0)
        {
            return shown;
        }

        return usual.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{version.Major}.{version.Minor}."), StringComparison.Ordinal)
            ? usual
            : (version.Major, version.Minor) switch
            {
                (15, 1) => "15.1.2507.55",
                (15, 0) => "15.0.1497.48",
                _ => string.Create(CultureInfo.InvariantCulture, $"{version.Major}.{version.Minor}.{Math.Max(0, version.Build)}.0"),
            };
    }
}
