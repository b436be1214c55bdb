using AutoDetectSim.Diagnosis.Capture;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Tests.Checking;

/// <summary>Servers that show no name, and servers that a sticky load balancer hides: nothing is claimed that was not seen.</summary>
public sealed class LookAlikeTests
{
    [Fact]
    public async Task Servers_that_look_alike_are_not_counted()
    {
        var result = await CheckWithoutNamesAsync("5");
        var document = CheckDocument.From(result);
        Assert.Contains("at least one server", document.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("one node", document.Summary, StringComparison.Ordinal);
        Assert.True(document.Hosts[0].Probes.HasLookAlikes);
        Assert.Contains("servers that look alike cannot be told apart and are not counted", document.Hosts[0].Probes.Text, StringComparison.Ordinal);
        Assert.Contains(document.Customer, part => part.Text.Contains("at least one server (servers that look alike count as one)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shares_of_servers_without_a_name_are_shares_of_connections()
    {
        var document = CheckDocument.From(await CheckWithoutNamesAsync("[{ name: ex01 }, { name: ex02 }, { name: ex03 }, { name: ex04, present: missingIntermediate }]"));
        Assert.Contains(document.Customer, part => part.Text.StartsWith("Servers that received 15 of 60 connections (node-", StringComparison.Ordinal));
        Assert.DoesNotContain(document.Customer, part => part.Text.Contains("of 2 servers", StringComparison.Ordinal));
        Assert.Contains("at least 2 servers", document.Hosts[0].Probes.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twenty_good_connections_to_servers_that_look_alike_do_not_make_them_healthy()
    {
        Assert.Equal(Verdict.NotEnoughProbes, (await CheckWithoutNamesAsync("5", attempts: 20)).Verdict);
        Assert.Equal(Verdict.Healthy, (await CheckWithoutNamesAsync("5", attempts: 60)).Verdict);
    }

    [Fact]
    public async Task A_sticky_balancer_seen_from_one_source_is_not_healthy()
    {
        await using var lab = await Lab.StartAsync(CheckedLab.Load("loadBalancers: { perimeter: { algorithm: sourceHash, nodes: 3 } }"), cancellationToken: TestContext.Current.CancellationToken);
        var environment = LabEnvironment.Of(lab) with { CanClaimSources = false };
        var result = await new CheckRunner(environment).RunAsync(new CheckRequest { Host = CheckedLab.Host }, progress: null, TestContext.Current.CancellationToken);
        Assert.Equal(BalancingPattern.OneNodeFromOneSource, result.Hosts[0].Balancing.Pattern);
        Assert.Equal(Verdict.NotEnoughProbes, result.Verdict);
        Assert.Contains("a sticky load balancer may hide other nodes", CheckSummary.Of(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_reproduction_of_servers_without_a_name_is_the_same()
    {
        const string Nodes = "[{ name: ex01 }, { name: ex02 }, { name: ex03, present: missingIntermediate }, { name: ex04 }]";
        await using var lab = await Start(Nodes);
        var original = WithoutNames(lab, await CheckedLab.CheckAsync(lab));
        var world = CheckedWorld.Of(original, lab.Anchors);
        var written = ScenarioLoader.Parse(ScenarioWriter.Write(new ScenarioReproduction(world).Make().Scenario), "captured.yaml", baseDirectory: null);
        Assert.Empty(written.Problems);
        await using var again = await Lab.StartAsync(written.Scenario!, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(CaptureComparison.Compare(original, await CheckedLab.CheckAsync(again)));

        await using var worse = await Start(Nodes.Replace("missingIntermediate", "expiredLeaf", StringComparison.Ordinal));
        Assert.Contains(CaptureComparison.Compare(original, await CheckedLab.CheckAsync(worse)), difference => difference.Contains("a server without a name", StringComparison.Ordinal));
    }

    private static Task<Lab> Start(string nodes) =>
        Lab.StartAsync(CheckedLab.Load($"loadBalancers: {{ perimeter: {{ nodes: {nodes} }} }}"), cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<CheckResult> CheckWithoutNamesAsync(string nodes, int attempts = 60)
    {
        await using var lab = await Start(nodes);
        return WithoutNames(lab, await CheckedLab.CheckAsync(lab, new CheckRequest { Host = CheckedLab.Host, Attempts = attempts }));
    }

    /// <summary>The same check of servers that send no X-FEServer.</summary>
    private static CheckResult WithoutNames(Lab lab, CheckResult check)
    {
        var host = check.Hosts[0];
        var observations = host.Observations.Select(observation => observation with
        {
            Answers = [.. observation.Answers.Select(answer => answer with { Headers = [.. answer.Headers.Where(header => !header.Key.Equals("X-FEServer", StringComparison.OrdinalIgnoreCase))] })],
        }).ToList();
        var diagnosis = new HostDiagnoser(lab.Validator, lab.Anchors, check.At).Diagnose(
            ProbeTarget.AutoDiscover(host.Host, host.Port, "a@contoso.com"), observations, [], new BalancingFinding { Pattern = BalancingPattern.Mixed }, answersMatter: false, passed: []);
        var clients = host.Chains.ToDictionary(chain => chain.Fingerprint, chain => chain.Clients, StringComparer.Ordinal);
        diagnosis = diagnosis with { Chains = [.. diagnosis.Chains.Select(chain => chain with { Clients = clients[chain.Fingerprint] })] };
        return check with { Hosts = [diagnosis], Verdict = diagnosis.Verdict };
    }
}
