using System.Text;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Cli.Output;

/// <summary>Writes lines for people to standard output: prose is broken between words, and commands to copy where a shell continues them.</summary>
internal sealed partial class ProseWriter : TextWriter
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Console.Out.Encoding;

    /// <summary>What a line of the shell that people use ends with when the next line continues it.</summary>
    private static string Continuation => OperatingSystem.IsWindows() ? " `" : " \\";

    public override void Write(char value)
    {
        if (value == '\n')
        {
            WriteWhole(_line.ToString().TrimEnd('\r'));
            _line.Clear();
        }
        else
        {
            _line.Append(value);
        }
    }

    private static void WriteWhole(string line)
    {
        foreach (var part in Lay(line, OutputWidth.OfOutput, OutputWidth.OfCommands, Continuation))
        {
            Console.Out.WriteLine(part);
        }
    }

    /// <summary>Breaks one line: a command where a shell continues it, a command with its meaning in the column of the meaning, all else between words.</summary>
    /// <param name="line">The line.</param>
    /// <param name="width">The columns of text.</param>
    /// <param name="commandWidth">The columns of commands.</param>
    /// <param name="continuation">What a line of a command that goes on ends with.</param>
    internal static IEnumerable<string> Lay(string line, int width, int commandWidth, string continuation) =>
        Described().Match(line) is { Success: true } described ? TextFlow.Wrap(line, width, hanging: described.Groups["meaning"].Index)
        : Command().IsMatch(line) ? [TextFlow.WrapCommand(line, commandWidth, continuation)]
        : TextFlow.WrapItem(line, width, hanging: 0);

    [GeneratedRegex(@"^ +(?:(?:curl|autodetectsim|openssl|dig|node|python3?|eval|sudo|your-probe|Invoke-WebRequest|Get-Content)(?: |$)|''|\$env:\w+ =|[A-Z_]+=\S+ )", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Command();

    [GeneratedRegex(@"^ +autodetectsim \S.*?\S {2,}(?<meaning>[^ '\-].*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Described();
}
