using System.Collections.Frozen;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.AutoDetect.Database;

/// <summary>AutoDetect's provider and domain records: the built-in providers, and what the scenario adds or replaces.</summary>
internal sealed class AutoDetectDatabase
{
    private readonly FrozenDictionary<string, ProviderRecord> _providers;
    private readonly FrozenDictionary<string, ProviderRecord> _byMailDomain;
    private readonly FrozenDictionary<string, DomainRecordDefinition> _domains;
    private readonly ProviderRecord[] _withMailExchangers;

    public AutoDetectDatabase(AutoDetectDefinition definition)
    {
        var providers = BuiltInProviders.All.ToDictionary(provider => provider.Name, StringComparer.Ordinal);
        foreach (var provider in definition.Providers)
        {
            providers[provider.Name] = provider;
        }

        var records = providers.Values.Select(provider => new ProviderRecord(provider)).ToArray();
        _providers = records.ToFrozenDictionary(record => record.Id, StringComparer.Ordinal);
        _withMailExchangers = [.. records.Where(record => record.Definition.MailExchangers.Count > 0)];
        var byMailDomain = new Dictionary<string, ProviderRecord>(StringComparer.OrdinalIgnoreCase);
        foreach (var record in records)
        {
            foreach (var domain in record.Definition.MailDomains)
            {
                byMailDomain[domain] = record;
            }
        }

        _byMailDomain = byMailDomain.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        var domains = new Dictionary<string, DomainRecordDefinition>(StringComparer.OrdinalIgnoreCase);
        foreach (var domain in definition.Domains)
        {
            domains[domain.Name] = domain;
        }

        _domains = domains.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A provider record by its id, or null.</summary>
    public ProviderRecord? Provider(string? id) => id is null ? null : _providers.GetValueOrDefault(id);

    /// <summary>A domain record, or null.</summary>
    public DomainRecordDefinition? Domain(string domain) => _domains.GetValueOrDefault(domain);

    /// <summary>The provider whose own mail domain this is, or null.</summary>
    public ProviderRecord? ByMailDomain(string domain) => _byMailDomain.GetValueOrDefault(domain);

    /// <summary>The provider that MX targets show, the most preferred first; or null.</summary>
    public ProviderRecord? ByMailExchangers(IEnumerable<string> targets)
    {
        foreach (var target in targets)
        {
            foreach (var record in _withMailExchangers)
            {
                if (record.HasMailExchanger(target))
                {
                    return record;
                }
            }
        }

        return null;
    }
}
