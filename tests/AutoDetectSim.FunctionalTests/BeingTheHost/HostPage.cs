using System.Text.RegularExpressions;

namespace AutoDetectSim.FunctionalTests.BeingTheHost;

/// <summary>docs/being-the-host.md, section by section.</summary>
internal static partial class HostPage
{
    /// <summary>What stands behind the language of an example that Linux, or this computer, cannot run.</summary>
    private static readonly string[] Elsewhere = ["windows", "macos", "systemd"];

    private static readonly Lazy<IReadOnlyList<HostPageBlock>> AllBlocks = new(() => Parse(File.ReadAllText(Path.Combine(Tool.RepositoryRoot, "docs", "being-the-host.md"))));

    /// <summary>The fenced blocks, in their order.</summary>
    public static IReadOnlyList<HostPageBlock> Blocks => AllBlocks.Value;

    /// <summary>The sections with examples that are run here.</summary>
    public static IEnumerable<string> Sections => Blocks.Where(block => block.IsRun).Select(block => block.Section).Distinct();

    /// <summary>The arguments of the command that starts the lab of the page.</summary>
    public static string[] LabArguments => Blocks.Single(block => block.Info == "lab").Examples.Single().Command.Split(' ')[1..];

    /// <summary>The command that sets the variables of the page.</summary>
    public static string Variables => Blocks.Single(block => block.Info == "variables").Examples.Single().Command;

    private static List<HostPageBlock> Parse(string text)
    {
        var blocks = new List<HostPageBlock>();
        var section = "";
        foreach (Match match in SectionOrBlock().Matches(text.ReplaceLineEndings("\n")))
        {
            if (match.Groups["section"].Success)
            {
                section = match.Groups["section"].Value;
                continue;
            }

            var (language, info, lines) = (match.Groups["language"].Value, match.Groups["info"].Value, match.Groups["text"].Value);
            var isExample = language is "console" || (language is "powershell" && !info.Contains('.', StringComparison.Ordinal));
            blocks.Add(new HostPageBlock
            {
                Section = section,
                Language = language,
                Info = info,
                Text = lines,
                IsRun = isExample && info is not ("lab" or "variables") && !Elsewhere.Contains(info),
                Examples = isExample ? Examples(lines) : [],
            });
        }

        return blocks;
    }

    private static List<HostPageExample> Examples(string text)
    {
        var examples = new List<HostPageExample>();
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (Prompt().Match(line) is { Success: true } prompt)
            {
                examples.Add(new HostPageExample(line[prompt.Length..], []));
            }
            else
            {
                examples[^1].Output.Add(line);
            }
        }

        return examples;
    }

    [GeneratedRegex("""^##+ (?<section>.+)$|^```(?<language>[a-z]+) ?(?<info>\S*)\n(?<text>(?s:.*?))^```$""", RegexOptions.Multiline)]
    private static partial Regex SectionOrBlock();

    [GeneratedRegex(@"^(\$|PS>) ")]
    private static partial Regex Prompt();
}

/// <summary>One fenced block.</summary>
internal sealed record HostPageBlock
{
    public required string Section { get; init; }

    public required string Language { get; init; }

    /// <summary>What stands behind the language: the name of a file, or what the example needs.</summary>
    public required string Info { get; init; }

    public required string Text { get; init; }

    /// <summary>Whether its commands are run here.</summary>
    public required bool IsRun { get; init; }

    public required IReadOnlyList<HostPageExample> Examples { get; init; }

    /// <summary>Whether it is a file that examples use.</summary>
    public bool IsFile => Info.Contains('.', StringComparison.Ordinal);

    /// <summary>Whether it is for a computer whose hosts file and DNS settings may be changed.</summary>
    public bool NeedsRealPorts => Info == "real-ports";
}

/// <summary>A command and the lines that it prints; <c>…</c> stands for any text, and a line of its own for any lines.</summary>
internal sealed record HostPageExample(string Command, List<string> Output)
{
    /// <summary>Whether a program printed what the page says.</summary>
    public bool Fits(string printed) => Regex.IsMatch(Normalized(printed), Pattern(), RegexOptions.None, TimeSpan.FromSeconds(10));

    private static string Normalized(string text) => string.Concat(text.ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(line => line.TrimEnd() + "\n"));

    private string Pattern() =>
        "^" + (Output.Count == 0 ? "\n" : string.Concat(Output.Select(line => line == "…" ? "(?:.*\n)*?" : Regex.Escape(line.TrimEnd()).Replace("…", ".*", StringComparison.Ordinal) + "\n"))) + "$";
}
