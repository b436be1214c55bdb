using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Training.Tests;

public sealed class ScoreTests
{
    private static readonly ScoreFacts Perfect = new() { IsSolved = true, Quality = [1], ExtraTries = 0, Probes = 100, ProbesNeeded = 100, Hints = 0, RepairsWithoutEffect = 0, HarmfulRepairs = 0 };

    [Fact]
    public void Whoever_does_all_of_it_right_has_all_points() => Assert.Equal(100, ScoreRules.Reckon(Perfect).Total);

    [Theory]
    [InlineData(new double[] { 0 }, 0, 0)]
    [InlineData(new[] { 0.5 }, 0, 25)]
    [InlineData(new[] { 1.0, 0.5 }, 0, 38)]
    [InlineData(new[] { 1.0 }, 2, 42)]
    [InlineData(new[] { 1.0 }, 20, 0)]
    [InlineData(new double[0], 0, 50)]
    public void The_diagnosis_counts_by_how_right_it_is_and_tries_cost(double[] quality, int extraTries, int points) =>
        Assert.Equal(points, ScoreRules.Reckon(Perfect with { Quality = quality, ExtraTries = extraTries }).Diagnosis);

    [Theory]
    [InlineData(0, 15)]
    [InlineData(300, 15)]
    [InlineData(900, 8)]
    [InlineData(1500, 0)]
    [InlineData(100_000, 0)]
    public void Probes_cost_from_three_times_the_statistical_minimum_on(int probes, int points) =>
        Assert.Equal(points, ScoreRules.Reckon(Perfect with { Probes = probes }).Economy);

    [Theory]
    [InlineData(1, 10)]
    [InlineData(3, 0)]
    public void Each_hint_costs(int hints, int points) => Assert.Equal(points, ScoreRules.Reckon(Perfect with { Hints = hints }).Hints);

    [Theory]
    [InlineData(1, 0, 16)]
    [InlineData(0, 1, 10)]
    [InlineData(3, 3, 0)]
    public void Repairs_that_do_not_help_cost_and_those_that_do_harm_cost_more(int withoutEffect, int harmful, int points) =>
        Assert.Equal(points, ScoreRules.Reckon(Perfect with { RepairsWithoutEffect = withoutEffect, HarmfulRepairs = harmful }).Repairs);

    [Fact]
    public void Whoever_gives_up_keeps_the_points_of_the_diagnosis_alone() => Assert.Equal((50, 50), (ScoreRules.Reckon(Perfect with { IsSolved = false }).Total, ScoreRules.Reckon(Perfect with { IsSolved = false }).Diagnosis));
}
