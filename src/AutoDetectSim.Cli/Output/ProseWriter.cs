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
        if (Described().Match(line) is { Success: true } described)
        {
            // A command and its meaning in two columns: the meaning continues in its column.
            foreach (var part in TextFlow.Wrap(line, OutputWidth.OfOutput, hanging: described.Groups["meaning"].Index))
            {
                Console.Out.WriteLine(part);
            }

            return;
        }

        if (Command().IsMatch(line))
        {
            Console.Out.WriteLine(TextFlow.WrapCommand(line, OutputWidth.OfCommands, Continuation));
            return;
        }

        foreach (var part in TextFlow.WrapItem(line, OutputWidth.OfOutput, hanging: 0))
        {
            Console.Out.WriteLine(part);
        }
    }

    [GeneratedRegex(@"^ +(?:(?:curl|autodetectsim|openssl|dig|node|python3?|eval|sudo|your-probe|Invoke-WebRequest|Get-Content)(?: |$)|''|\$env:\w+ =|[A-Z_]+=\S+ )", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Command();

    [GeneratedRegex(@"^ +autodetectsim \S.*?\S {2,}(?<meaning>[^ '\-].*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Described();
}
