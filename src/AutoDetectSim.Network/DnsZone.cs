using System.Globalization;
using System.Net;
using AutoDetectSim.Documents.Binding;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Network;

/// <summary>
/// The DNS of a lab, in memory. Hosts of virtual IPs have an address record each unless the scenario gives the name records
/// of its own; every other name does not exist. Records may be replaced while the lab runs.
/// </summary>
internal sealed class DnsZone : ILabDnsResolver
{
    /// <summary>
    /// How long a stub resolver waits for an answer before it gives up: two attempts of five seconds, the defaults of
    /// resolv.conf(5).
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How many CNAME records are followed before the zone gives up with SERVFAIL, as resolvers do.</summary>
    private const int MaximumAliases = 16;

    private readonly Lock _gate = new();
    private Dictionary<string, Dictionary<string, IReadOnlyList<string>>> _owners = new(StringComparer.OrdinalIgnoreCase);
    private ZoneCuts _cuts = new([]);

    /// <summary>Builds the zone of a scenario.</summary>
    public static DnsZone Create(Scenario scenario, IEnumerable<VirtualIp> virtualIps)
    {
        var zone = new DnsZone { _cuts = new ZoneCuts(scenario.Organizations.SelectMany(organization => organization.Domains)) };
        foreach (var virtualIp in virtualIps)
        {
            foreach (var host in virtualIp.Hosts)
            {
                zone.Set(host, "A", [virtualIp.Address.ToString()]);
                if (virtualIp.Ipv6Address is { } ipv6)
                {
                    zone.Set(host, "AAAA", [ipv6.ToString()]);
                }
            }
        }

        foreach (var (owner, types) in scenario.Dns)
        {
            // What the scenario says of a host's address takes the place of what the balancer implies.
            if (types.Keys.Any(type => Is(type, DnsRecordSyntax.NonExistent) || Is(type, DnsRecordSyntax.ServerFailure) || Is(type, "CNAME")))
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

    /// <summary>Replaces its records with those of another zone, which must not be used afterwards.</summary>
    public void Become(DnsZone other)
    {
        lock (_gate)
        {
            _owners = other._owners;
            _cuts = other._cuts;
        }
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

    /// <summary>Removes the records of one type at one name; without a type, all of them.</summary>
    public void Remove(string owner, string? type = null)
    {
        lock (_gate)
        {
            var name = Normalize(owner);
            if (type is null)
            {
                _owners.Remove(name);
            }
            else if (_owners.TryGetValue(name, out var types) && types.Remove(type) && types.Count == 0)
            {
                _owners.Remove(name);
            }
        }
    }

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        var answer = Query(name, type);
        return ValueTask.FromResult(answer.Delay < Patience ? answer : new DnsAnswer(DnsStatus.ServerFailure, []) { Delay = Patience });
    }

    /// <summary>Answers from what the zone holds now.</summary>
    public DnsAnswer Query(string name, DnsRecordType type) => Query(name, type, out _);

    /// <summary>Answers from what the zone holds now, and tells the aliases that it followed.</summary>
    public DnsAnswer Query(string name, DnsRecordType type, out IReadOnlyList<Alias> aliases)
    {
        lock (_gate)
        {
            var typeName = TypeName(type);
            var found = type == DnsRecordType.Cname ? Find(name, null, null) : Find(name, typeName, typeName);
            aliases = found.Aliases ?? [];
            return new DnsAnswer(found.Status, Sorted(type, found.Records(typeName))) { Delay = found.Delay };
        }
    }

    /// <summary>The addresses of a name in the order in which Node.js tries them where it has both protocols: IPv6 first (RFC 6724), then in turns.</summary>
    public NameResolution Resolve(string host)
    {
        lock (_gate)
        {
            var found = Find(host, "A", "AAAA");
            if (found.Delay >= Patience)
            {
                return new NameResolution(DnsStatus.ServerFailure, [], Patience);
            }

            var (ipv6, ipv4) = (found.Records("AAAA"), found.Records("A"));
            var addresses = new List<IPAddress>(ipv6.Count + ipv4.Count);
            for (var index = 0; index < Math.Max(ipv6.Count, ipv4.Count); index++)
            {
                Add(ipv6, index);
                Add(ipv4, index);
            }

            return new NameResolution(found.Status, addresses, found.Delay);

            void Add(IReadOnlyList<string> records, int index)
            {
                if (index < records.Count && IPAddress.TryParse(records[index], out var address))
                {
                    addresses.Add(address);
                }
            }
        }
    }

    /// <summary>Whether the zone says anything of exactly this name: that it has records, of whatever type, or that it does not exist.</summary>
    public bool Owns(string name)
    {
        lock (_gate)
        {
            return _owners.ContainsKey(Normalize(name));
        }
    }

    /// <summary>The apex of the zone that answers for a name: the root where the lab has no names.</summary>
    public string ApexOf(string name)
    {
        lock (_gate)
        {
            var apex = _cuts.ApexOf(Normalize(name));
            var exists = _owners.TryGetValue(apex, out var types) ? !types.ContainsKey(DnsRecordSyntax.NonExistent) : IsAboveAnother(apex);
            return exists ? apex : string.Empty;
        }
    }

    /// <summary>Follows aliases to the name that has one of two types, or to the end; without types it stays where it is. The lock is held.</summary>
    private Found Find(string name, string? type, string? otherType)
    {
        var delay = TimeSpan.Zero;
        List<Alias>? aliases = null;
        var owner = Normalize(name);
        for (var count = 0; count <= MaximumAliases; count++)
        {
            if (!_owners.TryGetValue(owner, out var types))
            {
                // A name above others exists, although it has no records (RFC 8020); the root is above all.
                return new Found(owner.Length == 0 || IsAboveAnother(owner) ? DnsStatus.NoError : DnsStatus.NonExistentDomain, null, delay, aliases);
            }

            delay += DelayOf(types);
            if (types.ContainsKey(DnsRecordSyntax.NonExistent))
            {
                return new Found(DnsStatus.NonExistentDomain, null, delay, aliases);
            }

            if (types.ContainsKey(DnsRecordSyntax.ServerFailure))
            {
                break;
            }

            if (type is null || types.ContainsKey(type) || types.ContainsKey(otherType!) || !types.TryGetValue("CNAME", out var alias) || alias.Count == 0)
            {
                return new Found(DnsStatus.NoError, types, delay, aliases);
            }

            var target = Normalize(alias[0]);
            (aliases ??= []).Add(new Alias(owner, target));
            owner = target;
        }

        return new Found(DnsStatus.ServerFailure, null, delay, aliases);
    }

    private bool IsAboveAnother(string owner)
    {
        foreach (var other in _owners.Keys)
        {
            if (other.Length > owner.Length && other[^(owner.Length + 1)] == '.' && other.EndsWith(owner, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static TimeSpan DelayOf(Dictionary<string, IReadOnlyList<string>> types) =>
        types.TryGetValue(DnsRecordSyntax.Delay, out var values) && values.Count > 0 && DurationText.TryParse(values[0], out var delay) ? delay : TimeSpan.Zero;

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

    private readonly record struct Found(DnsStatus Status, Dictionary<string, IReadOnlyList<string>>? Types, TimeSpan Delay, IReadOnlyList<Alias>? Aliases)
    {
        public IReadOnlyList<string> Records(string type) => Types?.GetValueOrDefault(type) ?? [];
    }
}

/// <summary>One CNAME record that was followed.</summary>
/// <param name="Owner">The name that has it.</param>
/// <param name="Target">The name that it leads to.</param>
internal readonly record struct Alias(string Owner, string Target);

/// <summary>The addresses of a host.</summary>
/// <param name="Status">The response code.</param>
/// <param name="Addresses">The addresses in the order in which a client tries them.</param>
/// <param name="Delay">How long the name servers took.</param>
internal sealed record NameResolution(DnsStatus Status, IReadOnlyList<IPAddress> Addresses, TimeSpan Delay);
