using System.Text;
using AutoDetectSim.Diagnosis.Statistics;

namespace AutoDetectSim.Diagnosis.Reports.Markdown;

/// <summary>Draws client, virtual IP and nodes as a Mermaid flow chart.</summary>
internal static class MermaidTopology
{
    /// <summary>Nodes that are drawn one by one; more are drawn by chain.</summary>
    private const int MostDrawn = 30;

    public static void Append(StringBuilder text, HostDocument host)
    {
        text.AppendLine("```mermaid").AppendLine("flowchart LR");
        text.Append("  client([\"strict client\"]) --> vip[\"").Append(Safe(host.Host)).Append(':').Append(host.Port).AppendLine("\"]");
        if (host.Nodes.Count is > 0 and <= MostDrawn)
        {
            foreach (var (node, index) in host.Nodes.Select((node, index) => (node, index)))
            {
                text.Append("  vip -->|").Append(ReportText.Percent(node.Share)).Append("| n").Append(index).Append("[\"").Append(Safe(node.Name))
                    .Append(node.Faults.Count == 0 ? "" : "<br/>" + Safe(string.Join(", ", node.Faults))).Append("\"]:::").AppendLine(Class(node.Faults.Count == 0));
            }
        }
        else
        {
            foreach (var chain in host.Chains)
            {
                text.Append("  vip -->|").Append(ReportText.Percent(chain.Share)).Append("| ").Append(chain.Label.ToLowerInvariant()).Append("[\"chain ").Append(chain.Label).Append("<br/>")
                    .Append(ProbesText.Nodes(chain.Nodes.Count, host.Probes.HasLookAlikes)).Append("<br/>").Append(Safe(chain.Code)).Append("\"]:::").AppendLine(Class(chain.Accepted));
            }
        }

        text.AppendLine("  classDef good fill:#d8f3dc,stroke:#2d6a4f,color:#1b4332").AppendLine("  classDef bad fill:#ffe0e0,stroke:#b3261e,color:#5f1412").AppendLine("```").AppendLine();
    }

    private static string Class(bool good) => good ? "good" : "bad";

    private static string Safe(string text) => text.Replace('"', '\'').Replace('<', '(').Replace('>', ')').ReplaceLineEndings(" ");
}
