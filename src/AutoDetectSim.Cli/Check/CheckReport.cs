using System.Globalization;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Diagnosis.Capture;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Diagnosis.WhatIf;
using Spectre.Console;

namespace AutoDetectSim.Cli.Check;

/// <summary>A check for people at a terminal.</summary>
internal static class CheckReport
{
    /// <param name="document">The check.</param>
    /// <param name="verbose">Whether each certificate, each client's path and every answer are shown.</param>
    public static void Write(CheckDocument document, bool verbose)
    {
        var console = HumanConsole.Create();
        if (document.Reproduction is { } reproduction)
        {
            console.Prose(reproduction);
        }

        foreach (var range in document.Ranges.Where(range => range.IsBlocked))
        {
            console.Heading(range.Range, $", from which AutoDetect connects, cannot reach {range.Host} ({range.Code}).", Color.Red);
        }

        var groups = CheckHostGroup.Of(document);
        foreach (var group in groups)
        {
            console.Heading(group.Subject, group.Summary);
        }

        WriteList(console, "What to do", document.Advice);
        if (document.Repairs.Count > 0)
        {
            console.Prose($"Commands for {string.Join(", ", document.Repairs.Select(repair => repair.Server).Distinct(StringComparer.Ordinal))}: --report FILE.");
        }

        WriteList(console, "Caveats", document.Warnings);
        foreach (var group in groups.Where(group => group.First.Chains.Count > 0))
        {
            console.WriteLine();
            if (groups.Count > 1)
            {
                console.Heading(group.Names);
            }

            WriteGroup(console, group, verbose);
        }

        if (document.Mail is { } mail)
        {
            console.Prose(ReportText.Mail(mail));
        }

        if (document.WhatIf is { } whatIf)
        {
            WriteWhatIf(console, whatIf);
        }
    }

    private static void WriteGroup(IAnsiConsole console, CheckHostGroup group, bool verbose)
    {
        var host = group.First;
        Chains(host).WriteTo(console);
        foreach (var one in group.Hosts.Where(one => verbose || HasMoreThanChains(one)))
        {
            if (group.Hosts.Count > 1)
            {
                console.Prose(one.Host + ":");
            }

            Nodes(one).WriteTo(console);
        }

        foreach (var chain in host.Chains.Where(chain => verbose || !chain.Accepted))
        {
            WriteChain(console, chain, verbose);
        }

        Clients(host, verbose).WriteTo(console);
        var isInTurn = host.Balancing.Pattern is "inTurn";
        console.Prose(isInTurn && !verbose ? ReportText.Balancing(host.Balancing) : $"{ReportText.Balancing(host.Balancing)} {ReportText.Probes(host.Probes)}");
    }

    /// <summary>Whether the nodes differ in more than the chains that they present.</summary>
    private static bool HasMoreThanChains(HostDocument host)
    {
        var chains = host.Chains.Select(chain => string.Join(',', chain.Nodes)).Order(StringComparer.Ordinal);
        var groups = NodeGroup.Of(host).Select(nodes => string.Join(',', nodes.Names)).Order(StringComparer.Ordinal);
        return !chains.SequenceEqual(groups, StringComparer.Ordinal) || host.Nodes.Any(node => node.Chains.Count > 0 && node.Faults.Count > 0 && host.Chains.Any(chain => chain.Accepted && node.Chains.Contains(chain.Label, StringComparer.Ordinal)));
    }

    private static ReportTable Chains(HostDocument host)
    {
        var table = new ReportTable("Chain", "Connections", "Share (95% interval)", "Strict verdict", "SSL Labs", "Nodes");
        foreach (var chain in host.Chains)
        {
            table.Add(
                chain.Label,
                chain.Attempts,
                Share(chain.Share, chain.Confidence95),
                new ReportCell(chain.Code, chain.Accepted ? Color.Green : Color.Red),
                chain.ChainIssues.Count == 0 ? "no chain issues" : string.Join(", ", chain.ChainIssues),
                NameRow.Of(chain.Nodes));
        }

        return table;
    }

    private static ReportTable Nodes(HostDocument host)
    {
        var table = new ReportTable("Nodes", "Connections", "Succeeded", "Chain", "Problem", "Answers");
        foreach (var group in NodeGroup.Of(host))
        {
            table.Add(
                NameRow.Of(group.Names),
                group.Attempts,
                new ReportCell(group.Successes.ToString(CultureInfo.InvariantCulture), group.IsGood ? Color.Green : Color.Red),
                group.Chains,
                group.Wrong,
                group.Answers);
        }

        return table;
    }

    private static ReportTable Clients(HostDocument host, bool verbose)
    {
        string[] heads = ["Clients", .. host.Chains.Select(chain => "Chain " + chain.Label)];
        var table = verbose ? new ReportTable([.. heads, "Path", "Because"]) : new ReportTable(heads);
        var groups = ClientGroup.Of(host);
        if (!verbose)
        {
            // Without paths and reasons, clients with the same verdicts share a row.
            groups = [.. groups.GroupBy(group => string.Join('\n', group.Clients[0].Select(ReportText.Passes)), StringComparer.Ordinal).Select(same => new ClientGroup([.. same.SelectMany(group => group.Clients)], same.First().Because))];
        }

        foreach (var group in groups)
        {
            ReportCell[] cells = [string.Join('\n', group.Clients.Select(client => client[0].Title)), .. group.Clients[0].Select(Passes)];
            table.Add(verbose ? [.. cells, Path(ClientDocument.Telling(group.Clients[0])), group.Because] : cells);
        }

        return table;
    }

    private static void WriteChain(IAnsiConsole console, ChainDocument chain, bool verbose)
    {
        console.Heading("Chain " + chain.Label, ": " + chain.Explanation);
        if (!verbose)
        {
            return;
        }

        foreach (var (certificate, index) in chain.Presented.Select((certificate, index) => (certificate, index)))
        {
            console.Prose(string.Create(CultureInfo.InvariantCulture, $"  {index} {certificate.Subject}  (issued by {certificate.Issuer}, valid until {certificate.NotAfter:yyyy-MM-dd})"));
        }

        if (chain.Missing is { } missing)
        {
            console.Prose($"  missing: {missing.Subject}{(missing.KeyIdentifier is null ? "" : $", key identifier {missing.KeyIdentifier}")}{(missing.AiaUrl is null ? "" : $", {missing.AiaUrl}")}");
        }
    }

    private static void WriteWhatIf(IAnsiConsole console, WhatIfDocument whatIf)
    {
        console.Heading(WhatIfText.Lead(whatIf.Changes.Count, whatIf.IsComplete, whatIf.IsSmallest));
        foreach (var (change, action) in whatIf.Changes.Zip(whatIf.Actions))
        {
            console.Prose("  " + change);
            console.Prose("    " + action);
        }

        if (whatIf.IsReproduction && whatIf.Changes.Count > 0)
        {
            console.Prose("The changes were applied to a lab that reproduces what was observed; the host itself was not changed.");
        }

        foreach (var host in whatIf.Hosts)
        {
            var before = host.SuccessRateBefore is { } rate ? $"before {ReportText.Percent(rate)}, " : "";
            console.Prose($"{host.Host}: {before}after {ReportText.Percent(host.SuccessRate)} ({host.Verdict}){(host.FaultyNodes.Count == 0 ? "" : ", still faulty: " + NameRow.Of(host.FaultyNodes))}");
        }
    }

    private static void WriteList(IAnsiConsole console, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        console.Heading(title);
        foreach (var line in lines)
        {
            console.Prose("- " + line);
        }
    }

    private static string Path(ClientDocument client) =>
        string.Join('\n', client.Path.Select(step => $"{ScenarioNames.CommonName(step.Subject)}: {ReportText.Source(step.Source)}"));

    private static ReportCell Passes(ClientDocument client) =>
        new(ReportText.Passes(client), client is { Accepted: true, OnFirstVisit: true } ? Color.Green : client.Accepted ? Color.Yellow : Color.Red);

    private static string Share(double share, IReadOnlyList<double> interval) =>
        $"{ReportText.Percent(share)} ({ReportText.Interval(interval)})";
}
