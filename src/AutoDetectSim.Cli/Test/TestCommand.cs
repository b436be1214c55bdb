using System.CommandLine;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Telemetry;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols.Timing;

namespace AutoDetectSim.Cli.Test;

/// <summary><c>test PATH..</c>: runs scenario files and holds them against their own expectations.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Scenario files, folders to search for them, or names and themes of the library.", Arity = ArgumentArity.OneOrMore };
        var junit = new Option<FileInfo?>("--junit") { Description = "File for the results in JUnit XML format." };
        var github = GitHubAnnotations.CreateOption();
        var force = Outputs.Force();
        var json = new Option<bool>("--json") { Description = "JSON document on standard output." };
        var command = new Command("test", "Test scenario files against their expectations, and check that each scenario succeeds without its fault.") { paths, junit, github, json, force };
        var telemetryOptions = TelemetryOptions.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var files = ScenarioFiles.Find(parsed.GetValue(paths)!);
            if (files.Count == 0)
            {
                throw new InputException("No scenario files (*.yaml, *.yml) were found.");
            }

            var junitFile = Outputs.Claim(parsed.GetValue(junit), Outputs.JUnit, parsed.GetValue(force));
            await using var telemetry = await telemetryOptions.StartAsync(parsed, cancellationToken);
            var stall = new StallWatch();
            var results = await ProgressBar.RunAsync(
                "Testing scenarios",
                files.Count,
                show: !parsed.GetValue(json),
                progress => RunAllAsync(files, progress, cancellationToken));
            await Stopped.SayAsync(results.Count, files.Count, "scenarios", cancellationToken);
            junitFile?.Write(JUnitFile.Render([.. results.Select(JUnitCaseOf)]));

            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(ReadableJson.Text(new TestReport(results) { StalledMs = stall.Milliseconds }, TestJson.Default.TestReport));
            }
            else
            {
                TestReportText.Write(results);
            }

            if (parsed.GetValue(github))
            {
                Annotate(results, parsed.GetValue(json) ? Console.Error : Console.Out);
            }

            return cancellationToken.IsCancellationRequested ? ExitCodes.NotAsExpected
                : results.Any(result => result.Status == ScenarioTestStatus.Invalid) ? ExitCodes.InvalidInput
                : results.Any(result => result.Status == ScenarioTestStatus.CouldNotStart) ? ExitCodes.CannotStart
                : results.All(result => result.Status == ScenarioTestStatus.Passed) ? ExitCodes.Success
                : ExitCodes.NotAsExpected;
        });
        return command;
    }

    private static void Annotate(IEnumerable<ScenarioFileResult> results, TextWriter output)
    {
        foreach (var result in results.Where(result => result.Status != ScenarioTestStatus.Passed))
        {
            GitHubAnnotations.Write(output, new GitHubAnnotation { File = result.File, Title = result.Name, Message = string.Join('\n', JUnitCaseOf(result).Lines) });
        }
    }

    private static JUnitCase JUnitCaseOf(ScenarioFileResult result) => new()
    {
        ClassName = "scenarios",
        Name = result.Name,
        File = result.File,
        Outcome = result.Status switch
        {
            ScenarioTestStatus.Passed => JUnitOutcome.Passed,
            ScenarioTestStatus.Failed => JUnitOutcome.Failed,
            _ => JUnitOutcome.Error,
        },
        Lines =
        [
            .. result.Problems,
            .. result.Worlds.SelectMany(world => world.Expectations.SelectMany(expectation =>
                expectation.Differences.Select(difference => $"{expectation.Detect}, {world.World}: {difference}"))),
            .. result.Worlds.SelectMany(world => world.Expectations.Where(expectation => expectation.Result is not null).SelectMany(expectation => Details(world.World, expectation))),
        ],
        ElapsedMs = result.ElapsedMs,
    };

    /// <summary>What it takes to understand a failure without running the scenario again.</summary>
    private static IEnumerable<string> Details(string world, ExpectationReport expectation) =>
    [
        "",
        $"{expectation.Detect}, {world}, one detection in full:",
        .. (expectation.Result?.Sample?.DecisionPath ?? []).Select(sentence => "  " + sentence),
        $"{expectation.Detect}, {world}, detections in order:",
        .. (expectation.Timeline ?? []).Select(line => "  " + line),
    ];

    private static async Task<IReadOnlyList<ScenarioFileResult>> RunAllAsync(IReadOnlyList<string> files, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var results = new ScenarioFileResult[files.Count];
        var done = 0;
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, files.Count),
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
                async (index, token) =>
                {
                    results[index] = await ScenarioFileTest.RunAsync(files[index], token);
                    progress?.Report(Interlocked.Increment(ref done));
                });
        }
        catch (OperationCanceledException) when (done > 0)
        {
            return [.. results.OfType<ScenarioFileResult>()];
        }

        return results;
    }
}
