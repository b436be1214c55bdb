using System.Globalization;
using AutoDetectSim.Diagnosis.Explaining;

namespace AutoDetectSim.Diagnosis.Reports.Html;

/// <summary>Detections of an address as one HTML page.</summary>
internal static class HtmlDetect
{
    public static string Render(DetectDocument document) => HtmlPage.Make($"{document.Email}: {ReportText.Verdict(document.Verdict)}", page =>
    {
        HtmlPage.Header(page, document.Reproduction, document.Verdict, document.Email, document.Summary, $"Made {ReportText.Time(document.At)}.");
        HtmlPage.Customer(page, document.Customer);
        HtmlPage.Lines(page, "What to do", document.Advice, "todo");
        HtmlPage.Repairs(page, document.Check?.Repairs ?? []);
        HtmlWhatIf.Append(page, WhatIfRow.Of(document));
        HtmlPage.Lines(page, "Caveats", document.Warnings, "warn");
        Detections(page, document);
        Sample(page, document);
        if (document.Check is { } check)
        {
            HtmlCheck.Hosts(page, check);
        }
    });

    private static void Detections(HtmlWriter page, DetectDocument document)
    {
        var run = document.Detections;
        page.Open("section").Element("h2", "The detections").Open("div", "columns");
        page.Open("figure").Raw(JourneyDrawing.Draw(document)).Element("figcaption", document.Check is null ? "The path of a detection." : "The path of a detection; the hosts were checked from outside.").Close("figure").Open("div");
        page.Element("h3", "The phone …").Open("ul", "bars");
        foreach (var (outcome, count) in run.Outcomes.OrderByDescending(outcome => outcome.Value))
        {
            Bars.Append(page, OutcomeText.Of(outcome), OutcomeText.IsMeant(outcome) ? 1 : 0, $"{count} ({ReportText.Percent((double)count / run.Attempts)})", (double)count / run.Attempts);
        }

        page.Close("ul").Element("h3", "X-AutoDv2-Error").Open("ul", "bars");
        foreach (var (error, count) in run.Errors.OrderByDescending(error => error.Value))
        {
            Bars.Append(page, error, 0, ReportText.Number(count), (double)count / run.Attempts);
        }

        page.Close("ul").Element("p", run.Errors.Count == 0 ? "No errors." : "", "small").Close("div").Close("div");
        page.Element("h3", "Detections in order").Open("figure").Raw(TimelineDrawing.Draw([.. document.Timeline.Select(attempt => Square(attempt, document.Detections.ExpectedOutcome))])).Element("figcaption", "Green: the phone got what it should. Red: it did not.").Close("figure");
        Nodes(page, document);
        page.Close("section");
    }

    private static void Nodes(HtmlWriter page, DetectDocument document)
    {
        if (document.Nodes.Count == 0)
        {
            return;
        }

        var largest = document.Nodes.Max(node => node.Share);
        page.Element("h3", "Nodes met").Open("ul", "bars");
        foreach (var node in document.Nodes)
        {
            Bars.Append(page, node.Name, (double)node.AsExpected / Math.Max(1, node.Attempts), $"{node.Attempts} ({ReportText.Percent(node.Share)})", node.Share / largest);
        }

        page.Close("ul").Element("p", "Green: the node did what it should. " + DetectionText.AboutNodes(document.Detections), "small");
        foreach (var error in document.Nodes.SelectMany(node => node.Errors.Keys.Concat(node.Unexpected).Select(code => (Code: code, node.Name))).GroupBy(error => error.Code, error => error.Name, StringComparer.Ordinal))
        {
            page.Open("p").Element("code", error.Key).Text($" on {NameRow.Of([.. error])}.").Close("p");
        }
    }

    private static TimelineSquare Square(DetectionAttemptDocument attempt, string? expected) => new(
        attempt.Succeeded && (expected is null || attempt.Outcome == expected),
        string.Create(CultureInfo.InvariantCulture, $"{attempt.Number}: the phone {OutcomeText.Of(attempt.Outcome)}; {(attempt.Error is null ? "no error" : attempt.Error)}{(attempt.Nodes.Count == 0 ? "" : ", " + string.Join(", ", attempt.Nodes))}, after {ReportText.Seconds(attempt.StartedMs)}, took {ReportText.Seconds(attempt.ElapsedMs)}"));

    private static void Sample(HtmlWriter page, DetectDocument document)
    {
        if (document.Detections.Sample is not { } sample)
        {
            return;
        }

        page.Open("section").Element("h2", document.Detections.Successes == document.Detections.Attempts ? "One detection in full" : "A detection that failed, in full");
        page.List("ol", [.. sample.DecisionPath]);
        foreach (var header in document.Explained)
        {
            Explained(page, header);
        }

        page.Fold($"Raw answer (HTTP {sample.Status})", _ => HtmlAnswers.Headers(page, [.. sample.Headers.Select(header => new HeaderDocument(header.Key, header.Value))], sample.Body is { } body ? body.GetRawText() : ""));
        page.Close("section");
    }

    private static void Explained(HtmlWriter page, ExplainedHeader header)
    {
        page.Open("article", "answer").Open("h3").Text(header.Name).Text(header.Text is null ? ", decoded" : ": ").Element("code", header.Text ?? "").Close("h3").List("ul", [.. header.Words.Select(word => word.Trim())]);
        if (header.Value is { } value)
        {
            page.Fold("as JSON", _ => page.Element("pre", JsonReport.Pretty(value)));
        }

        page.Close("article");
    }
}
