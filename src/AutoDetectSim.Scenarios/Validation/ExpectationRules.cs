using AutoDetectSim.Documents;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>Rejects expectations that no run could meet.</summary>
internal static class ExpectationRules
{
    public static void Check(Scenario scenario, ProblemSink problems)
    {
        CheckAll(scenario.Expect, ModelPath.Root / "expect", problems);
        if (scenario.Fault is not null)
        {
            CheckAll(scenario.Fault.ExpectFixed, ModelPath.Root / "fault" / "expectFixed", problems);
        }
    }

    /// <summary>Checks a list of expectations.</summary>
    public static void CheckAll(IReadOnlyList<Expectation> expectations, ModelPath path, ProblemSink problems)
    {
        for (var index = 0; index < expectations.Count; index++)
        {
            var expectation = expectations[index];
            CheckCounts(expectation.Errors, expectation.Attempts, path / index / "errors", "errors", problems);
            CheckCounts(expectation.Status, expectation.Attempts, path / index / "status", "status", problems);
            CheckCounts(expectation.Outcome, expectation.Attempts, path / index / "outcome", "outcome", problems);
            CheckCounts(expectation.Provisioning, expectation.Attempts, path / index / "provisioning", "provisioning", problems);
        }
    }

    private static void CheckCounts(IReadOnlyDictionary<string, int>? counts, int attempts, ModelPath path, string key, ProblemSink problems)
    {
        if (counts is null)
        {
            return;
        }

        foreach (var (name, count) in counts.Where(entry => entry.Value < 0))
        {
            problems.AddAt(path / name, $"`{name}` must be 0 or more, not {count}");
        }

        var sum = counts.Values.Sum(count => (long)Math.Max(0, count));
        if (sum > attempts)
        {
            problems.AddAt(path, $"`{key}` adds up to {sum}, more than the {attempts} attempts");
        }
    }
}
