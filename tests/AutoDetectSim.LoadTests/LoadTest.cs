using System.Globalization;
using AutoDetectSim.Testing;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;

namespace AutoDetectSim.LoadTests;

/// <summary>
/// Runs one load test on labs of this process and holds the counts to the scenario: one node of twenty serves its chain, hence exactly one phone of
/// twenty of each lab can sign in, however many call at once, and all others have the same code.
/// </summary>
internal static class LoadTest
{
    private const string Lab = "one-in-twenty";
    private const int Nodes = 20;
    private const int ClassSize = 30;
    private const string Code = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";

    /// <summary>Runs to the end.</summary>
    /// <returns>0 if every count is exact; otherwise 1.</returns>
    public static async Task<int> RunAsync(LoadOptions options)
    {
        var labs = await Task.WhenAll(Enumerable.Range(0, options.Kind == "class" ? ClassSize : 1).Select(_ => AutoDetectLab.StartAsync(Lab)));
        try
        {
            var phones = labs.Select(lab => new Phones(lab).Trust()).ToArray();
            var stats = Run(options, phones);
            await Task.WhenAll(phones.Select(lab => lab.CompleteAsync()));
            return Judge(stats, phones) ? 0 : 1;
        }
        finally
        {
            await Task.WhenAll(labs.Select(lab => lab.DisposeAsync().AsTask()));
        }
    }

    private static NodeStats Run(LoadOptions options, Phones[] phones)
    {
        var next = -1;
        var scenario = Scenario
            .Create(options.Kind, async context =>
            {
                var trainee = phones[(int)((uint)Interlocked.Increment(ref next) % (uint)phones.Length)];
                return await Step.Run("add account", context, async () =>
                {
                    var outcome = await trainee.AddAccountAsync();
                    return outcome == Phones.SignIn ? Response.Ok(statusCode: outcome) : Response.Fail(statusCode: outcome);
                });
            })
            .WithoutWarmUp()
            .WithRestartIterationOnFail(shouldRestart: false)
            .WithMaxFailCount(int.MaxValue)
            .WithLoadSimulations(Load(options));
        return NBomberRunner
            .RegisterScenarios(scenario)
            .WithTestSuite("AutoDetectSim")
            .WithTestName(options.Kind)
            .WithReportFolder(options.Reports)
            .WithReportFileName(options.Kind)
            .WithReportFormats(ReportFormat.Md, ReportFormat.Html)
            .Run();
    }

    private static LoadSimulation[] Load(LoadOptions options)
    {
        var (second, whole) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(options.Seconds));
        return options.Kind switch
        {
            "ramp" => [Simulation.RampingInject(options.Rate, second, whole)],
            "spike" => [Simulation.Inject(1, second, whole), Simulation.Inject(options.Rate, second, whole), Simulation.Inject(1, second, whole)],
            _ => [Simulation.KeepConstant(options.Rate, whole)],
        };
    }

    private static bool Judge(NodeStats stats, Phones[] phones)
    {
        var scenario = stats.ScenarioStats[0];
        var (signIns, all) = (phones.Sum(lab => lab.Outcomes.GetValueOrDefault(Phones.SignIn)), phones.Sum(lab => lab.Count));
        var times = scenario.Ok.Latency is { Percent50: > 0 } latency
            ? string.Create(CultureInfo.InvariantCulture, $"; of these, half waited {latency.Percent50:0} ms or less, 99% {latency.Percent99:0} ms or less")
            : "";
        Console.WriteLine($"{scenario.ScenarioName}: {all} phones, {signIns} can sign in{times}.");
        List<string> problems = [];
        for (var lab = 0; lab < phones.Length; lab++)
        {
            var (outcomes, count) = (phones[lab].Outcomes, phones[lab].Count);
            var success = outcomes.GetValueOrDefault(Phones.SignIn);
            if (count == 0 || success < count / Nodes || success > (count + Nodes - 1) / Nodes || outcomes.GetValueOrDefault(Code) != count - success)
            {
                problems.Add($"Lab {lab + 1}: one phone of {Nodes} must be able to sign in, and all others have {Code}; {string.Join(", ", outcomes.Select(outcome => $"{outcome.Key} {outcome.Value}"))}.");
            }
        }

        // A load generator may not count those that were answered after its time.
        if (scenario.Ok.Request.Count > signIns || scenario.Fail.Request.Count > all - signIns)
        {
            problems.Add($"The load generator counted {scenario.Ok.Request.Count} and {scenario.Fail.Request.Count}, the phones {signIns} and {all - signIns}.");
        }

        problems.ForEach(Console.Error.WriteLine);
        return problems.Count == 0;
    }
}
