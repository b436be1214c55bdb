namespace AutoDetectSim.Diagnosis.Reports.Html;

/// <summary>A check as one HTML page.</summary>
internal static class HtmlCheck
{
    public static string Render(CheckDocument document) => HtmlPage.Make($"{document.Host}: {ReportText.Verdict(document.Verdict)}", page =>
    {
        HtmlPage.Header(page, document.Reproduction, document.Verdict, document.Host, document.Summary, Made(document));
        HtmlPage.Customer(page, document.Customer);
        HtmlPage.Lines(page, "What to do", document.Advice, "todo");
        HtmlPage.Repairs(page, document.Repairs);
        HtmlWhatIf.Append(page, WhatIfRow.Of(document));
        HtmlPage.Lines(page, "Caveats", document.Warnings, "warn");
        Hosts(page, document);
    });

    /// <summary>The part for the engineer: host by host, then mail and downloads.</summary>
    public static void Hosts(HtmlWriter page, CheckDocument document)
    {
        foreach (var (host, index) in document.Hosts.Select((host, index) => (host, index)))
        {
            HtmlHost.Append(page, host, document.Hosts.Take(index));
        }

        if (document.Mail is { } mail)
        {
            page.Open("section").Element("h2", "Mail exchangers").Element("p", ReportText.Mail(mail)).Close("section");
        }

        Downloads(page, document.Downloads);
    }

    private static string Made(CheckDocument document) =>
        $"Checked {ReportText.Time(document.At)}{(document.Email is null ? "" : $" for {document.Email}")}; {document.Hosts.Sum(host => host.Attempts)} new connections.";

    private static void Downloads(HtmlWriter page, IReadOnlyList<DownloadDocument> downloads)
    {
        if (downloads.Count == 0)
        {
            return;
        }

        page.Open("section").Element("h2", "Downloads of issuers (AIA)").Open("table", "cards").HeadRow("URL", "Result", "Duration").Open("tbody");
        foreach (var download in downloads)
        {
            page.Open("tr", download.Problem is null ? "good" : "bad").Cell("URL", download.Url).Cell("Result", download.Problem ?? string.Join("; ", download.Subjects)).Cell("Duration", ReportText.Seconds(download.ElapsedMs)).Close("tr");
        }

        page.Close("tbody").Close("table").Close("section");
    }
}
