using System.Globalization;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Network;

/// <summary>
/// The DNS of a lab, in memory. Hosts of virtual IPs have an A record each unless the scenario gives the name records of its
/// own; every other name does not exist. Records may be replaced while the lab runs.
/// </summary>
internal sealed class DnsZone : ILabDnsResolver
{
    /// <summary>Pseudo-type of a name that does not exist whatever else would be known of it.</summary>
    public const string NonExistent = "NXDOMAIN";

    /// <summary>Pseudo-type of a name whose server fails.</summary>
    public const string ServerFailure = "SERVFAIL";

    /// <summary>How many CNAME records are followed before the zone gives up with SERVFAIL, as resolvers do.</summary>
    private const int MaximumAliases = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, IReadOnlyList<string>>> _owners = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Builds the zone of a scenario.</summary>
    public static DnsZone Create(Scenario scenario, IEnumerable<VirtualIp> virtualIps)
    {
        var zone = new DnsZone();
        foreach (var virtualIp in virtualIps)
        {
            foreach (var host in virtualIp.Hosts)
            {
                zone.Set(host, "A", [virtualIp.Address.ToString()]);
            }
        }

        foreach (var (owner, types) in scenario.Dns)
        {
            // What the scenario says of a host's address takes the place of what the balancer implies.
            if (types.Keys.Any(type => Is(type, NonExistent) || Is(type, ServerFailure) || Is(type, "CNAME")))
            {
                zone.Remove(owner);
            }

            foreach (var (type, values) in types)
            {
                zone.Set(owner, type, values);
            }
        }

        return zone;
    }

    /// <summary>Sets the records of one type at one name.</summary>
    public void Set(string owner, string type, IReadOnlyList<string> values)
    {
        lock (_gate)
        {
            var name = Normalize(owner);
            if (!_owners.TryGetValue(name, out var types))
            {
                _owners[name] = types = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
            }

            types[type] = values;
        }
    }

    /// <summary>Removes every record of a name.</summary>
    public void Remove(string owner)
    {
        lock (_gate)
        {
            _owners.Remove(Normalize(owner));
        }
    }

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Query(name, type));

    /// <summary>Answers from what the zone holds now.</summary>
    public DnsAnswer Query(string name, DnsRecordType type)
    {
        lock (_gate)
        {
            var owner = Normalize(name);
            for (var aliases = 0; aliases <= MaximumAliases; aliases++)
            {
                if (!_owners.TryGetValue(owner, out var types) || types.ContainsKey(NonExistent))
                {
                    return new DnsAnswer(DnsStatus.NonExistentDomain, []);
                }

                if (types.ContainsKey(ServerFailure))
                {
                    break;
                }

                if (types.TryGetValue(TypeName(type), out var values))
                {
                    return new DnsAnswer(DnsStatus.NoError, Sorted(type, values));
                }

                if (type == DnsRecordType.Cname || !types.TryGetValue("CNAME", out var alias) || alias.Count == 0)
                {
                    return new DnsAnswer(DnsStatus.NoError, []);
                }

                owner = Normalize(alias[0]);
            }

            return new DnsAnswer(DnsStatus.ServerFailure, []);
        }
    }

    private static string TypeName(DnsRecordType type) => type switch
    {
        DnsRecordType.A => "A",
        DnsRecordType.Aaaa => "AAAA",
        DnsRecordType.Cname => "CNAME",
        DnsRecordType.Mx => "MX",
        DnsRecordType.Srv => "SRV",
        _ => "TXT",
    };

    private static IReadOnlyList<string> Sorted(DnsRecordType type, IReadOnlyList<string> values) =>
        type is DnsRecordType.Mx or DnsRecordType.Srv ? [.. values.OrderBy(Preference)] : values;

    private static int Preference(string value) =>
        int.TryParse(value.AsSpan(0, Math.Max(value.IndexOf(' ', StringComparison.Ordinal), 0)), NumberStyles.None, CultureInfo.InvariantCulture, out var preference)
            ? preference
            : int.MaxValue;

    private static bool Is(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string Normalize(string name) => name.EndsWith('.') ? name[..^1] : name;
}
