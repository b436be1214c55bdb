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
            var mark = result.Status == ScenarioTestStatus.Passed ? "[green]passed[/]" : "[red]" + JsonNameOf(result.Status) + "[/]";
            console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"{mark}  {Markup.Escape(result.Name)}  {result.ElapsedMs:0} ms"));
            foreach (var problem in result.Problems)
            {
                console.WriteLine("    " + problem);
            }

            foreach (var (world, expectation) in result.Worlds.SelectMany(world => world.Expectations.Select(expectation => (world, expectation))))
            {
                if (expectation.Differences.Count == 0)
                {
                    continue;
                }

                console.WriteLine($"    {expectation.Detect}, {world.World}:");
                foreach (var difference in expectation.Differences)
                {
                    console.WriteLine("      " + difference);
                }

                if (expectation.Result is { } detections)
                {
                    DetectReport.Write(detections);
                    console.MarkupLine("[bold]Detections in order[/]");
                    foreach (var line in expectation.Timeline ?? [])
                    {
                        console.WriteLine("  " + line);
                    }
                }
            }
        }

        var passed = results.Count(result => result.Status == ScenarioTestStatus.Passed);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {results.Count - passed} failed"));
    }

    private static string JsonNameOf(ScenarioTestStatus status) => status == ScenarioTestStatus.CouldNotStart ? "could not start" : status.ToString().ToLowerInvariant();
}
