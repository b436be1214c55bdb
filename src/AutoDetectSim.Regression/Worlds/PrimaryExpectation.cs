using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Regression.Worlds;

/// <summary>Finds the expectation that shows the fault of a scenario: other addresses of the same world may work.</summary>
internal static class PrimaryExpectation
{
    /// <summary>The first expectation of failures, else the first; null where the scenario expects nothing.</summary>
    public static Expectation? Of(Scenario scenario) => scenario.Expect.FirstOrDefault(Fails) ?? (scenario.Expect is [var first, ..] ? first : null);

    /// <summary>Whether some detections succeed and others do not, or mail servers pass sometimes.</summary>
    public static bool IsMixed(Expectation expectation) =>
        expectation.SuccessRate is > 0 and < 1
        || HasSeveral(expectation.Outcome)
        || HasSeveral(expectation.Status)
        || Passes(expectation, ClientPasses.Sometimes)
        || (expectation.Errors?.Values.Sum() is { } errors && errors > 0 && errors < expectation.Attempts);

    private static bool HasSeveral(IReadOnlyDictionary<string, int>? counts) => counts?.Count(entry => entry.Value > 0) > 1;

    private static bool Fails(Expectation expectation) =>
        expectation.SuccessRate < 1 || expectation.Errors?.Values.Any(count => count > 0) is true || IsMixed(expectation) || Passes(expectation, ClientPasses.Never);

    private static bool Passes(Expectation expectation, ClientPasses share) =>
        expectation.MailServers?.Values.Contains(share) is true || expectation.Connectors?.Values.Contains(share) is true;
}
