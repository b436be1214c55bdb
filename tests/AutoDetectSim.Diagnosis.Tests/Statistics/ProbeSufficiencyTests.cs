using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Statistics;
using CsCheck;

namespace AutoDetectSim.Diagnosis.Tests.Statistics;

/// <summary>Whether enough connections were made, and whether nodes come in a fixed order.</summary>
public sealed class ProbeSufficiencyTests
{
    [Fact]
    public void A_fixed_order_is_recognized_once_chance_is_ruled_out() =>
        Gen.Int[2, 30].Select(Gen.Int[0, 29]).Sample((nodes, start) =>
        {
            var sequence = Enumerable.Range(start, nodes * 20).Select(index => $"ex{index % nodes}").ToList();
            Assert.Equal(nodes, TurnOrder.Find(sequence));
            Assert.Equal(nodes, ProbeSufficiency.From(sequence).Turn);
            Assert.True(ProbeSufficiency.From(sequence).Enough);
        }, iter: Samples.Of(100));

    [Fact]
    public void Lots_are_hardly_ever_taken_for_a_fixed_order() =>
        Gen.Int[2, 8].Select(Gen.Int[10, 60], Gen.Int).Sample(
            (nodes, probes, seed) =>
            {
                var random = new Random(seed);
                var mistaken = Enumerable.Range(0, 2000).Count(_ => TurnOrder.Find([.. Enumerable.Range(0, probes).Select(_ => $"ex{random.Next(nodes)}")]) is not null);

                // A chance of 1 in 10,000 for each of a few periods.
                Assert.InRange(mistaken, 0, 8);
            },
            iter: Samples.Of(10));

    [Fact]
    public void A_check_that_stops_by_itself_has_met_all_nodes_in_more_than_95_of_100_runs() =>
        Gen.Int[2, 15].Select(Gen.Int).Sample(
            (nodes, seed) =>
            {
                const int Runs = 400;
                var random = new Random(seed);
                var complete = Enumerable.Range(0, Runs).Count(_ =>
                {
                    var met = new List<string>();
                    do
                    {
                        met.Add($"ex{random.Next(nodes)}");
                    }
                    while (met.Count < HostSurvey.FewestAttempts || met.Count % HostSurvey.Step != 0 || !ProbeSufficiency.From(met).MayStop);
                    return met.Distinct(StringComparer.Ordinal).Count() == nodes;
                });

                // 380 of 400 would be 95%; the rest is what a draw may differ.
                Assert.InRange(complete, 372, Runs);
            },
            iter: Samples.Of(4));

    [Fact]
    public void A_share_that_is_a_draw_of_equal_ones_does_not_count_as_unequal()
    {
        Assert.True(ProbeSufficiency.From([.. Enumerable.Repeat("a", 12), .. Enumerable.Repeat("b", 8)]).EqualShares);
        Assert.False(ProbeSufficiency.From([.. Enumerable.Repeat("a", 95), .. Enumerable.Repeat("b", 5)]).EqualShares);
    }
}
