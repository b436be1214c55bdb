using System.Text.Json;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Diagnosis.WhatIf;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;

namespace AutoDetectSim.FunctionalTests.WhatIf;

/// <summary>The search for the fewest changes, which may look at a scenario's settings and not at what it says of its fault.</summary>
[Trait("Needs", "time")]
public sealed class SmallestFixTests(ITestOutputHelper output)
{
    /// <summary>Scenarios of each theme in a usual run; AUTODETECTSIM_SAMPLES=1000 takes all.</summary>
    private const int Usual = 4;

    private static readonly string[] Wrong = ["selectProvider", "wrongProvider", "insecureConnection", "stillSearching", "tryAgain"];

    public static TheoryData<string> Themes => ScenarioLibraryTests.Themes;

    [Theory]
    [MemberData(nameof(Themes))]
    public async Task A_fault_of_the_library_is_put_right_by_no_more_changes_than_its_own_remedy_has(string theme)
    {
        var files = theme == "*.yaml" ? Directory.GetFiles(Tool.Scenario("."), theme) : Directory.GetFiles(Tool.Scenario(theme), "*.yaml");
        var failures = new List<string>();
        foreach (var scenario in Samples.Of(files.Order(StringComparer.Ordinal).Select(file => ScenarioLoader.Load(file).Scenario!).Where(scenario => scenario.Fault is not null), Usual))
        {
            var worst = scenario.Expect.OrderBy(expectation => expectation.SuccessRate ?? 0.5).First();
            Assert.True(EmailAddress.TryParse(worst.Detect, out var email));
            await using var lab = await Lab.StartAsync(scenario, cancellationToken: TestContext.Current.CancellationToken);
            var found = await new SmallestFix(lab, email, progress: null).FindAsync(TestContext.Current.CancellationToken);
            output.WriteLine($"{scenario.Name}: {string.Join("; ", found.Changes)}");

            // Some faults are met by others than AutoDetect alone, or by a caller of another kind: what a phone's call does needs no change.
            var isMet = worst.Query is null && (worst.SuccessRate is < 1 || worst.Provisioning?.ContainsKey("provisioned") == false || worst.Outcome?.Keys.Any(Wrong.Contains) == true);
            var most = RemediedParts(scenario);
            if (!found.IsComplete || found.Changes.Count > most || (isMet && found.Changes.Count == 0) || !found.IsSmallest)
            {
                failures.Add($"{scenario.Name}, at most {most}: {(found.IsComplete ? string.Join("; ", found.Changes) : "nothing found")}");
                continue;
            }

            var changed = found.Changes.Aggregate(scenario, (world, change) => ScenarioChange.Parse(change).ApplyTo(world));
            await using var repaired = await Lab.StartAsync(changed, cancellationToken: TestContext.Current.CancellationToken);
            using var client = LabFrontDoor.CreateClient(repaired, 1);
            var result = await new ProbeRun(client, repaired, TimeProvider.System).RunAsync(email.Text, worst.Attempts, 1, null, TestContext.Current.CancellationToken);
            if (result.Successes != result.Attempts)
            {
                failures.Add($"{scenario.Name}: {result.Successes} of {result.Attempts} after {string.Join("; ", found.Changes)}");
            }
        }

        Assert.Empty(failures);
    }

    /// <summary>How many parts the scenario's own remedy changes; many nodes of one load balancer are one change.</summary>
    private static int RemediedParts(Scenario scenario)
    {
        var (before, after) = (Parts(scenario), Parts(scenario.WithoutFault()));
        return Math.Max(1, before.Keys.Union(after.Keys, StringComparer.Ordinal).Count(part => before.GetValueOrDefault(part) != after.GetValueOrDefault(part)));
    }

    private static Dictionary<string, string> Parts(Scenario scenario)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["dns"] = JsonSerializer.Serialize(scenario.Dns),
            ["autoDetect"] = JsonSerializer.Serialize(scenario.AutoDetect),
        };
        foreach (var balancer in scenario.LoadBalancers)
        {
            parts["nodes of " + balancer.Name] = JsonSerializer.Serialize(balancer.Nodes);
            parts["balancer " + balancer.Name] = JsonSerializer.Serialize(balancer with { Nodes = [] });
        }

        foreach (var organization in scenario.Organizations)
        {
            parts["organization " + organization.Name] = JsonSerializer.Serialize(organization);
        }

        foreach (var authority in scenario.Authorities)
        {
            parts["authority " + authority.Name] = JsonSerializer.Serialize(authority);
        }

        foreach (var certificate in scenario.Certificates)
        {
            parts["certificate " + certificate.Name] = JsonSerializer.Serialize(certificate);
        }

        return parts;
    }
}
