using System.Globalization;
using System.Text;

namespace AutoDetectSim.Regression.Reports;

/// <summary>A regression run in Markdown: the matrix, the counts, and the reasons of known limits.</summary>
internal static class RegressionMarkdown
{
    public static string Render(RegressionDocument document)
    {
        var text = new StringBuilder();
        var rows = MatrixRow.Of(document);
        text.Append("| Scenario | Expected | Verdict | Verdict after repair |\n|---|---|---|---|\n");
        foreach (var row in rows)
        {
            // A scenario without a fault is said something of once, as it is written.
            var (first, second) = row.Faulty is null ? (row.Healthy, null) : (row.Faulty, row.Healthy);
            text.Append(CultureInfo.InvariantCulture, $"| {Cell(row.Scenario)} | {Cell(row.Expected)} | {Said(first)} | {Said(second)} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{document.Summary.Line}.\n");
        var explained = rows.Where(row => row.KnownLimit is not null).ToList();
        if (explained.Count > 0)
        {
            text.Append('\n');
        }

        foreach (var row in explained)
        {
            text.Append(CultureInfo.InvariantCulture, $"- **{row.Scenario}**: {row.KnownLimit!.ReplaceLineEndings(" ").Trim()}\n");
        }

        return text.ToString();
    }

    private static string Said(WorldDocument? world)
    {
        var said = Cell(MatrixRow.Said(world));
        return world is null || MatrixRow.IsRight(world) ? said : $"**{said}**";
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
