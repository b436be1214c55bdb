using System.Text.RegularExpressions;

namespace AutoDetectSim.FunctionalTests.Regress;

/// <summary>The commands of the chapter "A first probe" of docs/regress.md, run as they stand there.</summary>
public sealed partial class FirstProbeTests
{
    [Fact]
    [Trait("Needs", "tools")]
    public async Task The_first_probes_of_the_guide_are_judged_as_it_says()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Tool.RepositoryRoot, "docs", "regress.md"), TestContext.Current.CancellationToken);
        var chapter = guide[guide.IndexOf("## A first probe", StringComparison.Ordinal)..guide.IndexOf("## How verdicts are judged", StringComparison.Ordinal)].ReplaceLineEndings("\n");
        var commands = Command().Matches(chapter);
        Assert.Equal(4, commands.Count);
        foreach (Match command in commands)
        {
            var result = await Tool.AutoDetectSimAsync(command.Groups["arguments"].Value.Split(' '));
            var printed = result.Output.Split('\n').Select(Words).ToHashSet(StringComparer.Ordinal);
            foreach (var line in command.Groups["output"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line != "…"))
            {
                Assert.True(printed.Contains(Words(line)), $"{line}\nis not among:\n{result}");
            }

            Assert.Equal(chapter.Contains(command.Value + "```\n\nIt ended with exit code 1.", StringComparison.Ordinal) ? 1 : 0, result.ExitCode);
        }
    }

    [Theory]
    [InlineData("first-probe")]
    [InlineData("json-probe")]
    public async Task The_adapters_of_the_guide_are_the_files_beside_it(string name)
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Tool.RepositoryRoot, "docs", "regress.md"), TestContext.Current.CancellationToken);
        var adapter = await File.ReadAllLinesAsync(Path.Combine(Tool.RepositoryRoot, "docs", "regress", name + ".yaml"), TestContext.Current.CancellationToken);
        Assert.Contains("```yaml\n" + string.Join('\n', adapter[1..]) + "\n```", guide.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    /// <summary>A line without the frame of a table, and with single spaces.</summary>
    private static string Words(string line) => string.Join(' ', line.Replace('│', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"^\$ autodetectsim (?<arguments>.+)\n(?<output>(?:(?!\$ |```).*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
