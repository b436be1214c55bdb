using AutoDetectSim.Probing;
using CsCheck;

namespace AutoDetectSim.Tests.Probing;

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
        });
}
