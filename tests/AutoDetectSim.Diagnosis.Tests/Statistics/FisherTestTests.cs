using AutoDetectSim.Diagnosis.Statistics;

namespace AutoDetectSim.Diagnosis.Tests.Statistics;

public sealed class FisherTestTests
{
    /// <summary>The values of R's fisher.test(matrix(c(a, n - a, b, m - b), 2), alternative = "greater").</summary>
    [Theory]
    [InlineData(3, 4, 1, 4, 0.242857)]
    [InlineData(5, 5, 0, 5, 0.003968)]
    [InlineData(10, 20, 0, 20, 0.000218)]
    [InlineData(0, 20, 3, 20, 1)]
    [InlineData(0, 0, 0, 0, 1)]
    [InlineData(21, 125, 0, 125, 0.0000002)]
    public void The_probability_is_that_of_Fishers_exact_test(int hits, int size, int otherHits, int otherSize, double expected)
    {
        var probability = FisherTest.OneSided(hits, size, otherHits, otherSize);

        Assert.Equal(expected, probability, expected < 0.00001 ? 0.0000003 : 0.0005 * Math.Max(expected, 0.01));
    }
}
