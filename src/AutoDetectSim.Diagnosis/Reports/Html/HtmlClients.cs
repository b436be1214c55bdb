namespace AutoDetectSim.Diagnosis.Reports.Html;

/// <summary>The verdict of every kind of client on every chain of a host; clients with the same verdicts and reasons share a row.</summary>
internal static class HtmlClients
{
    public static void Append(HtmlWriter page, HostDocument host)
    {
        if (host.Clients.Count == 0)
        {
            return;
        }

        page.Element("h3", "Verdict of each kind of client").Open("div", "scroll").Open("table", "cards");
        page.HeadRow([.. (string[])["Client"], .. host.Chains.Select(chain => "Chain " + chain.Label), .. (string[])["Reason"]]).Open("tbody");
        foreach (var group in ClientGroup.Of(host))
        {
            page.Open("tr").Open("th", attributes: "scope=\"row\"");
            foreach (var client in group.Clients)
            {
                page.Element("div", client[0].Title);
            }

            page.Close("th");
            foreach (var (verdict, chain) in group.Clients[0].Zip(host.Chains))
            {
                page.Cell("Chain " + chain.Label, ReportText.Passes(verdict), verdict.Accepted ? "passes" : "fails");
            }

            page.Open("td", attributes: "data-label=\"Reason\"").Open("div").Text(group.Because).Fold("Paths, messages and sources", _ => Details(page, host, group)).Close("div").Close("td").Close("tr");
        }

        page.Close("tbody").Close("table").Close("div");
    }

    private static void Details(HtmlWriter page, HostDocument host, ClientGroup group)
    {
        foreach (var client in group.Clients)
        {
            page.Element("p", client[0].Title, "client");
            foreach (var (verdict, chain) in client.Zip(host.Chains))
            {
                page.Open("p").Text($"Chain {chain.Label}: ").Element("code", verdict.Words).Close("p").Open("ol");
                foreach (var step in verdict.Path)
                {
                    page.Open("li").Text(step.Subject + " ").Element("span", ReportText.Source(step.Source), "small").Close("li");
                }

                page.Close("ol");
            }

            page.Element("p", "Sources: " + string.Join(", ", client[0].Sources), "small");
        }
    }
}
