using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Tests.Observing;

/// <summary>Expectations on provisioning and on Outlook on the desktop.</summary>
public sealed class ClientExpectationTests
{
    private const string World =
        """
        organizations: { contoso: { domains: [contoso.com], mailboxes: [your@contoso.com] } }
        loadBalancers: { perimeter: { nodes: [{ name: ex01 }, { name: "ex{02..04}", present: missingIntermediate }] } }
        expect:
          - { detect: your@contoso.com, attempts: 4, successRate: 0.25, provisioning: { provisioned: PROVISIONED, autoDiscover: 3 }, outlookDesktop: DESKTOP }
        """;

    [Fact]
    public async Task They_are_met_by_a_world_that_is_as_expected() => Assert.Empty(await DifferencesAsync("1", "autoDiscover"));

    [Fact]
    public async Task They_are_told_from_a_world_that_is_not() => Assert.Equal(
        ["provisioning: expected provisioned 0 times, got it 1 time", "outlookDesktop: expected guessSmart, got autoDiscover"],
        await DifferencesAsync("0", "guessSmart"));

    private static async Task<IReadOnlyList<string>> DifferencesAsync(string provisioned, string desktop)
    {
        var yaml = World.Replace("PROVISIONED", provisioned, StringComparison.Ordinal).Replace("DESKTOP", desktop, StringComparison.Ordinal);
        var result = ScenarioLoader.Parse(yaml, "test.yaml", baseDirectory: null);
        Assert.True(result.Scenario is not null, string.Join('\n', result.Problems));
        var results = await ScenarioTest.RunAsync(result.Scenario, new LabOptions(), TestContext.Current.CancellationToken);
        return Assert.Single(results).Differences;
    }
}
