using System.Text;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>References and limits within the AutoDetect service's own data.</summary>
internal static class AutoDetectRules
{
    /// <summary>The minimum key length of HS256 (RFC 7518 3.2).</summary>
    private const int ShortestKey = 32;

    private static readonly string[] ServiceNames = [.. BuiltInProviders.All.Select(provider => provider.Name)];
    private static readonly string[] ProtocolNames = ["imap", "smtp", "pop3", "eas", "ews"];
    private static readonly string[] EncryptionNames = ["Ssl", "StartTls", "None"];

    public static void Check(Scenario scenario, ProblemSink problems)
    {
        var definition = scenario.AutoDetect;
        var path = ModelPath.Root / "autoDetect";
        if (definition.FeedbackKey is { } key && Encoding.UTF8.GetByteCount(key) < ShortestKey)
        {
            problems.AddAt(path / "feedbackKey", $"An HS256 key must have at least {ShortestKey} bytes, not {Encoding.UTF8.GetByteCount(key)}");
        }

        if (definition.Hosts.Count == 0)
        {
            problems.AddAt(path / "hosts", "`hosts` must list at least one host name");
        }

        foreach (var (domain, cloud) in definition.SovereignDomains)
        {
            CheckKnown(cloud, SovereignClouds.Names, path / "sovereignDomains" / domain, "sovereign cloud", problems);
        }

        var providers = new HashSet<string>(ServiceNames, StringComparer.Ordinal);
        foreach (var provider in definition.Providers)
        {
            providers.Add(provider.Name);
            CheckProvider(provider, path / "providers" / provider.Name, problems);
        }

        foreach (var domain in definition.Domains)
        {
            CheckReference(domain.ProviderId, providers, path / "domains" / domain.Name / "providerId", problems);
            CheckProtocols(domain.Protocols, path / "domains" / domain.Name, problems);
            CheckEndpoint(domain.AutoDv2Endpoint, path / "domains" / domain.Name, problems);
        }

        foreach (var cached in definition.Cache)
        {
            CheckReference(cached.ProviderId, providers, path / "cache" / cached.Name / "providerId", problems);
        }
    }

    private static void CheckProvider(ProviderRecordDefinition provider, ModelPath path, ProblemSink problems)
    {
        if (provider.Service is { } service)
        {
            CheckKnown(service, ServiceNames, path / "service", "service", problems);
        }

        CheckProtocols(provider.Protocols, path, problems);
        CheckEndpoint(provider.AutoDv2Endpoint, path, problems);
    }

    private static void CheckProtocols(IReadOnlyList<ProtocolRecordDefinition> protocols, ModelPath path, ProblemSink problems)
    {
        for (var index = 0; index < protocols.Count; index++)
        {
            CheckKnown(protocols[index].Protocol, ProtocolNames, path / "protocols" / index / "protocol", "protocol", problems);
            if (protocols[index].Encryption is { } encryption)
            {
                CheckKnown(encryption, EncryptionNames, path / "protocols" / index / "encryption", "encryption", problems);
            }
        }
    }

    private static void CheckEndpoint(string? endpoint, ModelPath path, ProblemSink problems)
    {
        if (endpoint is not null && Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.Scheme is not "https")
        {
            problems.AddAt(path / "autoDv2Endpoint", $"AutoDiscover V2 requires an https URL, not `{endpoint}`", endpoint, "https");
        }
    }

    private static void CheckReference(string? id, HashSet<string> providers, ModelPath path, ProblemSink problems)
    {
        if (id is not null)
        {
            CheckKnown(id, providers, path, "provider", problems);
        }
    }

    private static void CheckKnown(string text, IReadOnlyCollection<string> known, ModelPath path, string noun, ProblemSink problems)
    {
        if (!known.Contains(text, StringComparer.Ordinal))
        {
            var nearest = problems.Nearest(text, known);
            problems.AddAt(
                path,
                nearest is null ? $"Unknown {noun} `{text}`; choose from {string.Join(", ", known)}" : $"Unknown {noun} `{text}`; did you mean `{nearest}`?",
                text,
                nearest);
        }
    }
}
