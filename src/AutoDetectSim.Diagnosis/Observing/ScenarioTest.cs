using System.Globalization;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Observing;

/// <summary>Runs a scenario's lab and holds it against the scenario's expectations.</summary>
internal static class ScenarioTest
{
    /// <summary>How far a measured share may be from the expected one; both are ratios of small whole numbers.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>Maximum number of detections whose nodes a result lists one by one.</summary>
    internal const int MostAttempts = 100;

    /// <summary>Runs every expectation on one lab, in file order.</summary>
    /// <exception cref="LabStartException">The lab could not start.</exception>
    public static async Task<IReadOnlyList<ExpectationResult>> RunAsync(Scenario scenario, LabOptions options, CancellationToken cancellationToken)
    {
        await using var lab = await Lab.StartAsync(scenario, options, cancellationToken);
        return await RunAsync(lab, scenario.Expect, cancellationToken);
    }

    /// <summary>Holds a lab that runs against expectations, in their order.</summary>
    public static async Task<IReadOnlyList<ExpectationResult>> RunAsync(Lab lab, IReadOnlyList<Expectation> expectations, CancellationToken cancellationToken)
    {
        using var observer = new LabObserver(lab);
        var results = new List<ExpectationResult>();
        foreach (var expectation in expectations)
        {
            var answers = new AnswerTally(expectation);
            var attempts = new List<DetectionAttempt>();
            var result = await observer.DetectAsync(expectation.Detect, expectation.Attempts, cancellationToken, expectation.Query, Observe);
            List<string> differences = [.. Compare(expectation, result), .. await CompareClientsAsync(lab, observer, expectation, cancellationToken)];
            CompareCounts("status", expectation.Status, answers.Statuses, differences);
            CompareCounts("found", expectation.Found, answers.Found, differences);
            differences.AddRange(answers.HeaderDifferences);
            results.Add(new ExpectationResult(expectation, result, attempts, differences));

            void Observe(DetectionAttempt attempt)
            {
                answers.Add(attempt.Answer);
                if (attempts.Count < MostAttempts)
                {
                    attempts.Add(attempt);
                }
            }
        }

        return results;
    }

    /// <summary>The differences between a result and the expectation; empty if there are none.</summary>
    public static List<string> Compare(Expectation expectation, DetectionRunResult result)
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

    /// <summary>Runs the other clients of the world that the expectation speaks of.</summary>
    private static async Task<IReadOnlyList<string>> CompareClientsAsync(Lab lab, LabObserver observer, Expectation expectation, CancellationToken cancellationToken)
    {
        var differences = new List<string>();
        if (!EmailAddress.TryParse(expectation.Detect, out var email))
        {
            return differences;
        }

        if (expectation.Provisioning is not null)
        {
            CompareCounts("provisioning", expectation.Provisioning, await observer.ProvisionAsync(email, expectation.Attempts, cancellationToken), differences);
        }

        if (expectation.OutlookDesktop is { } expected)
        {
            var desktop = await lab.OutlookDesktop.AddAccountAsync(email, cancellationToken);
            if (desktop.Setup != expected)
            {
                differences.Add($"outlookDesktop: expected {CamelCase<DesktopSetup>.Of(expected)}, got {CamelCase<DesktopSetup>.Of(desktop.Setup)}");
            }
        }

        if (expectation.Clients is { Count: > 0 } clients)
        {
            differences.AddRange(await ClientExpectation.CompareAsync(lab, email, clients, cancellationToken));
        }

        if (expectation.MailServers is { Count: > 0 } servers)
        {
            differences.AddRange(await MailServerExpectation.CompareAsync(lab, servers, cancellationToken));
        }

        if (expectation.Connectors is { Count: > 0 } connectors)
        {
            differences.AddRange(Connectors.Compare(lab, connectors));
        }

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
                differences.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: expected {name} {wanted} {(wanted == 1 ? "time" : "times")}, got it {got} {(got == 1 ? "time" : "times")}"));
            }
        }
    }
}

/// <summary>One expectation, what happened, and how the two differ.</summary>
/// <param name="Expectation">The expectation.</param>
/// <param name="Result">The results of its detections.</param>
/// <param name="Attempts">The first <see cref="ScenarioTest.MostAttempts"/> of them, in order.</param>
/// <param name="Differences">The differences from the expectation; empty if there are none.</param>
internal sealed record ExpectationResult(Expectation Expectation, DetectionRunResult Result, IReadOnlyList<DetectionAttempt> Attempts, IReadOnlyList<string> Differences)
{
    public bool IsMet => Differences.Count == 0;
}
