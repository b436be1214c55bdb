using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Scenarios.Changes;

namespace AutoDetectSim.Testing.Tests;

/// <summary>Labs that tests change while they run.</summary>
public sealed class ChangeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_is_taken_out_broken_and_repaired()
    {
        await using var lab = await AutoDetectLab.StartAsync(
            new ScenarioBuilder().WithLoadBalancer("perimeter", balancer => balancer.WithNode("ex01").WithNode("ex02", ChainShape.MissingIntermediate)).Build(), cancellationToken: Token);
        Assert.Equal(["perimeter/ex01", "perimeter/ex02"], lab.Nodes.Select(node => node.ToString()));
        var (good, bad) = (lab.Node("ex01"), lab.Node("EX02"));
        Assert.Equal(("OK", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"), (good.Verdict, bad.Verdict));

        await bad.MarkDownAsync(Token);
        Assert.False(bad.IsAvailable);
        Assert.Equal(4, await JournalTests.ProbeAsync(lab, 4));

        await bad.MarkUpAsync(Token);
        Assert.Equal(2, await JournalTests.ProbeAsync(lab, 4));

        await bad.RepairAsync(Token);
        Assert.Equal(["perimeter", "issuing"], bad.Presented);
        Assert.Equal(4, await JournalTests.ProbeAsync(lab, 4));

        await good.PresentAsync(ChainShape.ExpiredIntermediate, Token);
        Assert.Equal("CERT_HAS_EXPIRED", good.Verdict);
        await good.PresentAsync(["perimeter", "issuing", "root"], Token);
        Assert.Equal(["perimeter", "issuing", "root"], good.Presented);
        Assert.Equal("OK", good.Verdict);
        await good.ChangeAsync("fault reset", Token);
        Assert.Equal(2, await JournalTests.ProbeAsync(lab, 4));
        await good.RepairAsync(Token);
        Assert.Equal(4, await JournalTests.ProbeAsync(lab, 4));
    }

    [Fact]
    public async Task The_fault_of_a_scenario_is_put_right_and_comes_back_with_a_reset()
    {
        await using var lab = await AutoDetectLab.StartAsync("one-in-twenty", cancellationToken: Token);
        Assert.Equal(19, lab.Nodes.Count(node => node.Verdict != "OK"));
        await lab.RepairAsync(Token);
        Assert.Equal(0, lab.Nodes.Count(node => node.Verdict != "OK"));
        Assert.Equal(20, await JournalTests.ProbeAsync(lab, 20));
        await lab.ResetAsync(Token);
        Assert.Empty(lab.Journal.Connections);
        Assert.Equal(1, await JournalTests.ProbeAsync(lab, 20));
        Assert.Equal("ex01", lab.Journal.Connections[0].Node);
    }

    [Fact]
    public async Task Anything_can_be_changed_in_a_line_or_by_another_scenario()
    {
        await using var lab = await AutoDetectLab.StartAsync("one-in-twenty", cancellationToken: Token);
        await lab.ChangeAsync("perimeter/ex*: present complete", Token);
        Assert.All(lab.Nodes, node => Assert.Equal("OK", node.Verdict));
        await lab.ChangeAsync(lab.Scenario with { LoadBalancers = [lab.Scenario.LoadBalancers[0] with { Nodes = [.. lab.Scenario.LoadBalancers[0].Nodes.Take(2)] }] }, Token);
        Assert.Equal(["ex01", "ex02"], lab.Nodes.Select(node => node.Name));
        var failure = await Assert.ThrowsAsync<ScenarioChangeException>(() => lab.ChangeAsync("perimeter/ex99: up false", Token));
        Assert.Contains("no node `ex99`", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_none_is_told_with_the_one_that_was_meant()
    {
        await using var lab = await AutoDetectLab.StartAsync("one-in-twenty", cancellationToken: Token);
        var failure = Assert.Throws<ArgumentException>(() => lab.Node("ex021"));
        Assert.Contains("no node 'ex021'; did you mean 'ex0", failure.Message, StringComparison.Ordinal);
        var gone = lab.Node("ex20");
        await lab.ChangeAsync(lab.Scenario with { LoadBalancers = [lab.Scenario.LoadBalancers[0] with { Nodes = [.. lab.Scenario.LoadBalancers[0].Nodes.Take(2)] }] }, Token);
        Assert.Contains("perimeter/ex20", Assert.Throws<InvalidOperationException>(() => gone.Verdict).Message, StringComparison.Ordinal);
        await using var healthy = await AutoDetectLab.StartAsync(new ScenarioBuilder().Build(), cancellationToken: Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => healthy.RepairAsync(Token));
    }

    [Fact]
    public async Task The_verdict_of_a_node_behind_a_balancer_that_ends_TLS_is_that_of_the_balancers_chain()
    {
        await using var lab = await AutoDetectLab.StartAsync("balancer-terminates-without-intermediate", cancellationToken: Token);
        Assert.All(lab.Nodes, node => Assert.Equal("UNABLE_TO_VERIFY_LEAF_SIGNATURE", node.Verdict));
    }
}
