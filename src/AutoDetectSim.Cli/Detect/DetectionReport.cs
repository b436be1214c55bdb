using System.Collections.Concurrent;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Protocols;

namespace AutoDetectSim.Cli.Detect;

/// <summary>Gathers what the <c>--report</c> of detections needs beyond their counts, and writes it; does nothing where no file is named.</summary>
internal sealed class DetectionReport(OutputFile? file)
{
    private readonly ConcurrentQueue<DetectionAttempt> _attempts = new();
    private DateTimeOffset _at;
    private CheckDocument? _check;

    /// <summary>Called with each detection; null if none are recorded.</summary>
    public Action<DetectionAttempt>? Observe => file is null ? null : Keep;

    /// <summary>Checks the hosts from outside, before any change.</summary>
    /// <param name="run">The run.</param>
    /// <param name="hosts">The world of the hosts, or null if they cannot be reached.</param>
    /// <param name="showProgress">Whether a bar shows how the look goes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task LookAsync(DetectionRunResult run, CheckEnvironment? hosts, bool showProgress, CancellationToken cancellationToken)
    {
        _at = TimeProvider.System.GetUtcNow();
        if (file is null || hosts is null || cancellationToken.IsCancellationRequested || !EmailAddress.TryParse(run.Email, out var email))
        {
            return;
        }

        var request = new CheckRequest { Host = "autodiscover." + email.Domain, Email = run.Email };
        var result = await ProgressBar.RunAsync(
            "Connecting to " + request.Host, request.MaximumAttempts, showProgress, progress => new CheckRunner(hosts).RunAsync(request, progress, cancellationToken));
        _check = CheckDocument.From(result);
    }

    /// <summary>Writes the report.</summary>
    /// <exception cref="OutputFileException">The file cannot be written.</exception>
    public void Write(DetectionRunResult run)
    {
        if (file is not null)
        {
            ReportFile.Write(file, DetectDocument.From(run, [.. _attempts], _at, _check));
        }
    }

    private void Keep(DetectionAttempt attempt)
    {
        if (attempt.Number <= DetectDocument.MostAttempts)
        {
            _attempts.Enqueue(attempt);
        }
    }
}
