using System.Globalization;
using System.Text.Json;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Diagnosis.WhatIf;
using Spectre.Console;

namespace AutoDetectSim.Cli.Detect;

/// <summary>A probe run for people: by node, by error, and what one detection did.</summary>
internal static class DetectReport
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(DetectionRunResult result)
    {
        var console = HumanConsole.Create();
        if (result.Reproduction is { } reproduction)
        {
            console.WriteLine(reproduction);
        }

        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{result.Email}[/]: {DetectionText.Succeeded(result, Percent)}; {result.DetectionsPerSecond:0} per second.");
        foreach (var warning in result.Warnings)
        {
            console.WriteLine("Note: " + warning);
        }

        if (result.Nodes.Count > 0)
        {
            console.Write(ByNode(result));
            console.WriteLine(DetectionText.AboutNodes(result));
        }

        console.Write(Counts("X-AutoDv2-Error", result.Errors));
        console.Write(Counts("What the phone shows", result.Outcomes));
        if (result.Sample is { } sample)
        {
            WriteSample(console, sample);
        }

        if (result.WhatIf is { } whatIf)
        {
            WriteWhatIf(console, result, whatIf);
        }
    }

    private static void WriteWhatIf(IAnsiConsole console, DetectionRunResult before, WhatIfResult whatIf)
    {
        console.WriteLine();
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]What if[/] {WhatIfText.Lead(whatIf.Changes.Count, whatIf.IsComplete, whatIf.IsSmallest)}");
        foreach (var change in whatIf.Changes)
        {
            console.WriteLine("  " + change);
            console.WriteLine("    " + ChangeText.Of(change));
        }

        if (whatIf.After is { } after)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Before: {before.Successes} of {before.Attempts} detections succeeded ({before.SuccessRate:P1}). After: [bold]{after.Successes} of {after.Attempts}[/] ({after.SuccessRate:P1}).");
            if (after.Nodes.Count > 0 && after.Successes < after.Attempts)
            {
                console.Write(ByNode(after));
            }

            console.Write(Counts("X-AutoDv2-Error", after.Errors));
            console.Write(Counts("What the phone shows", after.Outcomes));
        }
    }

    private static Table ByNode(DetectionRunResult result)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Node", "Detections", "Succeeded", "Errors");
        foreach (var node in result.Nodes)
        {
            table.AddRow(
                Text(node.Name),
                Number(node.Attempts),
                DetectionText.Good(result, node) is var good && good == node.Attempts ? new Markup($"[green]{good}[/]") : new Markup($"[red]{good}[/]"),
                Text(string.Join(", ", node.Errors.Select(error => $"{error.Key} ({error.Value})").Concat(DetectionText.Unexpected(result, node)))));
        }

        return table;
    }

    private static Table Counts(string title, IReadOnlyDictionary<string, int> counts)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns(title, "Detections");
        foreach (var (name, count) in counts)
        {
            table.AddRow(Text(name), Number(count));
        }

        if (counts.Count == 0)
        {
            table.AddRow("none", "");
        }

        return table;
    }

    private static void WriteSample(IAnsiConsole console, DetectionSample sample)
    {
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]One detection in full[/] (HTTP {sample.Status})");
        foreach (var (sentence, index) in sample.DecisionPath.Select((sentence, index) => (sentence, index + 1)))
        {
            console.WriteLine($"  {index.ToString(CultureInfo.InvariantCulture)}. {sentence}");
        }

        if (sample.Body is { } body)
        {
            console.WriteLine("Body: " + body.GetRawText());
        }

        if (sample.Debug is { } debug)
        {
            console.WriteLine("X-Debug-Support, decoded:");
            console.WriteLine(JsonSerializer.Serialize(debug, Indented));
        }
    }

    private static string Percent(double share) => share.ToString("P1", CultureInfo.InvariantCulture);

    private static Text Text(string text) => new(text);

    private static Text Number(int number) => new Text(number.ToString(CultureInfo.InvariantCulture));
}
