using Spectre.Console;

namespace AutoDetectSim.Cli.Output;

/// <summary>A cell of a table.</summary>
/// <param name="Text">Its text; line ends are kept.</param>
/// <param name="Color">Its color, or null.</param>
internal readonly record struct ReportCell(string Text, Color? Color = null)
{
    public static implicit operator ReportCell(string text) => new(text);

    public static implicit operator ReportCell(int number) => new(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
