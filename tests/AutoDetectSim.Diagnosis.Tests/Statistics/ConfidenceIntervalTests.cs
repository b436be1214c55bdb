using AutoDetectSim.Diagnosis.Statistics;
using CsCheck;

namespace AutoDetectSim.Diagnosis.Tests.Statistics;

public sealed class ConfidenceIntervalTests
{
    [Theory]
    [InlineData(10, 200, 0.0274, 0.0896)]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(0, 0, 0, 1)]
    public void Matches_published_wilson_intervals(int successes, int attempts, double low, double high)
    {
        var interval = ConfidenceInterval.Wilson(successes, attempts);
        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void Holds_the_observed_share_and_stays_between_0_and_1() =>
        Gen.Int[1, 5000].SelectMany(attempts => Gen.Int[0, attempts].Select(successes => (attempts, successes))).Sample(pair =>
        {
            var interval = ConfidenceInterval.Wilson(pair.successes, pair.attempts);
            var share = (double)pair.successes / pair.attempts;
            return interval.Low >= 0 && interval.High <= 1 && interval.Low <= share && share <= interval.High;
        }, iter: Samples.Of(100));

    [Fact]
    public void Each_end_is_the_share_that_lies_just_1_96_standard_deviations_from_what_was_observed() =>
        Gen.Int[1, 2000].SelectMany(attempts => Gen.Int[0, attempts].Select(successes => (attempts, successes))).Sample(pair =>
        {
            var interval = ConfidenceInterval.Wilson(pair.successes, pair.attempts);
            var observed = (double)pair.successes / pair.attempts;
            foreach (var end in new[] { interval.Low, interval.High }.Where(end => end is > 0 and < 1))
            {
                Assert.Equal(1.959963984540054, Math.Abs(observed - end) / Math.Sqrt(end * (1 - end) / pair.attempts), 6);
            }
        }, iter: Samples.Of(100));

    [Theory]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(117)]
    [InlineData(300)]
    public void Over_all_shares_the_interval_holds_the_true_one_in_95_of_100_runs_reckoned_exactly(int attempts)
    {
        var shares = Enumerable.Range(1, 199).Select(step => step / 200.0).ToList();
        var coverage = shares.Select(share => Coverage(attempts, share)).ToList();
        Assert.InRange(coverage.Average(), 0.945, 0.96);

        // Near 0 and 1 any interval of counts jumps; nowhere does it promise much more than it holds (Brown, Cai, DasGupta 2001).
        Assert.All(coverage, held => Assert.InRange(held, 0.83, 1));
        Assert.All(shares.Zip(coverage).Where(pair => pair.First is > 0.1 and < 0.9), pair => Assert.InRange(pair.Second, 0.90, 1));
    }

    [Fact]
    public void Simulated_runs_are_held_as_often_as_was_reckoned() =>
        Gen.Int[5, 150].Select(Gen.Double[0.02, 0.98], Gen.Int).Sample(
            (attempts, share, seed) =>
            {
                const int Runs = 4000;
                var random = new Random(seed);
                var held = Enumerable.Range(0, Runs).Count(_ => Holds(Enumerable.Range(0, attempts).Count(_ => random.NextDouble() < share), attempts, share));
                var expected = Coverage(attempts, share);
                var deviation = Math.Sqrt(expected * (1 - expected) / Runs);
                Assert.InRange((double)held / Runs, expected - (6 * deviation) - 0.002, expected + (6 * deviation) + 0.002);
            },
            iter: Samples.Of(20));

    private static bool Holds(int successes, int attempts, double share)
    {
        var interval = ConfidenceInterval.Wilson(successes, attempts);
        return interval.Low <= share && share <= interval.High;
    }

    /// <summary>The exact probability that the interval holds the true share.</summary>
    private static double Coverage(int attempts, double share)
    {
        var (sum, logBinomial) = (0.0, 0.0);
        for (var successes = 0; successes <= attempts; successes++)
        {
            if (successes > 0)
            {
                logBinomial += Math.Log(attempts - successes + 1) - Math.Log(successes);
            }

            sum += Holds(successes, attempts, share) ? Math.Exp(logBinomial + (successes * Math.Log(share)) + ((attempts - successes) * Math.Log(1 - share))) : 0;
        }

        return sum;
    }
}
