using AutoDetectSim.Cli.Output;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Diagnosis.WhatIf;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Timing;

namespace AutoDetectSim.Cli.Detect;

/// <summary>Detections in a lab of this process, as it is and after changes.</summary>
internal static class LabDetection
{
    /// <summary>Calls the lab's AutoDetect a number of times.</summary>
    public static async Task<DetectionRunResult> RunAsync(Lab lab, string email, int attempts, int concurrency, bool show, Action<DetectionAttempt>? observe, CancellationToken cancellationToken)
    {
        using var client = LabFrontDoor.CreateClient(lab, concurrency);
        return await RunAsync(new ProbeRun(client, lab, RunningTime.Shared) { KeepsPartial = true }, email, attempts, concurrency, show, observe, cancellationToken);
    }

    /// <summary>Makes detections, with a progress bar for people.</summary>
    /// <exception cref="UnreachableException">AutoDetect itself cannot be reached.</exception>
    public static async Task<DetectionRunResult> RunAsync(ProbeRun run, string email, int attempts, int concurrency, bool show, Action<DetectionAttempt>? observe, CancellationToken cancellationToken)
    {
        try
        {
            return await ProgressBar.RunAsync(
                "Detecting " + email,
                attempts,
                show,
                progress => run.RunAsync(email, attempts, concurrency, progress, cancellationToken, observe: observe));
        }
        catch (HttpRequestException exception)
        {
            throw new UnreachableException("AutoDetect cannot be reached: " + (exception.InnerException?.Message ?? exception.Message), exception);
        }
    }

    /// <summary>Makes changes to a lab, which is left with them, and the same detections again.</summary>
    public static async Task<WhatIfResult> WhatIfAsync(FixRequest changes, Lab lab, string email, int attempts, int concurrency, bool show, CancellationToken cancellationToken)
    {
        var address = EmailAddress.TryParse(email, out var parsed) ? parsed : throw new InputException($"'{email}' is not an e-mail address.");
        var found = await changes.ApplyAsync(lab, address, progress: null, cancellationToken);
        var after = found.Changes.Count == 0 ? null : await RunAsync(lab, email, attempts, concurrency, show, observe: null, cancellationToken);
        return new WhatIfResult
        {
            Changes = found.Changes,
            IsComplete = changes.IsSearch ? found.IsComplete && (after is null || after.Successes == after.Attempts) : null,
            IsSmallest = changes.IsSearch ? found.IsSmallest : null,
            After = after,
        };
    }
}
