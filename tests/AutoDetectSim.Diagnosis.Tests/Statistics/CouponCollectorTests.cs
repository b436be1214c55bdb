using AutoDetectSim.Diagnosis.Statistics;
using CsCheck;

namespace AutoDetectSim.Diagnosis.Tests.Statistics;

public sealed class CouponCollectorTests
{
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 6, 8, 11)]
    [InlineData(3, 11, 15, 20)]
    [InlineData(4, 16, 21, 29)]
    [InlineData(5, 21, 28, 39)]
    [InlineData(6, 27, 36, 48)]
    [InlineData(8, 38, 51, 68)]
    [InlineData(10, 51, 66, 88)]
    [InlineData(16, 90, 115, 150)]
    [InlineData(20, 117, 149, 194)]
    public void Equal_nodes_need_the_published_number_of_probes(int nodes, int for95, int for99, int for999)
    {
        Assert.Equal(for95, CouponCollector.ProbesNeeded(nodes, 0.95));
        Assert.Equal(for99, CouponCollector.ProbesNeeded(nodes, 0.99));
        Assert.Equal(for999, CouponCollector.ProbesNeeded(nodes, 0.999));
    }

    [Theory]
    [InlineData(0.05, 90)]
    [InlineData(0.10, 44)]
    [InlineData(0.25, 17)]
    public void One_rare_node_needs_as_many_probes_as_its_share_says(double share, int for99) =>
        Assert.Equal(for99, CouponCollector.ProbesToMeet(share, 0.99));

    [Fact]
    public void Unequal_shares_are_ruled_by_the_rarest_node() =>
        Assert.Equal(90, CouponCollector.ProbesNeeded([0.05, 0.30, 0.30, 0.35], 0.99));

    [Fact]
    public void Any_shares_agree_with_inclusion_and_exclusion() =>
        Gen.Int[1, 20].Array[1, 9].Select(Gen.Int[1, 120]).Sample((weights, probes) =>
        {
            double sum = weights.Sum();
            var shares = weights.Select(weight => weight / sum).ToArray();
            Assert.Equal(ByInclusionExclusion(shares, probes), CouponCollector.AllMet(shares, probes), 1e-9);
        }, iter: Samples.Of(100));

    [Fact]
    public void The_number_needed_is_the_smallest_that_is_enough() =>
        Gen.Int[1, 12].Array[1, 8].Select(Gen.Double[0.5, 0.999]).Sample((weights, confidence) =>
        {
            var shares = weights.Select(weight => (double)weight).ToArray();
            var needed = CouponCollector.ProbesNeeded(shares, confidence);
            Assert.True(CouponCollector.AllMet(shares, needed) >= confidence);
            Assert.True(CouponCollector.AllMet(shares, needed - 1) < confidence);
        }, iter: Samples.Of(100));

    [Fact]
    public void Simulated_runs_meet_every_node_as_often_as_was_reckoned() =>
        Gen.Int[1, 10].Array[2, 6].Select(Gen.Int[2, 60], Gen.Int).Sample(
            (weights, probes, seed) =>
            {
                const int Runs = 4000;
                var random = new Random(seed);
                var ladder = weights.SelectMany((weight, node) => Enumerable.Repeat(node, weight)).ToArray();
                var complete = Enumerable.Range(0, Runs).Count(_ => Enumerable.Range(0, probes).Select(_ => ladder[random.Next(ladder.Length)]).Distinct().Count() == weights.Length);
                var expected = CouponCollector.AllMet([.. weights.Select(weight => (double)weight)], probes);
                var deviation = Math.Sqrt(expected * (1 - expected) / Runs);
                Assert.InRange((double)complete / Runs, expected - (6 * deviation) - 0.002, expected + (6 * deviation) + 0.002);
            },
            iter: Samples.Of(20));

    [Fact]
    public void After_ninety_probes_only_a_node_below_five_percent_can_hide_with_99_percent_confidence()
    {
        Assert.InRange(CouponCollector.LargestHiddenShare(90, 0.99), 0.0490, 0.05);
        Assert.Equal(1, CouponCollector.LargestHiddenShare(0, 0.99));
    }

    [Fact]
    public void A_node_count_is_bounded_by_what_would_have_shown_up()
    {
        Assert.Equal(20, CouponCollector.MostNodes(20, 149, 0.95));
        Assert.True(CouponCollector.MostNodes(20, 40, 0.95) > 25);
        Assert.Null(CouponCollector.MostNodes(5, 5, 0.95));
    }

    [Fact]
    public void A_thousand_nodes_are_reckoned_with_at_once()
    {
        var needed = CouponCollector.ProbesNeeded(1000, 0.99);
        Assert.InRange(needed, 11_300, 11_700);
        Assert.True(CouponCollector.AllMet(1000, needed) >= 0.99);
    }

    private static double ByInclusionExclusion(double[] shares, int probes)
    {
        var sum = 0.0;
        for (var subset = 0; subset < 1 << shares.Length; subset++)
        {
            var (left, sign) = (1.0, 1);
            for (var node = 0; node < shares.Length; node++)
            {
                if ((subset & (1 << node)) != 0)
                {
                    left -= shares[node];
                    sign = -sign;
                }
            }

            sum += sign * Math.Pow(Math.Max(0, left), probes);
        }

        return sum;
    }
}
