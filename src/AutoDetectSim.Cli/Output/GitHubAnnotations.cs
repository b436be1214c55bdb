using System.CommandLine;
using System.Globalization;

namespace AutoDetectSim.Cli.Output;

/// <summary>The <c>--github</c> option: workflow commands by which GitHub Actions shows problems beside a change.</summary>
internal static class GitHubAnnotations
{
    public static Option<bool> CreateOption() => new("--github") { Description = "GitHub Actions annotations, one for each problem; on standard error with --json." };

    /// <summary>Writes one annotation.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="annotation">The annotation.</param>
    public static void Write(TextWriter output, GitHubAnnotation annotation)
    {
        var properties = new List<string>();
        Add("file", annotation.File);
        Add("line", annotation.Line > 0 ? annotation.Line.ToString(CultureInfo.InvariantCulture) : null);
        Add("col", annotation.Column > 0 ? annotation.Column.ToString(CultureInfo.InvariantCulture) : null);
        Add("title", annotation.Title);
        output.WriteLine($"::{(annotation.IsWarning ? "warning" : "error")} {string.Join(',', properties)}::{Escaped(annotation.Message)}");

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                properties.Add($"{name}={Escaped(value).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal)}");
            }
        }
    }

    private static string Escaped(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
}

/// <summary>One annotation.</summary>
internal sealed record GitHubAnnotation
{
    /// <summary>The file it is about, or null.</summary>
    public string? File { get; init; }

    /// <summary>The line, from 1; 0 for none.</summary>
    public int Line { get; init; }

    /// <summary>The column, from 1; 0 for none.</summary>
    public int Column { get; init; }

    public required string Title { get; init; }

    public required string Message { get; init; }

    /// <summary>Whether it is a warning, and not an error.</summary>
    public bool IsWarning { get; init; }
}
