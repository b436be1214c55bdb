using System.Text.RegularExpressions;

namespace AutoDetectSim.Cli.Tests.Reference;

public sealed partial class ArchitectureTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Tool.RepositoryRoot, "docs", "architecture.md"));

    [Fact]
    public void Every_path_that_the_page_names_exists()
    {
        var paths = Named().Matches(Page).Select(match => match.Groups["name"].Value).Where(name => name.Contains('/', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(paths.Count > 30);
        AssertNone(paths.Where(path => !Path.Exists(Path.Combine(Tool.RepositoryRoot, path))));
    }

    [Fact]
    public void Every_file_that_the_page_names_without_a_folder_exists()
    {
        var files = ((string[])["src", "tests"]).SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Tool.RepositoryRoot, folder), "*.cs", SearchOption.AllDirectories)).Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);
        var names = Named().Matches(Page).Select(match => match.Groups["name"].Value).Where(name => name.EndsWith(".cs", StringComparison.Ordinal) && !name.Contains('*', StringComparison.Ordinal)).Select(Path.GetFileName).Distinct(StringComparer.Ordinal);
        AssertNone(names.Where(name => !files.Contains(name)));
    }

    private static void AssertNone(IEnumerable<string?> missing)
    {
        var all = string.Join('\n', missing);
        Assert.True(all.Length == 0, $"docs/architecture.md names what does not exist:\n{all}");
    }

    /// <summary>A path from the root of the repository, or a file's name alone.</summary>
    [GeneratedRegex(@"`(?<name>(src|tests|scenarios|adapters|docs)/[A-Za-z0-9._/-]+|[A-Za-z0-9*]+\.cs)`", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Named();
}
