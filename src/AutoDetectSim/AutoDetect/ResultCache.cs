using System.Collections.Concurrent;
using AutoDetectSim.AutoDetect.Database;
using AutoDetectSim.AutoDetect.Pipeline;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.AutoDetect;

/// <summary>
/// Results by SMTP domain. What the scenario puts there stays until it is cleared; what detections put there lasts for the
/// scenario's cache lifetime.
/// </summary>
internal sealed class ResultCache
{
    private const int Maximum = 10_000;

    private readonly ConcurrentDictionary<string, CachedResult> _results = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeProvider _time;
    private IReadOnlyList<CachedResultDefinition> _written = [];
    private long _lifetimeTicks;

    public ResultCache(TimeProvider time) => _time = time;

    /// <summary>Takes over what a scenario says of the cache: results that it no longer has are forgotten, those that it has now are put there. What detections put there stays.</summary>
    public void Apply(AutoDetectDefinition definition, AutoDetectDatabase database)
    {
        Interlocked.Exchange(ref _lifetimeTicks, (definition.CacheLifetime ?? TimeSpan.Zero).Ticks);
        var now = _time.GetUtcNow();
        foreach (var gone in _written.Except(definition.Cache))
        {
            _results.TryRemove(gone.Name, out _);
        }

        foreach (var cached in definition.Cache.Except(_written))
        {
            if (database.Provider(cached.ProviderId) is { } provider)
            {
                _results[cached.Name] = new CachedResult(provider, null, now - cached.Age, null);
            }
        }

        _written = definition.Cache;
    }

    /// <summary>Holds what the scenario says and nothing else, as when the lab started.</summary>
    public void Reset(AutoDetectDefinition definition, AutoDetectDatabase database)
    {
        _results.Clear();
        _written = [];
        Apply(definition, database);
    }

    /// <summary>How many results are kept.</summary>
    public int Count => _results.Count;

    /// <summary>Forgets the result of one domain; false when there was none.</summary>
    public bool Clear(string domain) => _results.TryRemove(domain, out _);

    /// <summary>Forgets all results.</summary>
    public void Clear() => _results.Clear();

    /// <summary>Gives the kept result to a run; false when there is none that the caller can use.</summary>
    public bool TryUse(DetectionRun run)
    {
        if (_results.IsEmpty || !_results.TryGetValue(run.Email.Domain, out var cached))
        {
            return false;
        }

        var now = _time.GetUtcNow();
        if (cached.Expires is { } expires && now >= expires)
        {
            _results.TryRemove(KeyValuePair.Create(run.Email.Domain, cached));
            return false;
        }

        var offered = cached.Provider is { } provider
            ? run.Offer(provider.Services, provider.Protocols(run.Email), provider.Id)
            : cached.Result is { } result && run.Offer(result.Services, result.ProtocolsFor(run.Email), result.ProviderId);
        if (!offered)
        {
            return false;
        }

        run.ProviderRecord = cached.Provider;
        run.Add(new DetectionStep
        {
            Stage = DetectionStage.Cache,
            Result = StepResult.Found,
            Asked = "result cache",
            Sentence = $"The cache has a result for {run.Email.Domain}, {Age(now - cached.Since)} old; nothing else was queried.",
        });
        return true;
    }

    /// <summary>Keeps the result of a run, where the scenario wants results kept.</summary>
    public void Keep(DetectionRun run)
    {
        var lifetime = TimeSpan.FromTicks(Interlocked.Read(ref _lifetimeTicks));
        if (lifetime <= TimeSpan.Zero || !run.Found || _results.Count >= Maximum)
        {
            return;
        }

        var now = _time.GetUtcNow();
        _results[run.Email.Domain] = new CachedResult(null, new CachedDetection(run), now, now + lifetime);
    }

    private static string Age(TimeSpan age) => age switch
    {
        { TotalDays: >= 2 } => $"{(int)age.TotalDays} days",
        { TotalHours: >= 2 } => $"{(int)age.TotalHours} hours",
        { TotalMinutes: >= 2 } => $"{(int)age.TotalMinutes} minutes",
        _ => $"{(int)age.TotalSeconds} seconds",
    };

    private sealed record CachedResult(ProviderRecord? Provider, CachedDetection? Result, DateTimeOffset Since, DateTimeOffset? Expires);
}
