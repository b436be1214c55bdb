namespace AutoDetectSim.Network;

/// <summary>Where the zones of a lab begin: at the mail domains of the scenario, and elsewhere at a name as registries give them out.</summary>
internal sealed class ZoneCuts(IEnumerable<string> domains)
{
    /// <summary>The longest second-level name that is taken for a registry's, as in <c>co.uk</c>, where the top-level domain has two letters.</summary>
    private const int RegistryLength = 3;

    private readonly HashSet<string> _domains = new(domains, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name at which the zone of a name would begin.</summary>
    public string ApexOf(string name)
    {
        for (var rest = name; rest.Length > 0; rest = rest.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? rest[(dot + 1)..] : string.Empty)
        {
            if (_domains.Contains(rest))
            {
                return rest;
            }
        }

        var labels = name.Split('.');
        var count = labels is [.., { Length: <= RegistryLength }, { Length: 2 }] ? 3 : 2;
        return labels.Length <= count ? name : string.Join('.', labels[^count..]);
    }
}
