namespace AutoDetectSim.Diagnosis.Statistics;

/// <summary>An interval that holds the true share of successes with 95% confidence.</summary>
/// <param name="Low">Lower end, 0 to 1.</param>
/// <param name="High">Upper end, 0 to 1.</param>
internal readonly record struct ConfidenceInterval(double Low, double High)
{
    /// <summary>The 97.5% quantile of the standard normal distribution.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>The Wilson score interval of <paramref name="successes"/> in <paramref name="attempts"/> (Wilson 1927). Without attempts: everything is possible.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The numbers cannot be counts of one run.</exception>
    public static ConfidenceInterval Wilson(int successes, int attempts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(attempts);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, attempts);
        if (attempts == 0)
        {
            return new ConfidenceInterval(0, 1);
        }

        double n = attempts;
        var share = successes / n;
        var denominator = 1 + (Z * Z / n);
        var centre = (share + (Z * Z / (2 * n))) / denominator;
        var half = Z * Math.Sqrt((share * (1 - share) / n) + (Z * Z / (4 * n * n))) / denominator;
        return new ConfidenceInterval(
            successes == 0 ? 0 : Math.Max(0, centre - half),
            successes == attempts ? 1 : Math.Min(1, centre + half));
    }
}
