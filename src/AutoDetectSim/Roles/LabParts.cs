using System.Net;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Roles;

/// <summary>Which parts of a lab this process is, and where the others are.</summary>
internal sealed class LabParts
{
    private readonly Dictionary<PartRole, Place> _places = [];

    private LabParts(IReadOnlyList<PartRole> roles, IPAddress listen)
    {
        Roles = roles;
        Listen = listen;
    }

    /// <summary>The roles of this process.</summary>
    public IReadOnlyList<PartRole> Roles { get; }

    /// <summary>The address that this process listens on.</summary>
    public IPAddress Listen { get; }

    /// <summary>The parts that the roles of this process connect to, each once.</summary>
    public IReadOnlyList<PartRole> Needed { get; private set; } = [];

    /// <summary>The nodes that the parts file names.</summary>
    public IEnumerable<PartRole> Nodes => _places.Keys.Where(role => role.Kind == PartKind.Node);

    /// <summary>Whether this process has a role.</summary>
    public bool Has(PartKind kind) => Roles.Any(role => role.Kind == kind);

    /// <summary>Whether this process is a part.</summary>
    public bool Is(PartRole role) => Roles.Contains(role);

    /// <summary>Where other processes reach a part; throws <see cref="KeyNotFoundException"/> for one that no role of this process needs.</summary>
    public PartAddress AddressOf(PartRole role) => _places[role].Address;

    /// <summary>Whether a part reads the PROXY protocol.</summary>
    public bool TakesProxyProtocol(PartRole role) => _places[role].ProxyProtocol;

    /// <summary>Where this process listens as one of its roles.</summary>
    public IPEndPoint EndPointOf(PartRole role) => new(Listen, _places[role].Port);

    /// <summary>Reads what roles need of a parts file.</summary>
    /// <param name="scenario">The scenario, complete.</param>
    /// <param name="wanted">The roles of this process.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="file">The file that they come from.</param>
    /// <param name="listen">The address to listen on.</param>
    /// <exception cref="LabPartsException">The scenario has not such parts, or the file does not name one that is needed.</exception>
    public static LabParts Create(Scenario scenario, IReadOnlyList<PartRole> wanted, PartsDefinition parts, string file, IPAddress listen)
    {
        var problems = new List<string>();
        List<PartRole> roles = [.. wanted.Select(role => Resolve(scenario, role, $"--role {role}", problems)).OfType<PartRole>().Distinct()];
        var made = new LabParts(roles, listen);
        foreach (var part in parts.Parts)
        {
            _ = PartRole.TryParse(part.Role, out var role);
            if (Resolve(scenario, role, $"{file}: the part {role}", problems) is { } known)
            {
                var address = PartAddress.TryParse(part.Address)!;
                if (!made._places.TryAdd(known, new Place(address, part.Listen ?? address.Port, part.ProxyProtocol)))
                {
                    problems.Add($"{file}: the part {known} is listed twice, under different names.");
                }
            }
        }

        foreach (var role in roles.Where(role => !made._places.ContainsKey(role)))
        {
            problems.Add($"{file}: the part {role} is missing, which this process is to be: name its address.");
        }

        var needs = roles.SelectMany(role => PartNeeds.Of(scenario, role).Select(need => (Role: role, Need: need))).Where(pair => !roles.Contains(pair.Need)).ToList();
        problems.AddRange(needs.Where(pair => !made._places.ContainsKey(pair.Need)).Select(pair => $"{file}: the part {pair.Need} is missing, which {pair.Role} connects to ({PartNeeds.Describe(scenario, pair.Need)})."));
        problems.AddRange(roles.Where(made._places.ContainsKey).GroupBy(role => made._places[role].Port).Where(group => group.Count() > 1)
            .Select(group => FormattableString.Invariant($"{file}: {string.Join(" and ", group)} would listen on port {group.Key} of one process: give each another `listen`.")));
        made.Needed = [.. needs.Select(pair => pair.Need).Distinct()];
        return problems.Count == 0 ? made : throw new LabPartsException(problems);
    }

    /// <summary>The role with the names as the scenario writes them; a node may be named by its organization, if that is enough.</summary>
    private static PartRole? Resolve(Scenario scenario, PartRole role, string place, List<string> problems)
    {
        if (role.Kind is not (PartKind.Node or PartKind.Balancer))
        {
            return role;
        }

        var named = scenario.LoadBalancers.FirstOrDefault(balancer => Same(balancer.Name, role.Balancer));
        if (role.Kind == PartKind.Balancer)
        {
            return named is null ? Unknown("load balancer", role.Balancer, scenario.LoadBalancers.Select(balancer => balancer.Name)) : PartRole.OfBalancer(named.Name);
        }

        List<LoadBalancerDefinition> candidates = named is not null ? [named]
            : [.. scenario.LoadBalancers.Where(balancer => balancer.Nodes.Any(node => Same(node.Name, role.Node) && node.Organization is { } organization && Same(organization, role.Balancer)))];
        if (candidates is not [var found])
        {
            return candidates.Count > 1
                ? Refuse($"{place}: {role.Balancer} has {role.Node} behind several load balancers; name one of them: {string.Join(", ", candidates.Select(balancer => balancer.Name))}.")
                : Unknown("load balancer", role.Balancer, scenario.LoadBalancers.Select(balancer => balancer.Name));
        }

        return found.Nodes.FirstOrDefault(node => Same(node.Name, role.Node)) is { } known
            ? PartRole.OfNode(found.Name, known.Name)
            : Unknown($"node of {found.Name}", role.Node, found.Nodes.Select(node => node.Name));

        PartRole? Unknown(string noun, string name, IEnumerable<string> known) => Refuse(NearestName.Find(name, known) is { } nearest
            ? $"{place}: the scenario {scenario.Name} has no {noun} named {name}; did you mean {nearest}?"
            : $"{place}: the scenario {scenario.Name} has no {noun} named {name}; choose from {string.Join(", ", known.Take(30))}.");

        PartRole? Refuse(string problem)
        {
            problems.Add(problem);
            return null;
        }
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private sealed record Place(PartAddress Address, int Port, bool ProxyProtocol);
}

/// <summary>Roles and parts file do not fit the scenario, or one another.</summary>
/// <param name="problems">Everything that is wrong, a sentence each.</param>
internal sealed class LabPartsException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems.Distinct(StringComparer.Ordinal)));
