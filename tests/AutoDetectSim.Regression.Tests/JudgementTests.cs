using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Judging;
using AutoDetectSim.Regression.Worlds;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Regression.Tests;

public sealed class JudgementTests
{
    [Theory]
    [InlineData("healthy", VerdictState.Healthy, null, null, "your@contoso.com")]
    [InlineData("none-complete", VerdictState.Broken, "certificate", "missingIntermediate", "your@contoso.com")]
    [InlineData("one-in-twenty", VerdictState.Intermittent, "certificate", "missingIntermediate", "your@contoso.com")]
    [InlineData("balancer/one-node-without-oauth", VerdictState.Intermittent, "exchange", "oauthMissing", "your@contoso.com")]
    [InlineData("service/instance-unavailable", VerdictState.Intermittent, "service", "instanceUnavailable", "your@contoso.com")]
    [InlineData("certificates/wildcard-covers-one-level", VerdictState.Broken, "certificate", "nameMismatch", "your@eu.contoso.com")]
    internal void The_truth_about_a_world_is_what_its_scenario_says(string name, VerdictState state, string? layer, string? kind, string email)
    {
        var problems = new List<string>();

        var worlds = RegressionScenario.Load([name], problems);

        Assert.Empty(problems);
        Assert.Equal((state, layer, kind), (worlds[0].Truth.State, worlds[0].Truth.Layer, worlds[0].Truth.Kind));
        Assert.All(worlds, world => Assert.Equal(email, world.Email));
        Assert.Equal(kind is null ? 1 : 2, worlds.Count);
        Assert.True(kind is null || (worlds[1].IsRepaired && worlds[1].Truth.State == VerdictState.Healthy && worlds[1].Scenario.Fault is null));
    }

    [Fact]
    public void Every_scenario_of_the_library_is_a_world_and_two_where_it_has_a_fault()
    {
        var problems = new List<string>();

        var worlds = RegressionScenario.Load(ScenarioLibrary.All.Select(scenario => scenario.Id), problems);

        Assert.Empty(problems);
        Assert.Equal(ScenarioLibrary.All.Count + ScenarioLibrary.All.Count(scenario => scenario.Scenario.Fault is not null), worlds.Count);
        Assert.All(
            worlds.Where(world => world.Name != "service/unknown-domain"),
            world => Assert.Equal(world.Scenario.Fault is null, world.Truth.State == VerdictState.Healthy));
    }

    [Fact]
    public void A_domain_that_does_not_exist_is_faulty_although_no_repair_would_help()
    {
        var world = Assert.Single(RegressionScenario.Load(["service/unknown-domain"], new List<string>()));

        Assert.Equal((VerdictState.Broken, null, null), (world.Truth.State, world.Truth.Layer, world.Truth.Kind));
        Assert.Equal(Judgement.MissedFault, ReportedVerdict.Of([Runs("H")]).Judge(world.Truth));
        Assert.Equal(Judgement.Right, ReportedVerdict.Of([[.. Runs("B").Select(run => run with { Causes = ["dns"] })]]).Judge(world.Truth));
    }

    [Theory]
    [InlineData("H", VerdictState.Healthy)]
    [InlineData("HH", VerdictState.Healthy)]
    [InlineData("BB", VerdictState.Broken)]
    [InlineData("HB", VerdictState.Intermittent)]
    [InlineData("I", VerdictState.Intermittent)]
    [InlineData("U", VerdictState.Unknown)]
    [InlineData("HU", VerdictState.Unknown)]
    [InlineData("BU", VerdictState.Broken)]
    [InlineData("", VerdictState.Unknown)]
    [InlineData("HH BB", VerdictState.Broken)]
    [InlineData("HH HB", VerdictState.Intermittent)]
    [InlineData("HB BB", VerdictState.Broken)]
    [InlineData("HH UU", VerdictState.Unknown)]
    [InlineData("UU BB", VerdictState.Broken)]
    internal void A_world_is_as_bad_as_its_worst_part(string runs, VerdictState expected) =>
        Assert.Equal(expected, ReportedVerdict.Of(runs.Split(' ').Select(Runs)).State);

    [Theory]
    [InlineData(VerdictState.Healthy, "H", "", Judgement.Right)]
    [InlineData(VerdictState.Healthy, "B", "", Judgement.FalseAlarm)]
    [InlineData(VerdictState.Healthy, "HB", "", Judgement.FalseAlarm)]
    [InlineData(VerdictState.Healthy, "U", "", Judgement.NoVerdict)]
    [InlineData(VerdictState.Broken, "H", "", Judgement.MissedFault)]
    [InlineData(VerdictState.Broken, "B", "", Judgement.Right)]
    [InlineData(VerdictState.Broken, "B", "expiredLeaf", Judgement.Right)]
    [InlineData(VerdictState.Broken, "B", "selfSigned expiredLeaf", Judgement.Right)]
    [InlineData(VerdictState.Broken, "B", "certificate", Judgement.Right)]
    [InlineData(VerdictState.Broken, "B", "selfSigned", Judgement.WrongCause)]
    [InlineData(VerdictState.Broken, "U", "", Judgement.NoVerdict)]
    [InlineData(VerdictState.Intermittent, "B", "", Judgement.Right)]
    [InlineData(VerdictState.Intermittent, "HB", "expiredLeaf", Judgement.Right)]
    [InlineData(VerdictState.Intermittent, "HB", "tls", Judgement.WrongCause)]
    [InlineData(VerdictState.Intermittent, "HH", "", Judgement.MissedFault)]
    internal void A_verdict_is_held_against_the_truth(VerdictState state, string runs, string causes, Judgement expected)
    {
        var truth = state == VerdictState.Healthy ? ExpectedVerdict.Healthy : new ExpectedVerdict { State = state, Layer = "certificate", Kind = "expiredLeaf" };
        var words = causes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var verdict = ReportedVerdict.Of([[.. Runs(runs).Select(run => run with { Causes = words })]]);

        Assert.Equal(expected, verdict.Judge(truth));
    }

    [Fact]
    public void A_part_that_was_seen_to_work_and_to_fail_needs_no_more_runs()
    {
        Assert.True(ReportedVerdict.IsSettled(Runs("HHB")));
        Assert.False(ReportedVerdict.IsSettled(Runs("HHH")));
        Assert.False(ReportedVerdict.IsSettled(Runs("BB")));
        Assert.False(ReportedVerdict.IsSettled([]));
    }

    private static IReadOnlyList<RunVerdict> Runs(string letters) =>
    [
        .. letters.Select(letter => new RunVerdict(
            letter switch { 'H' => VerdictState.Healthy, 'B' => VerdictState.Broken, 'I' => VerdictState.Intermittent, _ => VerdictState.Unknown }, [], "because")),
    ];
}
