using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using AutoDetectSim.Documents;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Node;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace AutoDetectSim.Exchange.Logon;

/// <summary>
/// The keys of Entra as Exchange servers hold them (the AuthMetadataUrl of an auth server object): each server fetches them over
/// https with the roots that its own Windows knows, when the first token comes, and keeps them for a day.
/// </summary>
/// <param name="knowsAllRoots">Fetches as a Windows does that gets new roots.</param>
/// <param name="knowsOldRoots">Fetches as a Windows does that gets none, and does not know that of Microsoft's services.</param>
/// <param name="time">Tells when keys are a day old.</param>
/// <param name="logger">Logs when a server cannot download.</param>
internal sealed class AuthMetadata(ILabHttpClient knowsAllRoots, ILabHttpClient knowsOldRoots, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Where the servers' own calls come from (TEST-NET-2, RFC 5737). The session numbers are far from those of all other callers.
    private static readonly IPAddress Address = IPAddress.Parse("198.51.100.40");
    private long _lastSession = 1L << 51;

    private readonly ConcurrentDictionary<(string Node, Guid Tenant, bool RootUpdates), Kept> _kept = new();

    /// <summary>The keys that a server has; none when it cannot fetch them.</summary>
    public async Task<KnownKeys> KeysAsync(ExchangeNode node, Organization organization, CancellationToken cancellationToken)
    {
        var place = (node.Definition.Name, organization.TenantId, node.HasRootUpdates);
        if (_kept.TryGetValue(place, out var kept) && time.GetUtcNow() - kept.FetchedAt < Lifetime)
        {
            return new KnownKeys(kept.Keys, null);
        }

        var (keys, problem) = await FetchAsync(node, organization, cancellationToken);
        if (problem is not null)
        {
            logger.MetadataNotDownloaded(node.Definition.Name, problem);
            return new KnownKeys([], problem);
        }

        _kept[place] = new Kept(keys, time.GetUtcNow());
        return new KnownKeys(keys, null);
    }

    /// <summary>Makes every server download again.</summary>
    public void Clear() => _kept.Clear();

    private async Task<(IReadOnlyList<SecurityKey> Keys, string? Problem)> FetchAsync(ExchangeNode node, Organization organization, CancellationToken cancellationToken)
    {
        var http = node.HasRootUpdates ? knowsAllRoots : knowsOldRoots;
        var caller = new Caller(Address, Interlocked.Increment(ref _lastSession), CallerKind.ExchangeServer);
        var (metadata, problem) = await GetAsync(http, new Uri($"https://login.windows.net/{organization.TenantId}/.well-known/openid-configuration"), caller, cancellationToken);
        if (metadata is null)
        {
            return ([], problem);
        }

        if (KeysUrl(metadata) is not { } url)
        {
            return ([], "it has no URL of the keys");
        }

        (var document, problem) = await GetAsync(http, url, caller, cancellationToken);
        try
        {
            return document is null ? ([], problem) : (Read(document), null);
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException)
        {
            return ([], "its keys cannot be read");
        }
    }

    private static async Task<(string? Text, string? Problem)> GetAsync(ILabHttpClient http, Uri url, Caller caller, CancellationToken cancellationToken)
    {
        var exchange = await http.SendAsync(new LabHttpRequest { Method = "GET", Uri = url, Timeout = Patience }, caller, cancellationToken);
        return exchange switch
        {
            { Error: { } error } => (null, $"{error.Code}, {error.Message}"),
            { Response: { StatusCode: 200 } response } => (Encoding.UTF8.GetString(response.Body.Span), null),
            _ => (null, FormattableString.Invariant($"{url.Host} answered status {exchange.Response!.StatusCode}")),
        };
    }

    private static IReadOnlyList<SecurityKey> Read(string document)
    {
        var keys = new JsonWebKeySet(document).GetSigningKeys();
        foreach (var key in keys)
        {
            key.CryptoProviderFactory = EntraKeys.NotShared;
        }

        return [.. keys];
    }

    private static Uri? KeysUrl(string metadata)
    {
        try
        {
            using var document = StrangersJson.Parse(metadata);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("jwks_uri", out var value)
                && value.ValueKind == JsonValueKind.String
                && Uri.TryCreate(value.GetString(), UriKind.Absolute, out var url)
                && url.Scheme is "https"
                    ? url
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Kept(IReadOnlyList<SecurityKey> Keys, DateTimeOffset FetchedAt);
}

/// <summary>The keys of Entra that a server knows.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="Problem">Why it could not fetch them, beginning with a code; null where it could, or did not have to.</param>
internal sealed record KnownKeys(IReadOnlyList<SecurityKey> Keys, string? Problem);
