using System.Globalization;
using AutoDetectSim.Diagnosis.Probing;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>Detections in sentences.</summary>
internal static class DetectionText
{
    /// <summary>How many detections gave the phone what it needs, with the interval where it holds: the end of a sentence, and what the others got.</summary>
    public static string Succeeded(DetectionRunResult run, Func<double, string> percent)
    {
        var good = Math.Min(run.Successes, run.AsExpected ?? run.Successes);
        var interval = run.HasInterval ? $", 95% interval {Interval(run, good, percent)}" : ", no interval: see the note";
        var rate = string.Create(CultureInfo.InvariantCulture, $"{good} of {run.Attempts} detections succeeded ({percent((double)good / run.Attempts)}{interval})");
        return good == run.Successes
            ? rate
            : string.Create(CultureInfo.InvariantCulture, $"{rate}; {run.Successes - good} more found an account, but {Instead(run)}");
    }

    /// <summary>The outcomes of a node's answers that are not what the phone should get, for example <c>basicAuthAdded instead of modernAuthSignIn (10)</c>.</summary>
    public static IEnumerable<string> Unexpected(DetectionRunResult run, NodeResult node) => run.ExpectedOutcome is not { } expected ? [] : node.Outcomes
        .Where(outcome => outcome.Key != expected)
        .Select(outcome => string.Create(CultureInfo.InvariantCulture, $"{outcome.Key} instead of {expected} ({outcome.Value})"));

    /// <summary>Detections that met a node and in which it did what it should.</summary>
    public static int Good(DetectionRunResult run, NodeResult node) =>
        run.ExpectedOutcome is not { } expected ? node.Successes : Math.Max(0, node.Successes - node.Outcomes.Where(outcome => outcome.Key != expected).Sum(outcome => outcome.Value));

    /// <summary>How the table of nodes is to be read.</summary>
    public static string AboutNodes(DetectionRunResult run) => run.MostNodesPerDetection > 1
        ? $"A detection makes several connections and met up to {run.MostNodesPerDetection.ToString(CultureInfo.InvariantCulture)} nodes here: a failure counts at the node that caused it."
        : "A detection makes several connections and can meet several nodes; here each met one.";

    private static string Interval(DetectionRunResult run, int good, Func<double, string> percent)
    {
        var (low, high) = good == run.Successes ? (run.Confidence95[0], run.Confidence95[1]) : Wilson(good, run.Attempts);
        return $"{percent(low)} to {percent(high)}";
    }

    private static (double Low, double High) Wilson(int good, int attempts)
    {
        var interval = Statistics.ConfidenceInterval.Wilson(good, attempts);
        return (interval.Low, interval.High);
    }

    private static string Instead(DetectionRunResult run)
    {
        var others = run.Outcomes.Where(outcome => outcome.Key != run.ExpectedOutcome && OutcomeText.HasAccount(outcome.Key)).Select(outcome => $"the phone {OutcomeText.Of(outcome.Key)}").ToList();
        return (others.Count == 0 ? "not the expected one" : string.Join(", or ", others)) + $" where {run.ExpectedOutcome} is expected";
    }
}
