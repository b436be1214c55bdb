using System.Text;
using static AutoDetectSim.Diagnosis.Reports.Markdown.MarkdownText;

namespace AutoDetectSim.Diagnosis.Reports.Markdown;

/// <summary>A check as Markdown, with the topology as a Mermaid drawing: for tickets.</summary>
internal static class MarkdownCheck
{
    public static string Render(CheckDocument document)
    {
        var text = new StringBuilder();
        Reproduction(text, document.Reproduction);
        text.Append("# ").Append(Escape(document.Host)).Append(": ").AppendLine(ReportText.Verdict(document.Verdict));
        text.AppendLine().AppendLine(Escape(document.Summary)).AppendLine();
        text.Append("Checked ").Append(ReportText.Time(document.At)).Append(document.Email is null ? "" : $" for {Escape(document.Email)}").AppendLine(".").AppendLine();
        Customer(text, document.Customer);
        List(text, "What to do", document.Advice);
        Repairs(text, document.Repairs);
        BeforeAndAfter(text, WhatIfRow.Of(document));
        List(text, "Caveats", document.Warnings);
        Hosts(text, document);
        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>The part for the engineer: host by host, then mail and downloads.</summary>
    public static void Hosts(StringBuilder text, CheckDocument document)
    {
        foreach (var host in document.Hosts)
        {
            MarkdownHost.Append(text, host);
        }

        if (document.Mail is { } mail)
        {
            text.AppendLine("## Mail exchangers").AppendLine();
            text.AppendLine(Escape(ReportText.Mail(mail))).AppendLine();
        }

        if (document.Downloads.Count > 0)
        {
            text.AppendLine("## Downloads of issuers (AIA)").AppendLine();
            Row(text, "URL", "Result", "Duration");
            Row(text, "---", "---", "---:");
            foreach (var download in document.Downloads)
            {
                Row(text, download.Url, download.Problem ?? string.Join("; ", download.Subjects), ReportText.Seconds(download.ElapsedMs));
            }

            text.AppendLine();
        }
    }
}
