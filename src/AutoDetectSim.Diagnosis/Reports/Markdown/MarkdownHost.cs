using System.Text;
using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Protocols.Node;
using static AutoDetectSim.Diagnosis.Reports.Markdown.MarkdownText;

namespace AutoDetectSim.Diagnosis.Reports.Markdown;

/// <summary>The part about one host.</summary>
internal static class MarkdownHost
{
    /// <summary>Connections in a row of the timeline.</summary>
    private const int PerRow = 50;

    public static void Append(StringBuilder text, HostDocument host)
    {
        text.Append("## ").Append(ReportText.Role(host.Role)).Append(": ").Append(Escape(host.Host)).Append(':').Append(host.Port).AppendLine().AppendLine();
        text.AppendLine(Escape(host.Summary)).AppendLine();
        if (host.Chains.Count == 0)
        {
            return;
        }

        MermaidTopology.Append(text, host);
        text.AppendLine(ReportText.Balancing(host.Balancing)).AppendLine(ReportText.Probes(host.Probes)).AppendLine();
        Nodes(text, host);
        Timeline(text, [.. host.Timeline.Select(attempt => attempt.Code == NodeErrors.Ok)]);
        Clients(text, host);
        foreach (var chain in host.Chains)
        {
            Chain(text, chain);
        }

        foreach (var answer in host.Answers)
        {
            Answer(text, answer);
        }
    }

    /// <summary>Attempts in order: a dot for one that succeeded, an x for one that failed.</summary>
    public static void Timeline(StringBuilder text, IReadOnlyList<bool> attempts)
    {
        text.AppendLine("In order (`.` succeeded, `x` failed):").AppendLine();
        Block(text, "text", string.Join('\n', attempts.Chunk(PerRow).Select(row => string.Concat(row.Select(good => good ? '.' : 'x')))));
    }

    private static void Nodes(StringBuilder text, HostDocument host)
    {
        Row(text, "Nodes", "Connections", "Share (95% interval)", "Succeeded", "Chain", "Problem", "Answers");
        Row(text, "---", "---:", "---:", "---:", "---", "---", "---");
        foreach (var group in NodeGroup.Of(host))
        {
            var share = ConfidenceInterval.Wilson(group.Attempts, host.Attempts);
            Row(
                text,
                NameRow.Of(group.Names),
                ReportText.Number(group.Attempts),
                $"{ReportText.Percent((double)group.Attempts / host.Attempts)} ({ReportText.Interval([share.Low, share.High])})",
                ReportText.Number(group.Successes),
                group.Chains,
                group.Wrong,
                group.Answers);
        }

        text.AppendLine();
    }

    private static void Clients(StringBuilder text, HostDocument host)
    {
        if (host.Clients.Count == 0)
        {
            return;
        }

        Row(text, [.. (string[])["Client"], .. host.Chains.Select(chain => "Chain " + chain.Label), .. (string[])["Reason"]]);
        Row(text, [.. (string[])["---"], .. host.Chains.Select(_ => "---"), .. (string[])["---"]]);
        foreach (var group in ClientGroup.Of(host))
        {
            Row(text, [string.Join("; ", group.Clients.Select(client => client[0].Title)), .. group.Clients[0].Select(verdict => verdict.Accepted ? ReportText.Passes(verdict) : "**fails**"), group.Because]);
        }

        text.AppendLine();
    }

    private static void Chain(StringBuilder text, ChainDocument chain)
    {
        text.Append("### Chain ").Append(chain.Label).Append(": ").AppendLine(chain.Code).AppendLine();
        text.Append(ReportText.Number(chain.Attempts)).Append(chain.Attempts == 1 ? " connection (" : " connections (").Append(ReportText.Interval(chain.Confidence95)).Append("), from ").Append(Escape(NameRow.Of(chain.Nodes))).AppendLine(".");
        text.Append("SSL Labs: ").Append(chain.ChainIssues.Count == 0 ? "no chain issues" : "chain issues: " + string.Join(", ", chain.ChainIssues)).AppendLine(".").AppendLine();
        text.AppendLine(Escape(chain.Explanation)).AppendLine();
        foreach (var (certificate, index) in chain.Presented.Select((certificate, index) => (certificate, index)))
        {
            text.Append(index + 1).Append(". ").Append(Escape(certificate.Subject)).Append(", issued by ").Append(Escape(certificate.Issuer))
                .Append(", ").Append(certificate.PublicKey).Append(", ").Append(ReportText.Date(certificate.NotBefore)).Append(" to ").AppendLine(ReportText.Date(certificate.NotAfter));
        }

        if (chain.Missing is { } missing)
        {
            text.AppendLine().Append("Missing: **").Append(Escape(missing.Subject)).Append("**");
            text.Append(missing.KeyIdentifier is null ? "" : $", key identifier {Escape(missing.KeyIdentifier)}").AppendLine(missing.AiaUrl is null ? "" : ", " + Escape(missing.AiaUrl));
        }

        text.AppendLine();
        foreach (var client in chain.Clients)
        {
            text.Append("- ").Append(Escape(client.Title)).Append(": ").Append(client.Accepted ? "passes via " : $"reports {Escape(client.Words)} at ")
                .AppendLine(Escape(string.Join(" > ", client.Path.Select(step => $"{step.Subject} ({ReportText.Source(step.Source)})"))));
        }

        text.AppendLine();
    }

    private static void Answer(StringBuilder text, AnswerDocument answer)
    {
        text.Append("### ").Append(Escape($"{answer.Method} {answer.Path}")).Append(": HTTP ").Append(answer.Status).AppendLine().AppendLine();
        text.Append(answer.Count == 1 ? "Once" : $"{answer.Count} times").Append(", from ").Append(Escape(NameRow.Of(answer.Nodes))).AppendLine(".").AppendLine();
        foreach (var word in answer.Words)
        {
            text.Append("- ").AppendLine(Escape(word));
        }

        text.AppendLine();
        Block(text, "http", string.Concat(answer.Headers.Select(header => $"{header.Name}: {header.Value}\n")) + (answer.Body.Length == 0 ? "" : "\n" + answer.Body));
    }
}
