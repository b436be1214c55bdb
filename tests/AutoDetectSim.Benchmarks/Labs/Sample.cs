namespace AutoDetectSim.Benchmarks.Labs;

/// <summary>How long one lab took, in milliseconds.</summary>
internal sealed record Sample(double Start, double First, double Stop)
{
    /// <summary>The median of each time.</summary>
    public static Sample Median(IReadOnlyCollection<Sample> samples)
    {
        return new Sample(Of(sample => sample.Start), Of(sample => sample.First), Of(sample => sample.Stop));

        double Of(Func<Sample, double> value) => samples.Select(value).Order().ElementAt(samples.Count / 2);
    }
}
