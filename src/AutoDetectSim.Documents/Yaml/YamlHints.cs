using System.Text.RegularExpressions;

namespace AutoDetectSim.Documents.Yaml;

/// <summary>What people usually mean where YAML cannot be read, in their words and at the place where they wrote it.</summary>
internal static partial class YamlHints
{
    /// <summary>The place and the sentence for a problem; the sentence is null where the parser's will do.</summary>
    /// <param name="text">The file.</param>
    /// <param name="position">Where the parser stopped.</param>
    /// <param name="reason">Why it stopped.</param>
    public static (SourcePosition Position, string? Hint) For(string text, SourcePosition position, string reason)
    {
        var lines = text.Split('\n');
        if (reason.Contains("tab", StringComparison.OrdinalIgnoreCase))
        {
            for (var line = position.Line; line <= lines.Length; line++)
            {
                if (IndentOf(lines[line - 1]).IndexOf('\t', StringComparison.Ordinal) is >= 0 and var column)
                {
                    return (new SourcePosition(line, column + 1), "a tab cannot indent a line; use spaces");
                }
            }
        }

        if (position.Line <= lines.Length && BareRange().Match(lines[position.Line - 1]) is { Success: true } range)
        {
            var name = range.Groups["range"];
            return (new SourcePosition(position.Line, name.Index + 1), $"a name with a range needs quotes within braces or brackets: \"{name.Value}\"");
        }

        return (position, null);
    }

    private static string IndentOf(string line) => line[..(line.Length - line.TrimStart(' ', '\t').Length)];

    [GeneratedRegex(@"[{\[,:]\s*(?<range>[A-Za-z0-9._-]*\{[0-9]+\.\.[0-9]+\}[A-Za-z0-9._-]*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BareRange();
}
