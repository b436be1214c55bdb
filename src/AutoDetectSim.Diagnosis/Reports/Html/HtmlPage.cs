namespace AutoDetectSim.Diagnosis.Reports.Html;

/// <summary>What all pages have in common. A page needs nothing but itself: styles and drawings inside, no script, readable on a phone.</summary>
internal static class HtmlPage
{
    /// <summary>Makes a page.</summary>
    /// <param name="title">The title of the window.</param>
    /// <param name="content">Writes its content.</param>
    public static string Make(string title, Action<HtmlWriter> content)
    {
        var page = new HtmlWriter();
        page.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n");
        page.Raw("<link rel=\"icon\" href=\"data:,\">\n");
        page.Element("title", title).Raw("<style>").Raw(HtmlStyle.Text).Raw("</style>\n</head>\n<body>\n<main>\n");
        content(page);
        page.Raw("</main>\n<footer>Made by AutoDetectSim. Certificates were recorded as the servers sent them; nothing was read from or written to a certificate store of this computer.</footer>\n</body>\n</html>\n");
        return page.ToString();
    }

    /// <summary>The top of a page: for a lab the line that says so, then the verdict, what it is about, and the verdict in a sentence.</summary>
    public static void Header(HtmlWriter page, string? reproduction, string verdict, string subject, string summary, string small)
    {
        if (reproduction is not null)
        {
            page.Open("p").Element("strong", reproduction).Close("p");
        }

        page.Open("header", verdict).Element("p", ReportText.Verdict(verdict), "badge").Element("h1", subject).Element("p", summary, "lead").Element("p", small, "small").Close("header");
    }

    /// <summary>The part for people who do not know certificates.</summary>
    public static void Customer(HtmlWriter page, IReadOnlyList<CustomerPart> parts)
    {
        page.Open("section", "customer").Element("h2", "Summary for the customer");
        foreach (var part in parts)
        {
            page.Element("h3", part.Title).Element("p", part.Text);
        }

        page.Close("section");
    }

    /// <summary>Commands of real servers, one kind of server after the other.</summary>
    public static void Repairs(HtmlWriter page, IReadOnlyList<RepairDocument> repairs)
    {
        if (repairs.Count == 0)
        {
            return;
        }

        page.Open("section").Element("h2", "Commands");
        foreach (var repair in repairs)
        {
            page.Fold($"{repair.Repair}: {repair.Server}", _ => page.Element("pre", string.Join('\n', repair.Lines)));
        }

        page.Close("section");
    }

    /// <summary>A list with a title; nothing where it is empty.</summary>
    public static void Lines(HtmlWriter page, string title, IReadOnlyList<string> lines, string css)
    {
        if (lines.Count > 0)
        {
            page.Open("section", css).Element("h2", title).List(css == "todo" ? "ol" : "ul", lines).Close("section");
        }
    }
}
