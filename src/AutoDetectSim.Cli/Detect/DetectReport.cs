using System.Globalization;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Diagnosis.WhatIf;
using Spectre.Console;

namespace AutoDetectSim.Cli.Detect;

/// <summary>A probe run for people: by node, by error, and what one detection did.</summary>
internal static class DetectReport
{
    /// <param name="result">The run.</param>
    /// <param name="verbose">Whether the answer of one detection is shown whole.</param>
    public static void Write(DetectionRunResult result, bool verbose)
    {
        var console = HumanConsole.Create();
        if (result.Reproduction is { } reproduction)
        {
            console.Prose(reproduction);
        }

        console.Heading(result.Email, string.Create(CultureInfo.InvariantCulture, $": {DetectionText.Succeeded(result, ReportText.Percent)}; {result.DetectionsPerSecond:0} per second."));
        foreach (var warning in result.Warnings)
        {
            console.Prose("Note: " + warning);
        }

        WriteCounts(console, result);
        if (result.Sample is { } sample && (verbose || result.Successes < result.Attempts || result.Attempts == 1))
        {
            WriteSample(console, sample, verbose);
        }

        if (result.WhatIf is { } whatIf)
        {
            WriteWhatIf(console, result, whatIf);
        }
    }

    private static void WriteWhatIf(IAnsiConsole console, DetectionRunResult before, WhatIfResult whatIf)
    {
        console.WriteLine();
        console.Heading(WhatIfText.Lead(whatIf.Changes.Count, whatIf.IsComplete, whatIf.IsSmallest));
        foreach (var change in whatIf.Changes)
        {
            console.Prose("  " + change);
            console.Prose("    " + ChangeText.Of(change));
        }

        if (whatIf.After is { } after)
        {
            console.Prose(string.Create(CultureInfo.InvariantCulture, $"Before: {before.Successes} of {before.Attempts} detections succeeded ({ReportText.Percent(before.SuccessRate)}). After: {after.Successes} of {after.Attempts} ({ReportText.Percent(after.SuccessRate)})."));
            if (after.Successes < after.Attempts)
            {
                WriteCounts(console, after);
            }
        }
    }

    private static void WriteCounts(IAnsiConsole console, DetectionRunResult result)
    {
        var nodes = new ReportTable("Nodes", "Detections", "Succeeded", "Errors");
        foreach (var group in DetectNodeGroup.Of(result))
        {
            nodes.Add(
                NameRow.Of(group.Names),
                group.Attempts,
                new ReportCell(group.Good.ToString(CultureInfo.InvariantCulture), group.Good == group.Attempts ? Color.Green : Color.Red),
                string.Join("\n", group.Problems));
        }

        nodes.WriteTo(console);
        if (result.MostNodesPerDetection > 1)
        {
            console.Prose(DetectionText.AboutNodes(result));
        }

        if (!DetectNodeGroup.Explain(result))
        {
            Counts("X-AutoDv2-Error", result.Errors).WriteTo(console);
        }

        Counts("What the phone shows", result.Outcomes).WriteTo(console);
    }

    private static ReportTable Counts(string title, IReadOnlyDictionary<string, int> counts)
    {
        var table = new ReportTable(title, "Detections");
        foreach (var (name, count) in counts)
        {
            table.Add(name, count);
        }

        return table;
    }

    private static void WriteSample(IAnsiConsole console, DetectionSample sample, bool verbose)
    {
        // A service that is called at a URL tells its steps in the headers alone.
        var hasSteps = sample.DecisionPath.Count > 0;
        if (!hasSteps && !verbose)
        {
            return;
        }

        console.Heading(hasSteps ? "One detection, step by step" : "One detection", string.Create(CultureInfo.InvariantCulture, $" (HTTP {sample.Status})"));
        foreach (var (sentence, index) in sample.DecisionPath.Select((sentence, index) => (sentence, index + 1)))
        {
            console.Prose($"  {index.ToString(CultureInfo.InvariantCulture)}. {sentence}");
        }

        if (!verbose)
        {
            return;
        }

        if (sample.Body is { } body)
        {
            console.Prose("Body: " + JsonReport.Line(body));
        }

        if (sample.Debug is { } debug)
        {
            console.Prose("X-Debug-Support, decoded:");
            console.Prose(JsonReport.Pretty(debug));
        }
    }
}
