using System.Text;
using AutoDetectSim.Diagnosis.Grouping;

namespace AutoDetectSim.Reports;

/// <summary>A check as Markdown, with the topology as a Mermaid drawing: for tickets.</summary>
internal static class MarkdownReport
{
    /// <summary>Nodes that are drawn one by one; more are drawn by chain.</summary>
    private const int MostDrawn = 30;

    public static string Render(CheckDocument document)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(Escape(document.Host)).Append(": ").AppendLine(ReportWords.Verdict(document.Verdict));
        text.AppendLine().AppendLine(Escape(document.Summary)).AppendLine();
        text.Append("Checked ").Append(ReportWords.Time(document.At)).Append(document.Email is null ? "" : $" for {Escape(document.Email)}").AppendLine(".").AppendLine();
        List(text, "What to do", document.Advice);
        List(text, "Before you believe it", document.Warnings);
        foreach (var host in document.Hosts)
        {
            Host(text, host);
        }

        if (document.Mail is { } mail)
        {
            text.AppendLine("## Mail").AppendLine();
            text.AppendLine(Escape(ReportWords.Mail(mail))).AppendLine();
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void Host(StringBuilder text, HostDocument host)
    {
        text.Append("## ").Append(ReportWords.Role(host.Role)).Append(": ").Append(Escape(host.Host)).Append(':').Append(host.Port).AppendLine().AppendLine();
        text.AppendLine(Escape(host.Summary)).AppendLine();
        if (host.Chains.Count == 0)
        {
            return;
        }

        Topology(text, host);
        text.AppendLine(ReportWords.Balancing(host.Balancing)).AppendLine(ReportWords.Probes(host.Probes)).AppendLine();
        Row(text, "Node", "Connections", "Share (95% interval)", "Succeeded", "Chain", "What is wrong", "Answers");
        Row(text, "---", "---:", "---:", "---:", "---", "---", "---");
        foreach (var node in host.Nodes)
        {
            Row(
                text,
                node.Name,
                ReportWords.Number(node.Attempts),
                $"{ReportWords.Percent(node.Share)} ({ReportWords.Interval(node.Confidence95)})",
                ReportWords.Number(node.Successes),
                string.Join(", ", node.Chains),
                string.Join("; ", node.Faults.Concat(node.Remarks).Select(FaultNames.Words)),
                string.Join("; ", node.Answers));
        }

        text.AppendLine();
        foreach (var chain in host.Chains)
        {
            Chain(text, chain);
        }
    }

    private static void Chain(StringBuilder text, ChainDocument chain)
    {
        text.Append("### Chain ").Append(chain.Label).Append(": ").AppendLine(chain.Code).AppendLine();
        text.Append(ReportWords.Number(chain.Attempts)).Append(" connections (").Append(ReportWords.Interval(chain.Confidence95)).Append("), from ").Append(Escape(NameRow.Of(chain.Nodes))).AppendLine(".");
        text.Append("SSL Labs would say: ").Append(chain.ChainIssues.Count == 0 ? "chain issues none" : "chain issues " + string.Join(", ", chain.ChainIssues)).AppendLine(".").AppendLine();
        text.AppendLine(Escape(chain.Explanation)).AppendLine();
        foreach (var (certificate, index) in chain.Presented.Select((certificate, index) => (certificate, index)))
        {
            text.Append(index + 1).Append(". ").Append(Escape(certificate.Subject)).Append(", issued by ").Append(Escape(certificate.Issuer))
                .Append(", ").Append(certificate.PublicKey).Append(", ").Append(ReportWords.Date(certificate.NotBefore)).Append(" to ").AppendLine(ReportWords.Date(certificate.NotAfter));
        }

        if (chain.Missing is { } missing)
        {
            text.AppendLine().Append("Missing: **").Append(Escape(missing.Subject)).Append("**");
            text.Append(missing.KeyIdentifier is null ? "" : $", key identifier `{missing.KeyIdentifier}`").AppendLine(missing.AiaUrl is null ? "" : $", <{missing.AiaUrl}>");
        }

        text.AppendLine();
        Row(text, "Client", "In daily use", "First visit", "Says", "Path", "Because");
        Row(text, "---", "---", "---", "---", "---", "---");
        foreach (var client in chain.Clients)
        {
            Row(
                text,
                client.Title,
                client.Accepted ? "passes" : "**fails**",
                client.OnFirstVisit ? "passes" : "**fails**",
                client.Words,
                string.Join(" > ", client.Path.Select(step => $"{step.Subject} ({ReportWords.Source(step.Source)})")),
                client.Because);
        }

        text.AppendLine();
    }

    private static void Topology(StringBuilder text, HostDocument host)
    {
        text.AppendLine("```mermaid").AppendLine("flowchart LR");
        text.Append("  client([\"strict client\"]) --> vip[\"").Append(Mermaid(host.Host)).Append(':').Append(host.Port).AppendLine("\"]");
        if (host.Nodes.Count is > 0 and <= MostDrawn)
        {
            foreach (var (node, index) in host.Nodes.Select((node, index) => (node, index)))
            {
                text.Append("  vip -->|").Append(ReportWords.Percent(node.Share)).Append("| n").Append(index).Append("[\"").Append(Mermaid(node.Name))
                    .Append(node.Faults.Count == 0 ? "" : "<br/>" + Mermaid(string.Join(", ", node.Faults))).Append("\"]:::").AppendLine(Class(node.Faults.Count == 0));
            }
        }
        else
        {
            foreach (var chain in host.Chains)
            {
                text.Append("  vip -->|").Append(ReportWords.Percent(chain.Share)).Append("| ").Append(chain.Label.ToLowerInvariant()).Append("[\"chain ").Append(chain.Label).Append("<br/>")
                    .Append(chain.Nodes.Count).Append(" nodes<br/>").Append(Mermaid(chain.Code)).Append("\"]:::").AppendLine(Class(chain.Accepted));
            }
        }

        text.AppendLine("  classDef good fill:#d8f3dc,stroke:#2d6a4f,color:#1b4332").AppendLine("  classDef bad fill:#ffe0e0,stroke:#b3261e,color:#5f1412").AppendLine("```").AppendLine();
    }

    private static string Class(bool good) => good ? "good" : "bad";

    private static string Mermaid(string text) => text.Replace('"', '\'').Replace('<', '(').Replace('>', ')').ReplaceLineEndings(" ");

    private static void List(StringBuilder text, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        text.Append("## ").AppendLine(title).AppendLine();
        foreach (var line in lines)
        {
            text.Append("- ").AppendLine(Escape(line));
        }

        text.AppendLine();
    }

    private static void Row(StringBuilder text, params string[] cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(Cell)).AppendLine(" |");

    private static string Cell(string text) => text.StartsWith("**", StringComparison.Ordinal) || text.StartsWith("---", StringComparison.Ordinal) ? text : Escape(text);

    /// <summary>Names come from certificates and servers: none of their characters may turn into markup.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text.ReplaceLineEndings(" "))
        {
            if (character is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#')
            {
                escaped.Append('\\');
            }

            escaped.Append(char.IsControl(character) ? ' ' : character);
        }

        return escaped.ToString();
    }
}
