using System.Globalization;
using AutoDetectSim.Diagnosis.Explaining;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>The results of many detections of an address, with reasons, as JSON. The form is a contract: members are added, never renamed.</summary>
internal sealed record DetectDocument
{
    /// <summary>For a lab: the line that says so. Null in the field.</summary>
    public string? Reproduction { get; init; }

    /// <summary>Detections of the timeline that are kept.</summary>
    public const int MostAttempts = 5000;

    /// <summary>Number of successful detections after which a run counts as healthy, without a check of the nodes.</summary>
    private const int FewestAttempts = 20;

    public required string Email { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>healthy</c>, <c>notEnoughProbes</c>, <c>intermittent</c> or <c>broken</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>The verdict in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>What happens and why, for people who do not know certificates.</summary>
    public required IReadOnlyList<CustomerPart> Customer { get; init; }

    /// <summary>What to do, most important first.</summary>
    public required IReadOnlyList<string> Advice { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The run; the same as <c>detect --json</c>.</summary>
    public required DetectionRunResult Detections { get; init; }

    /// <summary>Nodes with their share of the detections; empty when the lab is not in this process.</summary>
    public required IReadOnlyList<DetectionNodeDocument> Nodes { get; init; }

    /// <summary>The detections in order, as many as are kept.</summary>
    public required IReadOnlyList<DetectionAttemptDocument> Timeline { get; init; }

    /// <summary>Headers of the sample, decoded and in words.</summary>
    public required IReadOnlyList<ExplainedHeader> Explained { get; init; }

    /// <summary>A check of the hosts from outside, by node and client; null if they could not be reached.</summary>
    public CheckDocument? Check { get; init; }

    /// <summary>Makes the document.</summary>
    /// <param name="run">The run.</param>
    /// <param name="attempts">Its detections, as many as were kept.</param>
    /// <param name="at">When it was made.</param>
    /// <param name="check">The check of the hosts, or null.</param>
    public static DetectDocument From(DetectionRunResult run, IReadOnlyList<DetectionAttempt> attempts, DateTimeOffset at, CheckDocument? check)
    {
        // Where no detection has met a server of the customer, what is wrong with them is another matter.
        check = run.Nodes.Count == 0 && run.Successes == run.Attempts ? null : check;
        return new DetectDocument
        {
            Reproduction = run.Reproduction ?? check?.Reproduction,
            Email = run.Email,
            At = at,
            Verdict = VerdictOf(run, check),
            Summary = $"{run.Email}: {DetectionText.Succeeded(run, ReportText.Percent)}.",
            Customer = [new CustomerPart("Symptom", Happens(run)), .. check?.Customer.Skip(1) ?? []],
            Advice = [.. check?.Advice ?? [], .. check is { Advice.Count: > 0 } ? [] : run.Errors.Keys.Select(AutoDv2ErrorText.Of)],
            Warnings = [.. check?.Warnings ?? [], .. WarningsOf(run)],
            Detections = run,
            Nodes = [.. run.Nodes.Select(node => DetectionNodeDocument.From(run, node))],
            Timeline = [.. attempts.OrderBy(attempt => attempt.Number).Select(DetectionAttemptDocument.From)],
            Explained = run.Sample is { } sample ? Explain(sample) : [],
            Check = check,
        };
    }

    private static string VerdictOf(DetectionRunResult run, CheckDocument? check) => run switch
    {
        _ when Math.Min(run.Successes, run.AsExpected ?? run.Successes) == 0 => "broken",
        _ when !run.IsAsExpected => "intermittent",
        { Warnings.Count: > 0 } => "notEnoughProbes",
        _ => check?.Verdict ?? (run.Attempts >= FewestAttempts ? "healthy" : "notEnoughProbes"),
    };

    private static string Happens(DetectionRunResult run)
    {
        var outcomes = run.Outcomes.OrderByDescending(outcome => outcome.Value).Select((outcome, index) => index == 0
            ? string.Create(CultureInfo.InvariantCulture, $"In {outcome.Value} of {run.Attempts} attempts to add {run.Email}, the phone {OutcomeText.Of(outcome.Key)}")
            : string.Create(CultureInfo.InvariantCulture, $"in {outcome.Value} it {OutcomeText.Of(outcome.Key)}"));
        return string.Join("; ", outcomes) + ".";
    }

    private static IEnumerable<string> WarningsOf(DetectionRunResult run)
    {
        foreach (var warning in run.Warnings)
        {
            yield return warning;
        }

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
            return [new ExplainedHeader { Name = AutoDetectHeaders.DebugSupport, Words = [exception.Message] }];
        }
    }
}

/// <summary>The detections that met one node.</summary>
internal sealed record DetectionNodeDocument
{
    public required string Name { get; init; }

    public required int Attempts { get; init; }

    /// <summary>The share of the detections that met the node.</summary>
    public required double Share { get; init; }

    public required IReadOnlyList<double> Confidence95 { get; init; }

    /// <summary>Detections in which nothing failed at this node.</summary>
    public required int Successes { get; init; }

    /// <summary>Detections in which the node did what it should: nothing failed there, and its answer was what the phone should get.</summary>
    public required int AsExpected { get; init; }

    public required IReadOnlyDictionary<string, int> Errors { get; init; }

    /// <summary>What the node did other than expected, in words.</summary>
    public required IReadOnlyList<string> Unexpected { get; init; }

    /// <summary>The document of a node that some of the detections of a run met.</summary>
    public static DetectionNodeDocument From(DetectionRunResult run, NodeResult node)
    {
        var attempts = run.Attempts;
        var share = ConfidenceInterval.Wilson(node.Attempts, attempts);
        return new DetectionNodeDocument
        {
            Name = node.Name,
            Attempts = node.Attempts,
            Share = (double)node.Attempts / attempts,
            Confidence95 = DocumentValues.Interval(share),
            Successes = node.Successes,
            AsExpected = DetectionText.Good(run, node),
            Unexpected = [.. DetectionText.Unexpected(run, node)],
            Errors = node.Errors,
        };
    }
}

/// <summary>One detection.</summary>
internal sealed record DetectionAttemptDocument
{
    public required int Number { get; init; }

    public required double StartedMs { get; init; }

    public required double ElapsedMs { get; init; }

    public required int Status { get; init; }

    public required bool Succeeded { get; init; }

    public string? Error { get; init; }

    public required string Outcome { get; init; }

    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>The document of a detection.</summary>
    public static DetectionAttemptDocument From(DetectionAttempt attempt) => new()
    {
        Number = attempt.Number,
        StartedMs = DocumentValues.Milliseconds(attempt.Started),
        ElapsedMs = DocumentValues.Milliseconds(attempt.Elapsed),
        Status = attempt.Answer.StatusCode,
        Succeeded = attempt.Succeeded,
        Error = attempt.Error,
        Outcome = attempt.Outcome,
        Nodes = [.. attempt.Nodes.Keys],
    };
}
