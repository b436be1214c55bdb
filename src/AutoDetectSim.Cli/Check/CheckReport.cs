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
    public static void Write(CheckDocument document)
    {
        var console = HumanConsole.Create();
        if (document.Reproduction is { } reproduction)
        {
            console.WriteLine(reproduction);
        }

        foreach (var range in document.Ranges.Where(range => range.IsBlocked))
        {
            console.MarkupLineInterpolated($"[red]{range.Range}[/], from which AutoDetect connects, cannot reach {range.Host} ({range.Code}).");
        }

        foreach (var host in document.Hosts)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{host.Host}[/]{host.Summary[host.Host.Length..]}");
            if (host.Chains.Count > 0)
            {
                console.Write(Chains(host));
                console.Write(Nodes(host));
                foreach (var chain in host.Chains)
                {
                    WriteChain(console, chain);
                }

                if (host.Chains[0].Clients.Count > 0)
                {
                    console.Write(Clients(host));
                }
            }

            console.WriteLine($"{ReportText.Balancing(host.Balancing)} {ReportText.Probes(host.Probes)}");
            console.WriteLine();
        }

        if (document.Mail is { } mail)
        {
            console.WriteLine(ReportText.Mail(mail));
        }

        WriteList(console, "What to do", document.Advice);
        foreach (var repair in document.Repairs)
        {
            console.MarkupLineInterpolated($"[bold]{repair.Repair}[/], {repair.Server}:");
            foreach (var line in repair.Lines)
            {
                console.WriteLine("  " + line);
            }
        }

        WriteList(console, "Caveats", document.Warnings);
        if (document.WhatIf is { } whatIf)
        {
            WriteWhatIf(console, whatIf);
        }
    }

    private static Table Chains(HostDocument host)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Chain", "Connections", "Share (95% interval)", "Strict verdict", "SSL Labs", "Nodes");
        foreach (var chain in host.Chains)
        {
            table.AddRow(
                new Text(chain.Label),
                Number(chain.Attempts),
                new Text(Share(chain.Share, chain.Confidence95)),
                new Text(chain.Code, chain.Accepted ? Color.Green : Color.Red),
                new Text(chain.ChainIssues.Count == 0 ? "no chain issues" : string.Join(", ", chain.ChainIssues)),
                new Text(NameRow.Of(chain.Nodes)));
        }

        return table;
    }

    private static Table Nodes(HostDocument host)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Nodes", "Connections", "Succeeded", "Chain", "Problem", "Answers");
        foreach (var group in NodeGroup.Of(host))
        {
            table.AddRow(
                new Text(NameRow.Of(group.Names)),
                Number(group.Attempts),
                new Text(group.Successes.ToString(CultureInfo.InvariantCulture), group.IsGood ? Color.Green : Color.Red),
                new Text(group.Chains),
                new Text(group.Wrong),
                new Text(group.Answers));
        }

        return table;
    }

    private static Table Clients(HostDocument host)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Client");
        foreach (var chain in host.Chains)
        {
            table.AddColumn("Chain " + chain.Label);
        }

        table.AddColumns("Path", "Because");
        foreach (var group in ClientGroup.Of(host))
        {
            table.AddRow([new Text(string.Join(Environment.NewLine, group.Clients.Select(client => client[0].Title))), .. group.Clients[0].Select(Passes), new Text(Path(ClientDocument.Telling(group.Clients[0]))), new Text(group.Because)]);
        }

        return table;
    }

    private static void WriteChain(IAnsiConsole console, ChainDocument chain)
    {
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]Chain {chain.Label}[/]: {chain.Explanation}");
        foreach (var (certificate, index) in chain.Presented.Select((certificate, index) => (certificate, index)))
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {index} {certificate.Subject}  (issued by {certificate.Issuer}, valid until {certificate.NotAfter:yyyy-MM-dd})"));
        }

        if (chain.Missing is { } missing)
        {
            console.WriteLine($"  missing: {missing.Subject}{(missing.KeyIdentifier is null ? "" : $", key identifier {missing.KeyIdentifier}")}{(missing.AiaUrl is null ? "" : $", {missing.AiaUrl}")}");
        }
    }

    private static void WriteWhatIf(IAnsiConsole console, WhatIfDocument whatIf)
    {
        console.MarkupLineInterpolated($"[bold]What if[/] {WhatIfText.Lead(whatIf.Changes.Count, whatIf.IsComplete, whatIf.IsSmallest)}");
        foreach (var (change, action) in whatIf.Changes.Zip(whatIf.Actions))
        {
            console.WriteLine("  " + change);
            console.WriteLine("    " + action);
        }

        if (whatIf.IsReproduction && whatIf.Changes.Count > 0)
        {
            console.WriteLine("The changes were applied to a lab that reproduces what was observed; the host itself was not changed.");
        }

        foreach (var host in whatIf.Hosts)
        {
            var before = host.SuccessRateBefore is { } rate ? $"before {ReportText.Percent(rate)}, " : "";
            console.MarkupLineInterpolated($"{host.Host}: {before}after [bold]{ReportText.Percent(host.SuccessRate)}[/] ({host.Verdict}){(host.FaultyNodes.Count == 0 ? "" : ", still faulty: " + string.Join(", ", host.FaultyNodes))}");
        }
    }

    private static void WriteList(IAnsiConsole console, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        console.MarkupLineInterpolated($"[bold]{title}[/]");
        foreach (var line in lines)
        {
            console.WriteLine("- " + line);
        }
    }

    private static string Path(ClientDocument client) =>
        string.Join(Environment.NewLine, client.Path.Select(step => $"{ScenarioNames.CommonName(step.Subject)}: {ReportText.Source(step.Source)}"));

    private static Text Passes(ClientDocument client) =>
        new(ReportText.Passes(client), client is { Accepted: true, OnFirstVisit: true } ? Color.Green : client.Accepted ? Color.Yellow : Color.Red);

    private static Text Number(int number) => new(number.ToString(CultureInfo.InvariantCulture));

    private static string Share(double share, IReadOnlyList<double> interval) =>
        $"{ReportText.Percent(share)} ({ReportText.Interval(interval)})";
}
