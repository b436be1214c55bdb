using System.Globalization;
using System.Net;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Judging;
using AutoDetectSim.Regression.Worlds;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Regression.Tests;

/// <summary>Tools that make several connections a run, some of them one less where the first fails, and that believe one connection only.</summary>
public sealed class NodeCoverageTests
{
    private const int MostConnections = 6;

    private static long _session;

    public static TheoryData<int, int, string> Worlds()
    {
        var data = new TheoryData<int, int, string>();
        foreach (var (nodes, broken) in ((int, int)[])[(2, 1), (2, 2), (3, 1), (3, 3), (4, 4), (20, 7)])
        {
            data.Add(nodes, broken, "");
        }

        data.Add(3, 2, "algorithm: leastConnections, ");
        data.Add(2, 2, "algorithm: sequence, sequence: [n01, n01, n02, n01], ");
        data.Add(2, 2, "persistence: none, ");
        return data;
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task However_many_connections_a_tool_makes_it_finds_the_one_node_that_is_broken(int nodes, int broken, string balancer)
    {
        for (var connections = 1; connections <= MostConnections; connections++)
        {
            foreach (var (oneLess, decides) in Tools(connections))
            {
                await using var lab = await StartAsync(nodes, broken, balancer);

                var (runs, met) = await RunAsync(lab, connections, oneLess, decides);

                Assert.True(ReportedVerdict.IsSettled(runs), string.Create(CultureInfo.InvariantCulture, $"{connections} connections, {(oneLess ? "one less" : "always")}, {decides} decides: {string.Join(' ', runs.Select(run => run.State))}"));
                Assert.True(runs.Count <= 2 * Math.Max(nodes, 4), $"{runs.Count} runs");
                Assert.Contains("n" + broken.ToString("00", CultureInfo.InvariantCulture), met);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(20)]
    public async Task A_healthy_world_takes_one_run_for_each_node_and_each_connection_of_a_tool_meets_every_node(int nodes)
    {
        for (var connections = 1; connections <= MostConnections; connections++)
        {
            await using var lab = await StartAsync(nodes, broken: 0, "");

            var (runs, met) = await RunAsync(lab, connections, oneLess: true, "last");

            Assert.Equal(nodes, runs.Count);
            Assert.All(runs, run => Assert.Equal(VerdictState.Healthy, run.State));
            Assert.Equal(nodes, met.Distinct(StringComparer.Ordinal).Count());
            Assert.Equal(nodes, met.Where((_, index) => index % connections == connections - 1).Distinct(StringComparer.Ordinal).Count());
        }
    }

    [Fact]
    public async Task In_the_second_round_every_run_stays_on_the_node_where_it_began()
    {
        await using var lab = await StartAsync(nodes: 2, broken: 2, "");
        var coverage = new NodeCoverage(lab, Target(lab));
        var met = new List<string>();
        for (var run = 0; run < 4; run++)
        {
            met.Add(string.Join(' ', (await CallAsync(lab, connections: 3, oneLess: true)).Select(call => call.Node)));
            coverage.EndRun();
        }

        Assert.Equal(["n01 n02 n01", "n02 n01", "n01 n01 n01", "n02 n02"], met);
        Assert.True(coverage.IsEnough(4));
    }

    private static IEnumerable<(bool OneLess, string Decides)> Tools(int connections) => connections == 1 ? [(false, "first")]
        : [(false, "last"), (true, "last")];

    private static AskedTarget Target(Lab lab) => AskedTarget.Of(lab, [AskedPart.Autodiscover], "your@contoso.com").Single();

    private static async Task<Lab> StartAsync(int nodes, int broken, string balancer)
    {
        var list = Enumerable.Range(1, nodes).Select(number => string.Create(CultureInfo.InvariantCulture, $"{{ name: n{number:00}, fault: {(number == broken ? "reset" : "none")} }}"));
        var result = ScenarioLoader.Parse($"loadBalancers: {{ perimeter: {{ {balancer}nodes: [{string.Join(", ", list)}] }} }}", "test.yaml", null);
        Assert.Empty(result.Problems);
        return await Lab.StartAsync(result.Scenario!, cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a tool as often as <c>regress</c> does.</summary>
    private static async Task<(IReadOnlyList<RunVerdict> Runs, IReadOnlyList<string> Met)> RunAsync(Lab lab, int connections, bool oneLess, string decides)
    {
        var coverage = new NodeCoverage(lab, Target(lab));
        var runs = new List<RunVerdict>();
        var met = new List<string>();
        while (!coverage.IsEnough(runs.Count) && !ReportedVerdict.IsSettled(runs))
        {
            var calls = await CallAsync(lab, connections, oneLess);
            met.AddRange(calls.Select(call => call.Node));
            runs.Add(new RunVerdict((decides == "first" ? calls[0] : calls[^1]).Works ? VerdictState.Healthy : VerdictState.Broken, [], "a tool of this test"));
            coverage.EndRun();
        }

        return (runs, met);
    }

    private static async Task<IReadOnlyList<(string Node, bool Works)>> CallAsync(Lab lab, int connections, bool oneLess)
    {
        var calls = new List<(string Node, bool Works)>();
        for (var left = connections; left > 0; left--)
        {
            var exchange = await lab.Client.SendAsync(
                new LabHttpRequest { Method = "GET", Uri = new Uri("https://autodiscover.contoso.com/") },
                new Caller(IPAddress.Parse("198.51.100.10"), Interlocked.Increment(ref _session)),
                TestContext.Current.CancellationToken);
            calls.Add((exchange.Connection!.Node!, exchange.Error is null));
            left -= oneLess && calls.Count == 1 && exchange.Error is not null && left > 1 ? 1 : 0;
        }

        return calls;
    }
}
