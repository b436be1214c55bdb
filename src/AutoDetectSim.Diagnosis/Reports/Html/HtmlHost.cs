using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Diagnosis.Reports.Html;

/// <summary>The part of the page about one host.</summary>
internal static class HtmlHost
{
    private const int MostConnections = 1000;

    /// <summary>Writes the part.</summary>
    /// <param name="page">The page.</param>
    /// <param name="host">The host.</param>
    /// <param name="shown">Hosts that the page has shown before.</param>
    public static void Append(HtmlWriter page, HostDocument host, IEnumerable<HostDocument> shown)
    {
        page.Open("section", "host").Open("h2").Text($"{ReportText.Role(host.Role)}: {host.Host}{(host.Port == 443 ? "" : ":" + ReportText.Number(host.Port))} ");
        page.Element("span", ReportText.Verdict(host.Verdict), "badge " + host.Verdict).Close("h2").Element("p", host.Summary);
        if (host.Chains.Count > 0)
        {
            Overview(page, host);
            page.Element("h3", "Connections in order").Open("figure").Raw(TimelineDrawing.Draw([.. host.Timeline.Select(Square)])).Element("figcaption", "Green: a strict client succeeded. Red: it failed.").Close("figure");
            HtmlNodes.Append(page, host);
            if (shown.FirstOrDefault(other => PresentsTheSame(host, other)) is { } same)
            {
                page.Fold($"Chains and clients, identical to {same.Host}", _ => Chains(page, host));
            }
            else
            {
                Chains(page, host);
            }

            HtmlAnswers.Append(page, host);
            page.Fold($"Every connection ({Math.Min(host.Timeline.Count, MostConnections)})", _ => Connections(page, host));
        }

        page.Close("section");
    }

    private static bool PresentsTheSame(HostDocument host, HostDocument other) =>
        host.Chains.Select(chain => (chain.Label, chain.Fingerprint, chain.Code)).SequenceEqual(other.Chains.Select(chain => (chain.Label, chain.Fingerprint, chain.Code)));

    private static void Chains(HtmlWriter page, HostDocument host)
    {
        HtmlClients.Append(page, host);
        foreach (var chain in host.Chains)
        {
            HtmlChain.Append(page, chain);
        }
    }

    private static void Overview(HtmlWriter page, HostDocument host)
    {
        page.Open("div", "columns").Open("figure").Raw(TopologyDrawing.Draw(host)).Element("figcaption", "Nodes as seen from outside, with their share of the connections.").Close("figure").Open("div");
        if (host.Clients.Count > 0)
        {
            page.Element("h3", "Clients that succeed").Open("ul", "bars");
            foreach (var client in host.Clients)
            {
                Bars.Append(page, client.Title, client.Share, ReportText.Percent(client.Share));
            }

            page.Close("ul").Element("p", "Share of connections on which each kind of client, in daily use, accepts the certificates.", "small");
        }

        page.Element("p", $"{ReportText.Balancing(host.Balancing)} {ReportText.Probes(host.Probes)}", "small").Close("div").Close("div");
    }

    private static TimelineSquare Square(AttemptDocument attempt) => new(
        attempt.Code == NodeErrors.Ok,
        $"{attempt.Number}: {attempt.Node ?? "unknown node"}, {attempt.Code}, after {ReportText.Seconds(attempt.StartedMs)}, took {ReportText.Seconds(attempt.ElapsedMs)}");

    private static void Connections(HtmlWriter page, HostDocument host)
    {
        var hasSources = host.Timeline.Any(attempt => attempt.Source is not null);
        page.Open("div", "scroll").Open("table");
        page.HeadRow([.. (string[])["No.", "After", "Took"], .. hasSources ? (string[])["From"] : [], .. (string[])["Node", "Chain", "Result"]]).Open("tbody");
        foreach (var attempt in host.Timeline.Take(MostConnections))
        {
            page.Open("tr", attempt.Code == NodeErrors.Ok ? "good" : "bad").Cell("No.", ReportText.Number(attempt.Number)).Cell("After", ReportText.Seconds(attempt.StartedMs)).Cell("Took", ReportText.Seconds(attempt.ElapsedMs));
            if (hasSources)
            {
                page.Cell("From", attempt.Source ?? "");
            }

            page.Cell("Node", attempt.Node ?? "?").Cell("Chain", attempt.Chain ?? "none").Cell("Result", attempt.Code).Close("tr");
        }

        page.Close("tbody").Close("table").Close("div");
    }
}
