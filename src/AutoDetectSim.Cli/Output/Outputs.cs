using System.CommandLine;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Regression.Reports;

namespace AutoDetectSim.Cli.Output;

/// <summary>The kinds of files that commands write, and the option that lets them replace other files.</summary>
internal static class Outputs
{
    public static readonly OutputKind Report = new("report") { IsOurs = text => ContentSeal.Markup.IsOn(text) || ContentSeal.Json.IsOn(text) };

    public static readonly OutputKind JUnit = new("JUnit file") { IsOurs = ContentSeal.Markup.IsOn };

    /// <summary>Badges. The JSON of shields.io has no room for a seal: only what this program would write itself is its own.</summary>
    public static readonly OutputKind Badge = new("badge") { IsOurs = text => ContentSeal.Markup.IsOn(text) || RegressionBadge.IsJson(text) };

    public static readonly OutputKind Scenario = new("scenario file");

    public static readonly OutputKind Chain = new("chain file");

    /// <summary>The <c>--force</c> option.</summary>
    public static Option<bool> Force() => new("--force") { Description = "Replace existing output files that AutoDetectSim did not write." };

    /// <summary>Checks before the work that a file may and can be written; null where none is asked for.</summary>
    /// <exception cref="OutputFileException">It must not, or cannot, be written.</exception>
    public static OutputFile? Claim(FileInfo? file, OutputKind kind, bool force) => file is null ? null : OutputFile.Claim(file.FullName, kind, force);
}
