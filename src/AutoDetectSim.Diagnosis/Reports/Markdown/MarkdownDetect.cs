using System.Text;
using static AutoDetectSim.Diagnosis.Reports.Markdown.MarkdownText;

namespace AutoDetectSim.Diagnosis.Reports.Markdown;

/// <summary>Detections of an address as Markdown, with drawings in Mermaid: for tickets.</summary>
internal static class MarkdownDetect
{
    public static string Render(DetectDocument document)
    {
        var text = new StringBuilder();
        Reproduction(text, document.Reproduction);
        text.Append("# ").Append(Escape(document.Email)).Append(": ").AppendLine(ReportText.Verdict(document.Verdict)).AppendLine();
        text.AppendLine(Escape(document.Summary)).AppendLine();
        text.Append("Made ").Append(ReportText.Time(document.At)).AppendLine(".").AppendLine();
        Customer(text, document.Customer);
        List(text, "What to do", document.Advice);
        Repairs(text, document.Check?.Repairs ?? []);
        BeforeAndAfter(text, WhatIfRow.Of(document));
        List(text, "Caveats", document.Warnings);
        Detections(text, document);
        Sample(text, document);
        if (document.Check is { } check)
        {
            MarkdownCheck.Hosts(text, check);
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void Detections(StringBuilder text, DetectDocument document)
    {
        var run = document.Detections;
        text.AppendLine("## The detections").AppendLine();
        Row(text, "The phone", "Detections", "Share");
        Row(text, "---", "---:", "---:");
        foreach (var (outcome, count) in run.Outcomes.OrderByDescending(outcome => outcome.Value))
        {
            Row(text, OutcomeText.Of(outcome), ReportText.Number(count), ReportText.Percent((double)count / run.Attempts));
        }

        text.AppendLine();
        Row(text, "X-AutoDv2-Error", "Detections");
        Row(text, "---", "---:");
        foreach (var (error, count) in run.Errors.OrderByDescending(error => error.Value))
        {
            Row(text, error, ReportText.Number(count));
        }

        text.AppendLine();
        MarkdownHost.Timeline(text, [.. document.Timeline.Select(attempt => attempt.Succeeded && (run.ExpectedOutcome is null || attempt.Outcome == run.ExpectedOutcome))]);
        if (document.Nodes.Count == 0)
        {
            return;
        }

        Row(text, "Node", "Detections", "Share (95% interval)", "Succeeded", "Errors");
        Row(text, "---", "---:", "---:", "---:", "---");
        foreach (var node in document.Nodes)
        {
            Row(text, node.Name, ReportText.Number(node.Attempts), $"{ReportText.Percent(node.Share)} ({ReportText.Interval(node.Confidence95)})", ReportText.Number(node.AsExpected), string.Join(", ", node.Errors.Keys.Concat(node.Unexpected)));
        }

        text.AppendLine().AppendLine(DetectionText.AboutNodes(run)).AppendLine();
    }

    private static void Sample(StringBuilder text, DetectDocument document)
    {
        if (document.Detections.Sample is not { } sample)
        {
            return;
        }

        List(text, document.Detections.Successes == document.Detections.Attempts ? "One detection in full" : "A detection that failed, in full", sample.DecisionPath);
        foreach (var header in document.Explained)
        {
            List(text, Escape(header.Name), [.. header.Words.Select(word => word.Trim())], level: 3);
            if (header.Value is { } value)
            {
                Block(text, "json", JsonReport.Pretty(value));
            }
        }

        text.Append("### Raw answer: HTTP ").Append(sample.Status).AppendLine().AppendLine();
        Block(text, "http", string.Concat(sample.Headers.Select(header => $"{header.Key}: {header.Value}\n")) + (sample.Body is { } body ? "\n" + body.GetRawText() : ""));
    }
}
