using System.Globalization;
using System.Text;
using AutoDetectSim.Diagnosis.Grouping;
using static AutoDetectSim.Reports.HtmlReport;

namespace AutoDetectSim.Reports;

/// <summary>The part of the page about one host.</summary>
internal static class HtmlHost
{
    public static void Append(StringBuilder page, HostDocument host)
    {
        page.Append("<section>\n<h2>").Append(ReportWords.Role(host.Role)).Append(": ").Append(E(host.Host)).Append(host.Port == 443 ? "" : ":" + ReportWords.Number(host.Port));
        page.Append(" <span class=\"badge ").Append(host.Verdict).Append("\">").Append(ReportWords.Verdict(host.Verdict)).Append("</span></h2>\n<p>").Append(E(host.Summary)).Append("</p>\n");
        if (host.Chains.Count == 0)
        {
            page.Append("</section>\n");
            return;
        }

        page.Append("<div class=\"columns\">\n<figure>").Append(TopologyDrawing.Draw(host)).Append("<figcaption>Nodes as they show from outside, with their share of the connections.</figcaption></figure>\n<div>\n");
        Clients(page, host);
        page.Append("<p class=\"small\">").Append(ReportWords.Balancing(host.Balancing)).Append(' ').Append(ReportWords.Probes(host.Probes)).Append("</p>\n</div>\n</div>\n");
        page.Append("<figure>").Append(TimelineDrawing.Draw(host)).Append("<figcaption>Every connection in order: green succeeded, red failed.</figcaption></figure>\n");
        Nodes(page, host);
        foreach (var chain in host.Chains)
        {
            HtmlChain.Append(page, chain);
        }

        page.Append("</section>\n");
    }

    /// <summary>The share of connections that each kind of client gets through, over all chains of the host.</summary>
    private static void Clients(StringBuilder page, HostDocument host)
    {
        var profiles = host.Chains[0].Clients;
        if (profiles.Count == 0)
        {
            return;
        }

        page.Append("<h3>Who notices</h3>\n<ul class=\"bars\">\n");
        double met = host.Chains.Sum(chain => chain.Attempts);
        foreach (var profile in profiles)
        {
            var passed = host.Chains.Where(chain => chain.Clients.First(client => client.Profile == profile.Profile).Accepted).Sum(chain => chain.Attempts) / met;
            page.Append("<li><span class=\"name\">").Append(E(profile.Title)).Append("</span><span class=\"bar\"><span style=\"width:").Append((passed * 100).ToString("0.##", CultureInfo.InvariantCulture)).Append("%\"></span></span><span class=\"value\">").Append(ReportWords.Percent(passed)).Append("</span></li>\n");
        }

        page.Append("</ul>\n");
    }

    private static void Nodes(StringBuilder page, HostDocument host)
    {
        page.Append("<details").Append(host.Nodes.Count <= 25 ? " open" : "").Append(">\n<summary>Nodes (").Append(host.Nodes.Count).Append(")</summary>\n<div class=\"scroll\"><table>\n<thead><tr><th>Node</th><th>Connections</th><th>Share (95%)</th><th>Succeeded</th><th>Chain</th><th>What is wrong</th><th>Answers</th></tr></thead>\n<tbody>\n");
        foreach (var node in host.Nodes)
        {
            page.Append("<tr class=\"").Append(node.Faults.Count == 0 ? "good" : "bad").Append("\"><th scope=\"row\">").Append(E(node.Name)).Append("</th><td>").Append(node.Attempts).Append("</td><td>").Append(ReportWords.Percent(node.Share)).Append(" <span class=\"small\">").Append(ReportWords.Interval(node.Confidence95)).Append("</span></td><td>").Append(node.Successes).Append("</td><td>").Append(E(string.Join(", ", node.Chains))).Append("</td><td>").Append(E(string.Join("; ", node.Faults.Concat(node.Remarks).Select(FaultNames.Words)))).Append("</td><td>").Append(E(string.Join("; ", node.Answers))).Append("</td></tr>\n");
        }

        page.Append("</tbody>\n</table></div>\n</details>\n");
    }
}
