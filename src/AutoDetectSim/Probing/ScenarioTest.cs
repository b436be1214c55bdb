using System.Globalization;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Probing;

/// <summary>Runs a scenario's lab and holds it against the scenario's expectations.</summary>
internal static class ScenarioTest
{
    /// <summary>How far a measured share may be from the expected one; both are ratios of small whole numbers.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>Runs every expectation on one lab, in file order.</summary>
    /// <exception cref="LabStartException">The lab could not start.</exception>
    public static async Task<IReadOnlyList<ExpectationResult>> RunAsync(Scenario scenario, LabOptions options, CancellationToken cancellationToken)
    {
        await using var lab = await Lab.StartAsync(scenario, options, cancellationToken);
        using var client = LabFrontDoor.CreateClient(lab, concurrency: 1);
        var run = new ProbeRun(client, lab, options.TimeProvider);
        var results = new List<ExpectationResult>();
        foreach (var expectation in scenario.Expect)
        {
            var result = await run.RunAsync(expectation.Detect, expectation.Attempts, concurrency: 1, progress: null, cancellationToken);
            results.Add(new ExpectationResult(expectation, result, Compare(expectation, result)));
        }

        return results;
    }

    /// <summary>Says how a result differs from what was expected; empty when it does not.</summary>
    public static IReadOnlyList<string> Compare(Expectation expectation, DetectionRunResult result)
    {
        var differences = new List<string>();
        if (expectation.SuccessRate is { } rate && Math.Abs(rate - result.SuccessRate) > Tolerance)
        {
            differences.Add(string.Create(CultureInfo.InvariantCulture, $"successRate: expected {rate}, got {result.SuccessRate} ({result.Successes} of {result.Attempts})"));
        }

        CompareCounts("errors", expectation.Errors, result.Errors, differences);
        CompareCounts("outcome", expectation.Outcome, result.Outcomes, differences);
        return differences;
    }

    private static void CompareCounts(string what, IReadOnlyDictionary<string, int>? expected, IReadOnlyDictionary<string, int> actual, List<string> differences)
    {
        if (expected is null)
        {
            return;
        }

        foreach (var name in expected.Keys.Union(actual.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (wanted, got) = (expected.GetValueOrDefault(name), actual.GetValueOrDefault(name));
            if (wanted != got)
            {
                differences.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: expected {name} {wanted} times, got it {got} times"));
            }
        }
    }
}

/// <summary>One expectation, what happened, and how the two differ.</summary>
internal sealed record ExpectationResult(Expectation Expectation, DetectionRunResult Result, IReadOnlyList<string> Differences)
{
    public bool IsMet => Differences.Count == 0;
}
