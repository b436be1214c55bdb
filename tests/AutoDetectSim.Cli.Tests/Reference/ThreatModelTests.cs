using System.Text.RegularExpressions;

namespace AutoDetectSim.Cli.Tests.Reference;

public sealed partial class ThreatModelTests
{
    [Fact]
    public async Task Every_line_of_the_threat_model_names_a_test_that_exists()
    {
        var page = await File.ReadAllLinesAsync(Path.Combine(Tool.RepositoryRoot, "docs", "threat-model.md"), TestContext.Current.CancellationToken);
        var known = Directory.EnumerateFiles(Path.Combine(Tool.RepositoryRoot, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .SelectMany(file => Method().Matches(File.ReadAllText(file)).Select(match => Path.GetFileNameWithoutExtension(file) + "." + match.Groups["name"].Value))
            .ToHashSet(StringComparer.Ordinal);
        var rows = page.Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Input", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.NotEmpty(Named().Matches(row)));
        Assert.All(rows.SelectMany(row => Named().Matches(row).Select(match => match.Groups["test"].Value)), test => Assert.Contains(test, known));
    }

    [GeneratedRegex(@"public (async Task|void) (?<name>[A-Za-z0-9_]+)\(", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Method();

    [GeneratedRegex(@"`(?<test>[A-Za-z]+Tests\.[A-Za-z0-9_]+)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}
