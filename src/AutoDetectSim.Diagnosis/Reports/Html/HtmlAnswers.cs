namespace AutoDetectSim.Diagnosis.Reports.Html;

/// <summary>What a host answers over HTTP, header by header and in words.</summary>
internal static class HtmlAnswers
{
    public static void Append(HtmlWriter page, HostDocument host)
    {
        if (host.Answers.Count == 0)
        {
            return;
        }

        page.Element("h3", "Answers");
        foreach (var answer in host.Answers)
        {
            page.Open("article", "answer").Open("p").Element("code", $"{answer.Method} {answer.Path}").Text($" returned HTTP {answer.Status} {(answer.Count == 1 ? "once" : $"{answer.Count} times")}, from {NameRow.Of(answer.Nodes)}.").Close("p");
            page.List("ul", answer.Words).Fold("Headers and body of one of them", _ => Headers(page, answer.Headers, answer.Body)).Close("article");
        }
    }

    /// <summary>Header fields as a table, and the body.</summary>
    public static void Headers(HtmlWriter page, IReadOnlyList<HeaderDocument> headers, string body)
    {
        page.Open("table", "cards headers").Open("tbody");
        foreach (var header in headers)
        {
            page.Open("tr").Open("th", attributes: "scope=\"row\"").Text(header.Name).Close("th").Open("td").Element("code", header.Value).Close("td").Close("tr");
        }

        page.Close("tbody").Close("table").Element("pre", body);
    }
}
