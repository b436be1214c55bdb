using System.Globalization;
using AutoDetectSim.Diagnosis.Explaining;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Diagnosis.Statistics;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>Puts a probe run and a check together into the document that all reports are rendered from.</summary>
internal static class DetectDocumentMaker
{
    /// <summary>Detections of the timeline that are kept.</summary>
    public const int MostAttempts = 5000;

    /// <summary>Number of successful detections after which a run counts as healthy, without a check of the nodes.</summary>
    private const int FewestAttempts = 20;

    /// <summary>Makes the document.</summary>
    /// <param name="run">The run.</param>
    /// <param name="attempts">Its detections, as many as were kept.</param>
    /// <param name="at">When it was made.</param>
    /// <param name="check">The check of the hosts, or null.</param>
    public static DetectDocument Make(DetectionRunResult run, IReadOnlyList<DetectionAttempt> attempts, DateTimeOffset at, CheckDocument? check)
    {
        // Where no detection has met a server of the customer, what is wrong with them is another matter.
        check = run.Nodes.Count == 0 && run.Successes == run.Attempts ? null : check;
        return new DetectDocument
        {
            Email = run.Email,
            At = at,
            Verdict = VerdictOf(run, check),
            Summary = string.Create(CultureInfo.InvariantCulture, $"{run.Successes} of {run.Attempts} detections of {run.Email} succeeded ({ReportText.Percent(run.SuccessRate)}, 95% interval {ReportText.Interval(run.Confidence95)})."),
            Customer = [new CustomerPart("Symptom", Happens(run)), .. check?.Customer.Skip(1) ?? []],
            Advice = [.. check?.Advice ?? [], .. check is { Advice.Count: > 0 } ? [] : run.Errors.Keys.Select(AutoDv2ErrorText.Of)],
            Warnings = [.. check?.Warnings ?? [], .. Warnings(run)],
            Detections = run,
            Nodes = [.. run.Nodes.Select(node => Node(node, run.Attempts))],
            Timeline = [.. attempts.OrderBy(attempt => attempt.Number).Select(Attempt)],
            Explained = run.Sample is { } sample ? Explain(sample) : [],
            Check = check,
        };
    }

    private static string VerdictOf(DetectionRunResult run, CheckDocument? check) => run switch
    {
        { Successes: 0 } => "broken",
        _ when run.Successes < run.Attempts => "intermittent",
        _ => check?.Verdict ?? (run.Attempts >= FewestAttempts ? "healthy" : "notEnoughProbes"),
    };

    private static string Happens(DetectionRunResult run)
    {
        var outcomes = run.Outcomes.OrderByDescending(outcome => outcome.Value).Select((outcome, index) => index == 0
            ? string.Create(CultureInfo.InvariantCulture, $"In {outcome.Value} of {run.Attempts} attempts to add {run.Email}, the phone {OutcomeText.Of(outcome.Key)}")
            : string.Create(CultureInfo.InvariantCulture, $"in {outcome.Value} it {OutcomeText.Of(outcome.Key)}"));
        return string.Join("; ", outcomes) + ".";
    }

    private static IEnumerable<string> Warnings(DetectionRunResult run)
    {
        if (run.Attempts > MostAttempts)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The timeline shows the first {MostAttempts} of {run.Attempts} detections.");
        }
    }

    private static IReadOnlyList<ExplainedHeader> Explain(DetectionSample sample)
    {
        try
        {
            return HeaderExplainer.Explain(sample.Headers).Headers;
        }
        catch (UnreadableHeaderException exception)
        {
            return [new ExplainedHeader { Name = HeaderExplainer.DebugSupport, Words = [exception.Message] }];
        }
    }

    private static DetectionNodeDocument Node(NodeResult node, int attempts)
    {
        var share = ConfidenceInterval.Wilson(Math.Min(node.Attempts, attempts), attempts);
        return new DetectionNodeDocument
        {
            Name = node.Name,
            Attempts = node.Attempts,
            Share = (double)node.Attempts / attempts,
            Confidence95 = [Math.Round(share.Low, 6), Math.Round(share.High, 6)],
            Successes = node.Successes,
            Errors = node.Errors,
        };
    }

    private static DetectionAttemptDocument Attempt(DetectionAttempt attempt) => new()
    {
        Number = attempt.Number,
        StartedMs = Math.Round(attempt.Started.TotalMilliseconds, 3),
        ElapsedMs = Math.Round(attempt.Elapsed.TotalMilliseconds, 3),
        Status = attempt.Answer.StatusCode,
        Succeeded = attempt.Succeeded,
        Error = attempt.Error,
        Outcome = attempt.Outcome,
        Nodes = [.. attempt.Nodes.Keys],
    };
}
