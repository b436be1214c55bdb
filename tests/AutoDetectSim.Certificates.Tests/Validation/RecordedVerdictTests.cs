using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Tests.Validation;

public sealed class RecordedVerdictTests
{
    [Fact]
    public void Recorded_cases_get_the_verdict_that_node_gave()
    {
        Compare(Path.Combine(AppContext.BaseDirectory, "Validation", "Cases", "node20.jsonl.gz"));
    }

    [Fact]
    public void The_limbo_and_bettertls_suites_get_the_verdicts_that_node_gave()
    {
        // The suites are third-party data and no part of this repository; where they lie beside it, they are run.
        var path = Repository.Sibling(Path.Combine("shared", "oracle", "limbo.jsonl.gz"));
        Assert.SkipWhen(path is null, "The suites are not beside the repository.");
        Compare(path!);
    }

    private static void Compare(string path)
    {
        var validator = new StrictPathValidator();
        var cases = RecordedCase.Load(path);
        var wrong = new List<string>();
        foreach (var recorded in cases)
        {
            var result = recorded.Validate(validator);
            if (!string.Equals(result.NodeCode, recorded.Expected, StringComparison.Ordinal)
                || (recorded.ExpectedDepth is { } depth && !result.Accepted && result.Depth != depth)
                || (recorded.Trail is { Count: > 0 } trail && !trail.SequenceEqual(result.Trail.Select(Name), StringComparer.Ordinal)))
            {
                wrong.Add($"{recorded.Id}: expected {recorded.Expected}@{recorded.ExpectedDepth} [{string.Join(' ', recorded.Trail ?? [])}], got {result.NodeCode}@{result.Depth} [{string.Join(' ', result.Trail)}]");
            }

            Assert.NotEmpty(result.Explanation);
        }

        Assert.NotEmpty(cases);
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private static string Name(ValidationEvent e) => e.ToString();
}
