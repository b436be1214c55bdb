using AutoDetectSim.Regression.Judging;
using AutoDetectSim.Regression.Worlds;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Tests.Regression;

public sealed class JudgementTests
{
    [Theory]
    [InlineData("healthy", WorldState.Healthy, null, null, "your@contoso.com")]
    [InlineData("none-complete", WorldState.Broken, "certificate", "missingIntermediate", "your@contoso.com")]
    [InlineData("one-in-twenty", WorldState.Intermittent, "certificate", "missingIntermediate", "your@contoso.com")]
    [InlineData("balancer/one-node-without-oauth", WorldState.Intermittent, "exchange", "oauthMissing", "your@contoso.com")]
    [InlineData("service/instance-unavailable", WorldState.Intermittent, "service", "instanceUnavailable", "your@contoso.com")]
    [InlineData("certificates/wildcard-covers-one-level", WorldState.Broken, "certificate", "nameMismatch", "your@eu.contoso.com")]
    internal void The_truth_about_a_world_is_what_its_scenario_says(string name, WorldState state, string? layer, string? kind, string email)
    {
        var problems = new List<string>();

        var worlds = RegressionWorld.Load([name], problems);

        Assert.Empty(problems);
        Assert.Equal((state, layer, kind), (worlds[0].Truth.State, worlds[0].Truth.Layer, worlds[0].Truth.Kind));
        Assert.All(worlds, world => Assert.Equal(email, world.Email));
        Assert.Equal(kind is null ? 1 : 2, worlds.Count);
        Assert.True(kind is null || (worlds[1].IsRepaired && worlds[1].Truth.State == WorldState.Healthy && worlds[1].Scenario.Fault is null));
    }

    [Fact]
    public void Every_scenario_of_the_library_is_a_world_and_two_where_it_has_a_fault()
    {
        var problems = new List<string>();

        var worlds = RegressionWorld.Load(ScenarioLibrary.All.Select(scenario => scenario.Id), problems);

        Assert.Empty(problems);
        Assert.Equal(ScenarioLibrary.All.Count + ScenarioLibrary.All.Count(scenario => scenario.Scenario.Fault is not null), worlds.Count);
        Assert.All(worlds, world => Assert.Equal(world.Scenario.Fault is null, world.Truth.State == WorldState.Healthy));
    }

    [Theory]
    [InlineData("H", WorldState.Healthy)]
    [InlineData("HH", WorldState.Healthy)]
    [InlineData("BB", WorldState.Broken)]
    [InlineData("HB", WorldState.Intermittent)]
    [InlineData("I", WorldState.Intermittent)]
    [InlineData("U", WorldState.Unknown)]
    [InlineData("HU", WorldState.Unknown)]
    [InlineData("BU", WorldState.Broken)]
    [InlineData("", WorldState.Unknown)]
    [InlineData("HH BB", WorldState.Broken)]
    [InlineData("HH HB", WorldState.Intermittent)]
    [InlineData("HB BB", WorldState.Broken)]
    [InlineData("HH UU", WorldState.Unknown)]
    [InlineData("UU BB", WorldState.Broken)]
    internal void A_world_is_as_bad_as_its_worst_part(string runs, WorldState expected) =>
        Assert.Equal(expected, WorldVerdict.Of(runs.Split(' ').Select(Runs)).State);

    [Theory]
    [InlineData(WorldState.Healthy, "H", "", Judgement.Right)]
    [InlineData(WorldState.Healthy, "B", "", Judgement.FalseAlarm)]
    [InlineData(WorldState.Healthy, "HB", "", Judgement.FalseAlarm)]
    [InlineData(WorldState.Healthy, "U", "", Judgement.NoVerdict)]
    [InlineData(WorldState.Broken, "H", "", Judgement.MissedFault)]
    [InlineData(WorldState.Broken, "B", "", Judgement.Right)]
    [InlineData(WorldState.Broken, "B", "expiredLeaf", Judgement.Right)]
    [InlineData(WorldState.Broken, "B", "selfSigned expiredLeaf", Judgement.Right)]
    [InlineData(WorldState.Broken, "B", "certificate", Judgement.Right)]
    [InlineData(WorldState.Broken, "B", "selfSigned", Judgement.WrongCause)]
    [InlineData(WorldState.Broken, "U", "", Judgement.NoVerdict)]
    [InlineData(WorldState.Intermittent, "B", "", Judgement.Right)]
    [InlineData(WorldState.Intermittent, "HB", "expiredLeaf", Judgement.Right)]
    [InlineData(WorldState.Intermittent, "HB", "tls", Judgement.WrongCause)]
    [InlineData(WorldState.Intermittent, "HH", "", Judgement.MissedFault)]
    internal void A_verdict_is_held_against_the_truth(WorldState state, string runs, string causes, Judgement expected)
    {
        var truth = state == WorldState.Healthy ? WorldTruth.Healthy : new WorldTruth { State = state, Layer = "certificate", Kind = "expiredLeaf" };
        var words = causes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var verdict = WorldVerdict.Of([[.. Runs(runs).Select(run => run with { Causes = words })]]);

        Assert.Equal(expected, verdict.Judge(truth));
    }

    [Fact]
    public void A_part_that_was_seen_to_work_and_to_fail_needs_no_more_runs()
    {
        Assert.True(WorldVerdict.IsSettled(Runs("HHB")));
        Assert.False(WorldVerdict.IsSettled(Runs("HHH")));
        Assert.False(WorldVerdict.IsSettled(Runs("BB")));
        Assert.False(WorldVerdict.IsSettled([]));
    }

    private static IReadOnlyList<RunVerdict> Runs(string letters) =>
    [
        .. letters.Select(letter => new RunVerdict(
            letter switch { 'H' => WorldState.Healthy, 'B' => WorldState.Broken, 'I' => WorldState.Intermittent, _ => WorldState.Unknown }, [], "because")),
    ];
}
