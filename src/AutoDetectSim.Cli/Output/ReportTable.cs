using Spectre.Console;
using Spectre.Console.Rendering;

namespace AutoDetectSim.Cli.Output;

/// <summary>
/// A table that never breaks a word: its columns share the width of the console, and where even the longest words do not fit side by side,
/// each row becomes a block of lines. Columns without content are left out.
/// </summary>
internal sealed class ReportTable(params string[] heads)
{
    private const int BorderPerColumn = 3;

    private readonly List<ReportCell[]> _rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(params ReportCell[] cells) => _rows.Add(cells);

    /// <summary>Writes the table.</summary>
    public void WriteTo(IAnsiConsole console)
    {
        if (_rows.Count == 0)
        {
            return;
        }

        int[] shown = [.. Enumerable.Range(0, heads.Length).Where(column => column == 0 || _rows.Exists(row => row[column].Text.Length > 0))];
        var widths = ColumnWidths.Fit(
            [.. shown.Select(column => Widest(column, static text => text.Split('\n')))],
            [.. shown.Select(column => Widest(column, static text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))],
            console.Profile.Width - (BorderPerColumn * shown.Length) - 1);
        if (widths is null)
        {
            WriteBlocks(console, shown);
            return;
        }

        var table = new Table().Border(TableBorder.Rounded);
        foreach (var (column, width) in shown.Zip(widths))
        {
            table.AddColumn(new TableColumn(new Text(heads[column])) { Width = width });
        }

        foreach (var row in _rows)
        {
            table.AddRow([.. shown.Select(column => (IRenderable)new Text(row[column].Text, new Style(row[column].Color)))]);
        }

        console.Write(table);
    }

    private void WriteBlocks(IAnsiConsole console, int[] shown)
    {
        foreach (var row in _rows)
        {
            var title = row[shown[0]].Text.Replace("\n", ", ", StringComparison.Ordinal);
            console.Heading(heads[shown[0]].Length == 0 ? title : $"{heads[shown[0]]} {title}");
            foreach (var column in shown.Skip(1).Where(column => row[column].Text.Length > 0))
            {
                console.Prose($"  {heads[column]}: {row[column].Text.Replace("\n", ", ", StringComparison.Ordinal)}");
            }
        }
    }

    private int Widest(int column, Func<string, IEnumerable<string>> parts) =>
        _rows.Select(row => row[column].Text).Prepend(heads[column]).SelectMany(text => parts(text.ReplaceLineEndings("\n"))).Select(CellsOf).DefaultIfEmpty(1).Max();

    private static int CellsOf(string text) => Segment.CellCount([new Segment(text)]);
}
