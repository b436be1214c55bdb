using AutoDetectSim.Diagnosis.Statistics;

namespace AutoDetectSim.Diagnosis.Reports.Html;

/// <summary>The nodes of a host: those that are alike together, and each by itself.</summary>
internal static class HtmlNodes
{
    public static void Append(HtmlWriter page, HostDocument host)
    {
        page.Element("h3", host.Probes.HasLookAlikes ? "The nodes: " + ProbesText.Nodes(host.Nodes.Count, hasLookAlikes: true) : host.Nodes.Count == 1 ? "The node" : $"The {host.Nodes.Count} nodes");
        page.Open("table", "cards").HeadRow("Nodes", "Connections", "Share (95% interval)", "Succeeded", "Chain", "Problem", "Answers").Open("tbody");
        foreach (var group in NodeGroup.Of(host))
        {
            var share = ConfidenceInterval.Wilson(group.Attempts, host.Attempts);
            page.Open("tr", group.IsGood ? "good" : "bad").Open("th", attributes: "scope=\"row\"").Text(NameRow.Of(group.Names)).Close("th");
            page.Cell("Connections", ReportText.Number(group.Attempts));
            page.Cell("Share (95% interval)", $"{ReportText.Percent((double)group.Attempts / host.Attempts)} ({ReportText.Interval([share.Low, share.High])})");
            page.Cell("Succeeded", ReportText.Number(group.Successes)).Cell("Chain", group.Chains).Cell("Problem", group.Wrong.Length == 0 ? "none" : group.Wrong).Cell("Answers", group.Answers).Close("tr");
        }

        page.Close("tbody").Close("table");
        if (host.Nodes.Count > 1)
        {
            page.Fold("Share of each node", _ => Shares(page, host));
        }
    }

    private static void Shares(HtmlWriter page, HostDocument host)
    {
        var largest = host.Nodes.Max(node => node.Confidence95[1]);
        page.Open("ul", "bars");
        foreach (var node in host.Nodes)
        {
            Bars.Append(page, node.Name, (double)node.Successes / Math.Max(1, node.Attempts), $"{ReportText.Percent(node.Share)} ({ReportText.Interval(node.Confidence95)})", node.Share / largest);
        }

        page.Close("ul").Element("p", $"{ReportText.Identified(host)} Green: connections that succeeded.", "small");
    }
}
