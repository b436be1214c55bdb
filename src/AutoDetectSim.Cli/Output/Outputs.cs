using System.CommandLine;
using System.Text;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Cli.Output;

/// <summary>The kinds of files that commands write, and the option that lets them replace other files.</summary>
internal static class Outputs
{
    /// <summary>Ends the files that have room for a comment.</summary>
    public const string Mark = "<!-- written by AutoDetectSim -->\n";

    public static readonly OutputKind Report = new("report") { IsOurs = text => IsMarked(text) || OutputKind.HasMembers(text, "verdict", "summary", "customer") };

    public static readonly OutputKind JUnit = new("JUnit file") { IsOurs = IsMarked };

    public static readonly OutputKind Badge = new("badge") { IsOurs = text => IsMarked(text) || OutputKind.HasMembers(text, "schemaVersion", "label", "message", "color") };

    public static readonly OutputKind Scenario = new("scenario file");

    public static readonly OutputKind Chain = new("chain file");

    /// <summary>The <c>--force</c> option.</summary>
    public static Option<bool> Force() => new("--force") { Description = "Replace existing output files that AutoDetectSim did not write." };

    /// <summary>Checks before the work that a file may and can be written; null where none is asked for.</summary>
    /// <exception cref="OutputFileException">It must not, or cannot, be written.</exception>
    public static OutputFile? Claim(FileInfo? file, OutputKind kind, bool force) => file is null ? null : OutputFile.Claim(file.FullName, kind, force);

    /// <summary>Whether the mark ends a text: nothing was added since.</summary>
    private static bool IsMarked(string text) => text.EndsWith(Mark, StringComparison.Ordinal) || text.EndsWith(Mark.ReplaceLineEndings("\r\n"), StringComparison.Ordinal);

    /// <summary>A text as UTF-8 with the mark at its end.</summary>
    public static byte[] Marked(string text) => Encoding.UTF8.GetBytes(text.EndsWith('\n') ? text + Mark : text + "\n" + Mark);
}
