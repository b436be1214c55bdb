using Spectre.Console;

namespace AutoDetectSim.Cli.Output;

/// <summary>Text for people, on standard output. At a terminal it has colors; everywhere it is broken between words.</summary>
internal static class HumanConsole
{
    /// <param name="output">The output of the command; null: standard output.</param>
    public static IAnsiConsole Create(TextWriter? output = null)
    {
        var console = StandardStreams.CreateConsole(output);
        console.Profile.Width = OutputWidth.OfOutput;
        return console;
    }

    /// <summary>Writes a line of text; what does not fit is continued below it.</summary>
    /// <param name="console">The console.</param>
    /// <param name="text">The text, with its indentation and marker.</param>
    public static void Prose(this IAnsiConsole console, string text)
    {
        foreach (var line in TextFlow.WrapItem(text, console.Profile.Width))
        {
            console.Profile.Out.Writer.WriteLine(EscapedText.OneLine(line));
        }
    }

    /// <summary>Writes a line of text whose beginning is bold.</summary>
    /// <param name="console">The console.</param>
    /// <param name="lead">The beginning.</param>
    /// <param name="rest">Everything else.</param>
    /// <param name="color">The color of the beginning, or null.</param>
    public static void Heading(this IAnsiConsole console, string lead, string rest = "", Color? color = null)
    {
        foreach (var (line, index) in TextFlow.Wrap(lead + rest, console.Profile.Width, hanging: 2).Select((line, index) => (line, index)))
        {
            var bold = index == 0 ? Math.Min(lead.Length, line.Length) : 0;
            if (bold > 0)
            {
                console.Write(new Text(line[..bold], new Style(color, decoration: Decoration.Bold)));
            }

            console.Profile.Out.Writer.WriteLine(EscapedText.OneLine(line[bold..]));
        }
    }
}
