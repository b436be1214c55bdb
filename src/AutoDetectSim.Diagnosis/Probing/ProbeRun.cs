using AutoDetectSim.Clients;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Timing;

namespace AutoDetectSim.Diagnosis.Probing;

/// <summary>Makes many detections of one address and counts their results.</summary>
internal sealed class ProbeRun(FrontDoorClient client, Lab? lab, TimeProvider time)
{
    /// <summary>What probes of the field ask for [SEED].</summary>
    public const string DefaultQuery = "services=office365,outlook,google,icloud,yahoo&protocols=rest-cloud,rest-outlook,rest-office365,eas,imap,smtp";

    /// <summary>Whether a run that is canceled returns what was done so far, if that is anything.</summary>
    public bool KeepsPartial { get; init; }

    /// <summary>Runs to the end.</summary>
    /// <param name="email">The address to detect.</param>
    /// <param name="attempts">How many detections to make; at least 1.</param>
    /// <param name="concurrency">How many of them at once; at least 1.</param>
    /// <param name="progress">Receives the number of detections done so far after each; null for none.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <param name="query">The query of each call; null for <see cref="DefaultQuery"/>.</param>
    /// <param name="observe">Called with each detection; null for none. It must be safe to call concurrently.</param>
    /// <exception cref="HttpRequestException">AutoDetect itself cannot be reached.</exception>
    public async Task<DetectionRunResult> RunAsync(string email, int attempts, int concurrency, IProgress<int>? progress, CancellationToken cancellationToken, string? query = null, Action<DetectionAttempt>? observe = null)
    {
        var stall = new StallWatch();
        var started = time.GetTimestamp();
        var tally = new DetectionTally(lab, email, await IsSovereignAsync(email, cancellationToken));
        var next = -1;
        var done = 0;
        async Task WorkAsync()
        {
            while (Interlocked.Increment(ref next) is var index && index < attempts)
            {
                var begun = time.GetTimestamp();
                var answer = await client.CallAsync(email, query ?? DefaultQuery, cancellationToken);
                var detection = answer.Headers.TryGetValue("X-Request-Id", out var requestId) ? lab?.Journal.Find(requestId) : null;
                var attempt = tally.Read(answer, detection) with
                {
                    Number = index + 1,
                    Started = time.GetElapsedTime(started, begun),
                    Elapsed = time.GetElapsedTime(begun),
                };
                tally.Add(attempt);
                observe?.Invoke(attempt);
                var count = Interlocked.Increment(ref done);
                progress?.Report(count);
            }
        }

        try
        {
            await Task.WhenAll(Enumerable.Range(0, Math.Min(concurrency, attempts)).Select(_ => WorkAsync()));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested && KeepsPartial && done > 0)
        {
            attempts = done;
        }

        return tally.ToResult(email, attempts, time.GetElapsedTime(started)) with { StalledMs = stall.Milliseconds };
    }

    /// <summary>What the app asks before it asks AutoDetect; labs without sovereign domains are spared the question.</summary>
    private async Task<bool> IsSovereignAsync(string email, CancellationToken cancellationToken) =>
        lab is { Scenario.AutoDetect.SovereignDomains.Count: > 0 }
        && EmailAddress.DomainOf(email) is { } domain
        && await new SovereignCheck(lab.Client).AskAsync(domain, SovereignCheck.Asker, cancellationToken) is not null;
}
