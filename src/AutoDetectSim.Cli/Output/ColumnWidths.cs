namespace AutoDetectSim.Cli.Output;

/// <summary>Shares the width of a table among its columns.</summary>
internal static class ColumnWidths
{
    /// <summary>Widths that fit, or null if not even the longest words do.</summary>
    /// <param name="natural">The widths of the columns' longest lines.</param>
    /// <param name="least">The widths of their longest words.</param>
    /// <param name="available">The columns that all of them have together.</param>
    public static int[]? Fit(int[] natural, int[] least, int available)
    {
        if (least.Sum() > available)
        {
            return null;
        }

        // The widest columns give way first, each down to its longest word.
        int[] widths = [.. natural];
        while (widths.Sum() > available)
        {
            var widest = Enumerable.Range(0, widths.Length).Where(column => widths[column] > least[column]).MaxBy(column => widths[column]);
            widths[widest]--;
        }

        return widths;
    }
}
