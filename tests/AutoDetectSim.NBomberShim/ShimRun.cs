using System.Collections.Concurrent;
using System.Diagnostics;
using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace NBomber;

/// <summary>Makes the load with a plain loop, and counts. It measures no times.</summary>
internal static class ShimRun
{
    public static async Task<ScenarioStats> RunAsync(ScenarioProps scenario)
    {
        var answers = new ConcurrentBag<IResponse>();
        foreach (var load in scenario.Load)
        {
            await (load.IsConstant ? KeepAsync(load, OnceAsync) : InjectAsync(load, OnceAsync));
        }

        return new ScenarioStats(scenario.Name, Summary(answers.Where(answer => !answer.IsError)), Summary(answers.Where(answer => answer.IsError)));

        async Task OnceAsync() => answers.Add(await scenario.Run(new Copy()));
    }

    private static Task KeepAsync(LoadSimulation load, Func<Task> once)
    {
        var watch = Stopwatch.StartNew();
        return Task.WhenAll(Enumerable.Range(0, load.Count).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < load.During)
            {
                await once();
            }
        })));
    }

    private static async Task InjectAsync(LoadSimulation load, Func<Task> once)
    {
        var running = new List<Task>();
        using var timer = new PeriodicTimer(load.Interval);
        var intervals = Math.Max(1, (int)(load.During / load.Interval));
        for (var interval = 1; interval <= intervals; interval++)
        {
            var rate = load.IsRamp ? load.Count * interval / intervals : load.Count;
            running.AddRange(Enumerable.Range(0, rate).Select(_ => Task.Run(once)));
            await timer.WaitForNextTickAsync();
        }

        await Task.WhenAll(running);
    }

    private static MeasurementStats Summary(IEnumerable<IResponse> answers)
    {
        var codes = answers.GroupBy(answer => answer.StatusCode, StringComparer.Ordinal).Select(code => new StatusCodeStats(code.Key, code.Count())).ToArray();
        return new MeasurementStats(new RequestStats(codes.Sum(code => code.Count)), new LatencyStats(0, 0), codes);
    }

    private sealed class Copy : IScenarioContext;
}
