using AutoDetectSim.Scenarios;

[assembly: AssemblyFixture(typeof(AutoDetectSim.Testing.Tests.SharedByAssembly))]

namespace AutoDetectSim.Testing.Tests;

/// <summary>A lab that all tests of this assembly share.</summary>
public sealed class SharedByAssembly() : LabFixture("one-in-twenty");

/// <summary>A lab that the tests of one class share.</summary>
public sealed class SharedByClass() : LabFixture(() => new ScenarioBuilder("shared").WithLoadBalancer("perimeter", balancer => balancer.WithNode("ex01")).Build());

/// <summary>A fixture whose scenario does not exist.</summary>
public sealed class Misspelled() : LabFixture("one-in-tweny");

/// <summary>Fixtures of xunit.</summary>
public sealed class FixtureTests(SharedByClass ofClass, SharedByAssembly ofAssembly) : IClassFixture<SharedByClass>
{
    [Fact]
    public async Task Fixtures_have_their_labs_started()
    {
        await ofClass.Lab.ResetAsync(TestContext.Current.CancellationToken);
        Assert.Equal("shared", ofClass.Lab.Scenario.Name);
        Assert.Equal(1, await JournalTests.ProbeAsync(ofClass.Lab, 1));
        Assert.Equal("one-in-twenty", ofAssembly.Lab.Scenario.Name);
    }

    [Fact]
    public async Task A_shared_lab_logs_to_the_test_that_uses_it()
    {
        await ofClass.Lab.ChangeAsync("ex01: latency 1ms", TestContext.Current.CancellationToken);
        Assert.Contains("Changed: ex01: latency 1ms", TestContext.Current.TestOutputHelper!.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lab_that_cannot_start_is_told_where_it_is_used()
    {
        var fixture = new Misspelled();
        await fixture.InitializeAsync();
        var failure = Assert.Throws<ScenarioException>(() => fixture.Lab);
        Assert.Contains("did you mean `one-in-twenty`?", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ScenarioException>(() => fixture.Lab);
        await fixture.DisposeAsync();
    }
}

/// <summary>Tests with a lab each.</summary>
public sealed class LabTestTests() : LabTest("one-in-twenty")
{
    [Fact]
    public async Task A_test_has_a_lab_of_its_own_that_logs_to_it()
    {
        await Lab.ChangeAsync("perimeter/ex01: latency 1ms", TestContext.Current.CancellationToken);
        Assert.Contains("Changed: perimeter/ex01: latency 1ms", TestContext.Current.TestOutputHelper!.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_that_fails_prints_the_timeline_and_one_without_a_lab_the_reason()
    {
        var run = await Tool.RunAsync("dotnet", [FailingTests, "-noColor"]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("It_fails [FAIL]", run.Output, StringComparison.Ordinal);
        Assert.Contains("What the tool under test did (scenario one-in-twenty, seed 20210515):", run.Output, StringComparison.Ordinal);
        Assert.Matches("#1 +0\\.000 s  perimeter/ex01 ", run.Output);
        Assert.Contains("It_fails_to_assert [FAIL]", run.Output, StringComparison.Ordinal);
        Assert.Contains("Expected connections to all 20 nodes", run.Output, StringComparison.Ordinal);
        Assert.Contains("It_has_no_lab [FAIL]", run.Output, StringComparison.Ordinal);
        Assert.Contains("did you mean `one-in-twenty`?", run.Output, StringComparison.Ordinal);
    }

    private static string FailingTests => typeof(FixtureTests).Assembly.Location.Replace("AutoDetectSim.Testing.Tests", "AutoDetectSim.Testing.FailingTests", StringComparison.Ordinal);
}
