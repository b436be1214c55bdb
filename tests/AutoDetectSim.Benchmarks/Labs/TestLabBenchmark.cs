using System.Diagnostics;
using AutoDetectSim.Testing;

namespace AutoDetectSim.Benchmarks.Labs;

/// <summary>What a lab costs a test that has it by <see cref="AutoDetectLab"/>: start, first request to a node, and the end, warm, one after the other and many at once.</summary>
internal static class TestLabBenchmark
{
    private const int Rounds = 40;
    private const int AtOnce = 16;

    public static async Task RunAsync(Action<string, Sample, double?> print)
    {
        await MeasureAsync();
        var samples = new List<Sample>();
        for (var round = 0; round < Rounds; round++)
        {
            samples.Add(await MeasureAsync());
        }

        print($"AutoDetectLab, one-in-twenty, median of {Rounds}", Sample.Median(samples), null);
        print($"AutoDetectLab, one-in-twenty, best of {Rounds}", new Sample(samples.Min(sample => sample.Start), samples.Min(sample => sample.First), samples.Min(sample => sample.Stop)), null);
        var together = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(MeasureAsync)));
        print($"AutoDetectLab, one-in-twenty, {AtOnce} at once, median", Sample.Median(together), null);
    }

    private static async Task<Sample> MeasureAsync()
    {
        var watch = Stopwatch.StartNew();
        var lab = await AutoDetectLab.StartAsync("one-in-twenty");
        var start = watch.Elapsed.TotalMilliseconds;
        watch.Restart();
        using (var client = lab.CreateClient())
        {
            using var answer = await client.GetAsync(new Uri("https://mail.contoso.com/owa/healthcheck.htm"));
        }

        var first = watch.Elapsed.TotalMilliseconds;
        watch.Restart();
        await lab.DisposeAsync();
        return new Sample(start, first, watch.Elapsed.TotalMilliseconds);
    }
}
