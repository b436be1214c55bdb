using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests.Diagnosis;

/// <summary>The check sees a lab from outside only; what it says is held against the scenario file and against what AutoDetect met.</summary>
[Trait("Needs", "time")]
public sealed class ChainLibraryTests
{
    /// <summary>The file whose fault only clients without SNI meet.</summary>
    private const string WithoutSni = "certificates/default-certificate-without-sni.yaml";

    /// <summary>The file whose fault only clients meet that check revocation.</summary>
    private const string Revoked = "certificates/generation-y-revoked-cross-sign.yaml";

    public static TheoryData<string> Files() => [.. Labs.ChainScenarios()];

    /// <summary>Scenarios in a usual run; AUTODETECTSIM_SAMPLES=1000 takes all.</summary>
    public static TheoryData<string> SomeFiles() => [.. Samples.Of(Labs.ChainScenarios(), 16)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task On_every_chain_scenario_exactly_the_faulty_nodes_are_named_with_the_right_word(string file)
    {
        var scenario = Labs.Load(file);
        var (found, results) = await CheckAsync(scenario);

        Assert.Equal(await NodesThatFailAsync(scenario), found.Keys.Order(StringComparer.Ordinal));
        if (scenario.Fault is { } fault && file is not (WithoutSni or Revoked))
        {
            Assert.NotEmpty(found);
            Assert.All(found.Values, words => Assert.Equal(fault.Kind, words[0]));
            Assert.Contains(results, result => result.Verdict is Verdict.Broken or Verdict.Intermittent);
        }
        else
        {
            Assert.All(results, result => Assert.Equal(Verdict.Healthy, result.Verdict));
        }
    }

    [Theory]
    [MemberData(nameof(SomeFiles))]
    public async Task On_a_chain_scenario_nothing_is_found_once_the_fault_is_put_right(string file)
    {
        var (found, results) = await CheckAsync(Labs.Load(file).WithoutFault());
        Assert.Empty(found);
        Assert.All(results, result => Assert.Equal(Verdict.Healthy, result.Verdict));
    }

    [Fact]
    public async Task A_certificate_that_only_clients_without_sni_meet_is_told_as_a_warning()
    {
        var scenario = Labs.Load(WithoutSni);
        Assert.Contains((await CheckAsync(scenario)).Results.SelectMany(result => result.Warnings), warning => warning.Contains("CN=www.contoso.com", StringComparison.Ordinal));
        Assert.DoesNotContain((await CheckAsync(scenario.WithoutFault())).Results.SelectMany(result => result.Warnings), warning => warning.Contains("SNI", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_revoked_cross_certificate_that_only_clients_that_check_revocation_meet_is_told_as_a_warning()
    {
        var scenario = Labs.Load(Revoked);
        Assert.Contains((await CheckAsync(scenario)).Results.SelectMany(result => result.Warnings), warning => warning.Contains("has revoked the certificate of CN=Lab Root YR", StringComparison.Ordinal));
        Assert.DoesNotContain((await CheckAsync(scenario.WithoutFault())).Results.SelectMany(result => result.Warnings), warning => warning.Contains("revoked", StringComparison.Ordinal));
    }

    /// <summary>Faulty nodes with their words, over the checks of all addresses of the scenario.</summary>
    private static async Task<(Dictionary<string, IReadOnlyList<string>> Found, List<CheckResult> Results)> CheckAsync(Scenario scenario)
    {
        await using var lab = await Lab.StartAsync(scenario, cancellationToken: TestContext.Current.CancellationToken);
        var found = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var results = new List<CheckResult>();
        foreach (var email in Addresses(scenario))
        {
            var request = new CheckRequest { Host = "autodiscover." + email[(email.IndexOf('@', StringComparison.Ordinal) + 1)..], Email = email };
            results.Add(await new CheckRunner(LabEnvironment.Of(lab)).RunAsync(request, progress: null, TestContext.Current.CancellationToken));
            foreach (var node in results[^1].Hosts.SelectMany(host => host.FaultyNodes))
            {
                // A node that answers nothing cannot show its name: those of its scenario look alike.
                var nodes = scenario.LoadBalancers.SelectMany(balancer => balancer.Nodes).Select(known => known.Name).ToList();
                var shown = nodes.Find(name => string.Equals(name, node.Name, StringComparison.OrdinalIgnoreCase));
                foreach (var name in shown is null ? nodes : [shown])
                {
                    found.TryAdd(name, node.Faults);
                }
            }
        }

        return (found, results);
    }

    /// <summary>The nodes on which AutoDetect fails, as the lab itself knows them.</summary>
    private static async Task<List<string>> NodesThatFailAsync(Scenario scenario)
    {
        await using var lab = await Lab.StartAsync(scenario, cancellationToken: TestContext.Current.CancellationToken);
        using var client = LabFrontDoor.CreateClient(lab, concurrency: 1);
        var failing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var email in Addresses(scenario))
        {
            var attempts = 10 * scenario.LoadBalancers.Sum(balancer => balancer.Nodes.Count);
            var run = await new ProbeRun(client, lab, TimeProvider.System).RunAsync(email, attempts, concurrency: 1, progress: null, TestContext.Current.CancellationToken);
            failing.UnionWith(run.Nodes.Where(node => node.Errors.Count > 0).Select(node => node.Name));
        }

        return [.. failing];
    }

    private static IEnumerable<string> Addresses(Scenario scenario) =>
        scenario.Expect.Select(expectation => expectation.Detect).Distinct(StringComparer.OrdinalIgnoreCase);
}
