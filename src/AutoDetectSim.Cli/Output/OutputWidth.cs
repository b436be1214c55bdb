using System.Globalization;

namespace AutoDetectSim.Cli.Output;

/// <summary>How many columns text for people has: those of the terminal; in a file or pipe, those of the variable COLUMNS, or of the terminal in front of which a pager stands.</summary>
internal static class OutputWidth
{
    private const string Variable = "COLUMNS";

    /// <summary>The width of a file or pipe without <c>COLUMNS</c>.</summary>
    private const int Default = 120;

    private const int Narrowest = 20;

    /// <summary>The columns of standard output.</summary>
    public static int OfOutput => !Console.IsOutputRedirected ? Terminal : Given ?? (Console.IsErrorRedirected ? Default : Terminal);

    /// <summary>The columns in which commands to copy are broken; a file or pipe without <c>COLUMNS</c> has whole lines.</summary>
    public static int OfCommands => Console.IsOutputRedirected && Console.IsErrorRedirected ? Given ?? int.MaxValue : OfOutput;

    /// <summary>The columns of standard error; a file or pipe has whole lines, as programs read them.</summary>
    public static int OfErrors => Console.IsErrorRedirected ? int.MaxValue : Terminal;

    private static int? Given => int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns >= Narrowest ? columns : null;

    private static int Terminal => Math.Max(Console.WindowWidth, Narrowest);
}
