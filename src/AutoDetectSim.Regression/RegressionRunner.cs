using System.Globalization;
using AutoDetectSim.Protocols.Timing;
using AutoDetectSim.Regression.Judging;
using AutoDetectSim.Regression.Tools;
using AutoDetectSim.Regression.Worlds;

namespace AutoDetectSim.Regression;

/// <summary>Tries a probe tool on many worlds, each in its own lab, and compares its verdicts with the expected ones.</summary>
internal static class RegressionRunner
{
    /// <summary>How often a world is tried whose trials a stall of the machine spoils.</summary>
    private const int MostTrials = 3;

    /// <summary>Runs the plan.</summary>
    /// <param name="plan">What is run on what.</param>
    /// <param name="time">The clock of the labs and of the limits.</param>
    /// <param name="progress">Receives the number of worlds done so far after each; null for none.</param>
    /// <param name="cancellationToken">Ends everything: tools are killed, labs stopped; the worlds that were done by then are returned, if there are any.</param>
    /// <returns>A result for each world, in their order. A lab that cannot start is a result too.</returns>
    /// <exception cref="ToolStartException">The program does not exist or cannot be started.</exception>
    public static async Task<IReadOnlyList<TrialResult>> RunAsync(RegressionPlan plan, TimeProvider time, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var results = new TrialResult[plan.Worlds.Count];
        var done = 0;
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, plan.Worlds.Count),
                new ParallelOptions { MaxDegreeOfParallelism = plan.Concurrency, CancellationToken = cancellationToken },
                async (index, token) =>
                {
                    results[index] = await UnstalledAsync(() => RunAsync(plan, plan.Worlds[index], time, token));
                    progress?.Report(Interlocked.Increment(ref done));
                });
        }
        catch (OperationCanceledException) when (done > 0)
        {
            return [.. results.OfType<TrialResult>()];
        }

        return results;
    }

    /// <summary>The clock of a tool goes on while this process is stalled, and with it the lab: such a trial says nothing of the tool, and is made again in a new lab.</summary>
    private static async Task<TrialResult> UnstalledAsync(Func<Task<TrialResult>> trial)
    {
        for (var tried = 1; ; tried++)
        {
            var stall = new StallWatch();
            var result = await trial();
            if (stall.Milliseconds is not { } stalled)
            {
                return result;
            }

            if (tried == MostTrials)
            {
                return new TrialResult
                {
                    World = result.World,
                    Judgement = Judgement.NotAsked,
                    Problem = string.Create(CultureInfo.InvariantCulture, $"The machine was stalled in each of {MostTrials} trials, for {stalled / 1000:0.#} s in the last one."),
                    Elapsed = result.Elapsed,
                };
            }
        }
    }

    private static async Task<TrialResult> RunAsync(RegressionPlan plan, RegressionScenario world, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            await using var lab = await Lab.StartAsync(world.Scenario, new LabOptions { TimeProvider = time, DnsPort = 0 }, cancellationToken);
            using var trial = new ToolTrial(plan, lab, world.Email, time);
            var parts = await trial.RunAsync(cancellationToken);
            var traffic = await WorldTraffic.OfAsync(lab, [.. parts.Select(part => part.Host)], cancellationToken);
            var said = traffic.IsNone ? ReportedVerdict.None : ReportedVerdict.Of(parts.Select(part => part.Runs));
            return new TrialResult
            {
                World = world,
                Said = said,
                Judgement = said.Judge(world.Truth),
                KnownLimit = KnownLimit(plan, world),
                Parts = parts,
                Sample = trial.Sample,
                Connections = lab.Network.Journal.Count,
                Traffic = traffic,
                Elapsed = time.GetElapsedTime(started),
            };
        }
        catch (LabStartException exception)
        {
            return new TrialResult { World = world, Judgement = Judgement.NotAsked, Problem = exception.Message, Elapsed = time.GetElapsedTime(started) };
        }
    }

    private static string? KnownLimit(RegressionPlan plan, RegressionScenario world) =>
        plan.Adapter.KnownLimits
            .FirstOrDefault(limit => string.Equals(limit.Key, world.Name, StringComparison.OrdinalIgnoreCase) || string.Equals(limit.Key, world.Scenario.Name, StringComparison.OrdinalIgnoreCase))
            .Value;
}
