using System.CommandLine;
using System.CommandLine.Parsing;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Cli.Output;

/// <summary>Finds two options of a command line that would write to one file.</summary>
internal static class OutputClash
{
    private const string KeyLog = "--key-log";

    private static readonly string[] Options = ["--badge", "--hosts-file", "--junit", KeyLog, "--output", "--ready-file", "--reorder", "--report", "--root-file"];

    /// <summary>A sentence about the first two; null where every file is written by one option.</summary>
    public static string? Find(ParseResult parsed)
    {
        var known = new Dictionary<string, string>(OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        foreach (var (option, path) in Files(parsed.CommandResult))
        {
            // Any number of options may write to a terminal or a pipe.
            if (FileForms.OfTarget(path) != FileForm.Other && !known.TryAdd(FileForms.Resolve(path), option))
            {
                return $"{known[FileForms.Resolve(path)]} and {option} both name the file {path}: give each a file.";
            }
        }

        return null;
    }

    private static IEnumerable<(string Option, string Path)> Files(CommandResult result)
    {
        foreach (var option in result.Command.Options.Where(option => Options.Contains(option.Name, StringComparer.Ordinal)))
        {
            if (result.GetResult(option) is { Implicit: false, Tokens: [.., { Value: { Length: > 0 } path }] })
            {
                yield return (option.Name, path);
            }
            else if (option.Name == KeyLog && Environment.GetEnvironmentVariable(KeyLogOption.Variable) is { Length: > 0 } given)
            {
                yield return (KeyLogOption.Variable, given);
            }
        }
    }
}
