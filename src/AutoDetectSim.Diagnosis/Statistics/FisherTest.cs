namespace AutoDetectSim.Diagnosis.Statistics;

/// <summary>Fisher's exact test of two shares.</summary>
internal static class FisherTest
{
    /// <summary>The probability that the first of two samples has at least so many hits, if both come from one share and have so many hits together.</summary>
    public static double OneSided(int hits, int size, int otherHits, int otherSize)
    {
        var total = hits + otherHits;
        var sum = 0.0;
        for (var count = hits; count <= Math.Min(total, size); count++)
        {
            if (total - count <= otherSize)
            {
                sum += Math.Exp(LogChoose(size, count) + LogChoose(otherSize, total - count) - LogChoose(size + otherSize, total));
            }
        }

        return Math.Min(1, sum);
    }

    private static double LogChoose(int of, int count) => LogFactorial(of) - LogFactorial(count) - LogFactorial(of - count);

    private static double LogFactorial(int number)
    {
        var sum = 0.0;
        for (var factor = 2; factor <= number; factor++)
        {
            sum += Math.Log(factor);
        }

        return sum;
    }
}
