using System.Net;
using System.Text;

namespace AutoDetectSim.Reports;

/// <summary>A check as one HTML page that needs nothing else: styles and drawings inside, no script, readable on a phone.</summary>
internal static class HtmlReport
{
    public static string Render(CheckDocument document)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n");
        page.Append("<link rel=\"icon\" href=\"data:,\">\n");
        page.Append("<title>").Append(E($"{document.Host}: {ReportWords.Verdict(document.Verdict)}")).Append("</title>\n<style>").Append(HtmlStyle.Text).Append("</style>\n</head>\n<body>\n<main>\n");
        Header(page, document);
        List(page, "What to do", document.Advice, "todo");
        List(page, "Before you believe it", document.Warnings, "warn");
        foreach (var host in document.Hosts)
        {
            HtmlHost.Append(page, host);
        }

        Mail(page, document.Mail);
        page.Append("</main>\n<footer>Made by AutoDetectSim. Certificates were recorded as the servers sent them; nothing was read from or written to a certificate store of this computer.</footer>\n</body>\n</html>\n");
        return page.ToString();
    }

    /// <summary>Names come from certificates and servers: none of their characters may turn into markup.</summary>
    internal static string E(string text) => WebUtility.HtmlEncode(text);

    private static void Header(StringBuilder page, CheckDocument document)
    {
        page.Append("<header class=\"").Append(document.Verdict).Append("\">\n<p class=\"badge\">").Append(ReportWords.Verdict(document.Verdict)).Append("</p>\n<h1>").Append(E(document.Host)).Append("</h1>\n<p class=\"lead\">").Append(E(document.Summary)).Append("</p>\n<p class=\"small\">Checked ").Append(ReportWords.Time(document.At));
        page.Append(document.Email is null ? "" : $" for {E(document.Email)}").Append("; ").Append(document.Hosts.Sum(host => host.Attempts)).Append(" new connections.</p>\n</header>\n");
    }

    private static void List(StringBuilder page, string title, IReadOnlyList<string> lines, string kind)
    {
        if (lines.Count == 0)
        {
            return;
        }

        page.Append("<section class=\"").Append(kind).Append("\">\n<h2>").Append(title).Append("</h2>\n<ul>\n");
        foreach (var line in lines)
        {
            page.Append("<li>").Append(E(line)).Append("</li>\n");
        }

        page.Append("</ul>\n</section>\n");
    }

    private static void Mail(StringBuilder page, MailDocument? mail)
    {
        if (mail is null)
        {
            return;
        }

        page.Append("<section>\n<h2>Mail exchangers</h2>\n<p>").Append(E(ReportWords.Mail(mail))).Append("</p>\n</section>\n");
    }
}
