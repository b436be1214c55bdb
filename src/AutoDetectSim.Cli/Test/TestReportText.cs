using System.Globalization;
using AutoDetectSim.Cli.Detect;
using AutoDetectSim.Cli.Output;
using Spectre.Console;

namespace AutoDetectSim.Cli.Test;

/// <summary>A test run for people: a line per file; for what failed, the nodes, what one detection did, and which node each one met.</summary>
internal static class TestReportText
{
    public static void Write(IReadOnlyList<ScenarioFileResult> results)
    {
        var console = HumanConsole.Create();
        foreach (var result in results)
        {
            console.Heading(WordsOf(result.Status), string.Create(CultureInfo.InvariantCulture, $"  {result.Name}  {result.ElapsedMs:0} ms"), result.Status == ScenarioTestStatus.Passed ? Color.Green : Color.Red);
            foreach (var problem in result.Problems)
            {
                console.Prose("    " + problem);
            }

            foreach (var (world, expectation) in result.Worlds.SelectMany(world => world.Expectations.Select(expectation => (world, expectation))))
            {
                if (expectation.Differences.Count == 0)
                {
                    continue;
                }

                console.Prose($"    {expectation.Detect}, {world.World}:");
                foreach (var difference in expectation.Differences)
                {
                    console.Prose("      " + difference);
                }

                if (expectation.Result is { } detections)
                {
                    DetectReport.Write(detections, verbose: false);
                    console.Heading("Detections in order");
                    foreach (var line in expectation.Timeline ?? [])
                    {
                        console.Prose("  " + line);
                    }
                }
            }
        }

        var passed = results.Count(result => result.Status == ScenarioTestStatus.Passed);
        console.Prose(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {results.Count - passed} failed"));
    }

    private static string WordsOf(ScenarioTestStatus status) => status == ScenarioTestStatus.CouldNotStart ? "could not start" : status.ToString().ToLowerInvariant();
}
