using System.Collections.Concurrent;
using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.AutoDetect.Database;
using AutoDetectSim.AutoDetect.Pipeline;
using AutoDetectSim.AutoDetect.Telemetry;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Protocols.Randomness;
using AutoDetectSim.Scenarios;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.AutoDetect;

/// <summary>AutoDetect: finds out what kind of account an address is, from the network of a lab.</summary>
internal sealed class AutoDetectService : IDisposable
{
    private const int MaximumCountedAddresses = 10_000;

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ILabHttpClient _http;
    private readonly ILabDnsResolver _dns;
    private readonly PendingSearches _late = new();
    private readonly ConcurrentDictionary<string, int> _searchingAnswers = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _stopping = new();
    private readonly string? _instance;
    private volatile Settings _settings;
    private long _calls;

    public AutoDetectService(
        Scenario scenario,
        ILabHttpClient http,
        ILabDnsResolver dns,
        TimeProvider time,
        ILoggerFactory loggers,
        string? instance = null)
    {
        _instance = instance;
        _http = http;
        _dns = dns;
        _time = time;
        _logger = loggers.CreateLogger<AutoDetectService>();
        Cache = new ResultCache(time);
        _settings = ToSettings(scenario);
        Cache.Apply(scenario.AutoDetect, _settings.Database);
    }

    /// <summary>Results that are given without a search.</summary>
    public ResultCache Cache { get; }

    /// <summary>The key that signs X-Feedback-Token.</summary>
    public FeedbackKey FeedbackKey => _settings.FeedbackKey;

    /// <summary>Goes on with the settings of a changed scenario; what the cache has learned stays in it.</summary>
    public void Apply(Scenario scenario)
    {
        var settings = ToSettings(scenario);
        Cache.Apply(scenario.AutoDetect, settings.Database);
        _settings = settings;
    }

    /// <summary>Forgets all that calls have left behind; the next one is the first again.</summary>
    public void Reset()
    {
        Interlocked.Exchange(ref _calls, 0);
        Cache.Reset(_settings.Definition, _settings.Database);
        _searchingAnswers.Clear();
        _late.Clear();
    }

    /// <summary>Makes one detection. Throws <see cref="OperationCanceledException"/> only when <paramref name="cancellationToken"/> is cancelled.</summary>
    public async Task<Detection> DetectAsync(DetectionRequest request, CancellationToken cancellationToken)
    {
        var started = _time.GetUtcNow();
        var began = TimeProvider.System.GetUtcNow();
        var timestamp = _time.GetTimestamp();
        var number = Interlocked.Increment(ref _calls) - 1;
        var settings = _settings;
        var values = new Seed(settings.Seed).Stream(number);
        var requestId = values.NextGuid();
        var caller = new Caller(values.NextAutoDetectAddress(), number + 1, CallerKind.AutoDetect);
        var instance = settings.Instances.ForCall(number);
        var run = new DetectionRun(request.Email, request.Parameters, caller);
        var status = instance.Available
            ? await SearchAsync(settings, run, timestamp, cancellationToken)
            : (Status: DetectionStatus.Unavailable, Run: run);
        run = status.Run;
        var elapsed = Elapsed(settings, run, timestamp, status.Status);
        var detection = new Detection
        {
            RequestId = requestId,
            Email = request.Email,
            Parameters = request.Parameters,
            Edition = settings.Edition,
            Instance = instance.Name,
            Caller = run.Caller,
            Started = started,
            Elapsed = elapsed,
            Status = status.Status,
            Steps = run.StepsSoFar(),
            Services = status.Status == DetectionStatus.Answered ? run.Services : [],
            Protocols = status.Status == DetectionStatus.Answered ? run.Protocols : [],
            AutoDv2Error = run.AutoDv2Error,
            ProviderId = status.Status == DetectionStatus.Answered ? run.ProviderId : null,
            AutoDv2 = run.AutoDv2,
            AutoDv1 = run.AutoDv1,
            ProviderRecord = run.ProviderRecord,
            DomainRecord = run.DomainRecord,
        };
        Log(detection);
        DetectionTelemetry.Record(detection, settings.Scenario, began);
        return detection;
    }

    /// <summary>Counts a call that no detection is made for.</summary>
    public AutoDetectCall Refuse()
    {
        var number = Interlocked.Increment(ref _calls) - 1;
        var settings = _settings;
        return new AutoDetectCall
        {
            RequestId = new Seed(settings.Seed).Stream(number).NextGuid(),
            Edition = settings.Edition,
            Instance = settings.Instances.ForCall(number).Name,
            Started = _time.GetUtcNow(),
            Elapsed = TimeSpan.Zero,
        };
    }

    /// <summary>Gives up searches that still go on.</summary>
    public void Dispose()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        _stopping.Cancel();
        _late.Clear();
        _stopping.Dispose();
    }

    private async Task<(DetectionStatus Status, DetectionRun Run)> SearchAsync(Settings settings, DetectionRun run, long timestamp, CancellationToken cancellationToken)
    {
        if (MustSaySearching(settings.Definition, run.Email))
        {
            return (DetectionStatus.StillSearching, run);
        }

        if (Cache.TryUse(run))
        {
            return (DetectionStatus.Answered, run);
        }

        var budget = run.Parameters.Timeout ?? settings.Definition.Timeout;
        var search = _late.Take(run.Email, run.Parameters);
        var joined = search is not null;
        search ??= Start(settings, run);
        run = search.Run;
        try
        {
            await search.Search.WaitAsync(budget, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            _late.Keep(search);
            return (DetectionStatus.StillSearching, run);
        }
        catch
        {
            search.GiveUp();
            throw;
        }

        if (!joined && run.NetworkTime > budget)
        {
            // The lab only simulated the wait: the search is over, and the caller's patience would have been too.
            _late.Keep(search);
            return (DetectionStatus.StillSearching, run);
        }

        search.Cancellation.Dispose();
        Cache.Keep(run);
        return (!run.Found && run.DomainIsUnknown && run.AutoDv2Error is null or NodeErrors.NameNotFound ? DetectionStatus.NothingFound : DetectionStatus.Answered, run);
    }

    private LateSearch Start(Settings settings, DetectionRun run)
    {
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        return new LateSearch(run, settings.Pipeline.SearchAsync(run, cancellation.Token), cancellation);
    }

    private bool MustSaySearching(AutoDetectDefinition definition, EmailAddress email)
    {
        if (definition.SearchingAnswers <= 0 || _searchingAnswers.Count >= MaximumCountedAddresses)
        {
            return false;
        }

        return _searchingAnswers.AddOrUpdate(email.Text, 1, static (_, count) => count == int.MaxValue ? count : count + 1) <= definition.SearchingAnswers;
    }

    private TimeSpan Elapsed(Settings settings, DetectionRun run, long timestamp, DetectionStatus status)
    {
        var passed = _time.GetElapsedTime(timestamp);
        if (status == DetectionStatus.StillSearching)
        {
            var budget = run.Parameters.Timeout ?? settings.Definition.Timeout;
            return run.NetworkTime > budget ? budget : passed;
        }

        return run.NetworkTime > passed ? run.NetworkTime : passed;
    }

    private Settings ToSettings(Scenario scenario)
    {
        var database = new AutoDetectDatabase(scenario.AutoDetect);
        return new Settings(
            scenario.Name,
            scenario.AutoDetect,
            scenario.Seed,
            scenario.Edition,
            database,
            new DetectionPipeline(scenario.AutoDetect, database, _http, _dns),
            new AutoDetectInstances(_instance is null ? scenario.AutoDetect : scenario.AutoDetect with { Instances = [new() { Name = _instance }] }, scenario.Edition, scenario.Seed),
            new FeedbackKey(scenario.AutoDetect.FeedbackKey, scenario.Seed));
    }

    private void Log(Detection detection)
    {
        if (!_logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        _logger.Detected(
            detection.RequestId,
            detection.Email.Text,
            (int)detection.Status,
            detection.Services.Count,
            detection.Protocols.Count,
            detection.AutoDv2Error,
            (long)detection.Elapsed.TotalMilliseconds);
        if (_logger.IsEnabled(LogLevel.Debug))
        {
            foreach (var step in detection.Steps)
            {
                _logger.DetectionStep(detection.RequestId, step.Name, step.Sentence);
            }
        }
    }

    private sealed record Settings(
        string Scenario,
        AutoDetectDefinition Definition,
        int Seed,
        Edition Edition,
        AutoDetectDatabase Database,
        DetectionPipeline Pipeline,
        AutoDetectInstances Instances,
        FeedbackKey FeedbackKey);
}
