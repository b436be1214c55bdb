using System.Text;

namespace AutoDetectSim.Scenarios.Tests;

/// <summary>What holds for every file of the library, and the index that lists them.</summary>
public sealed class ScenarioLibraryIndexTests
{
    private static readonly string Index = Path.Combine(ScenarioFiles.Folder, "README.md");

    public static TheoryData<string> Library => [.. ScenarioFiles.All.Select(path => Path.GetRelativePath(ScenarioFiles.Folder, path))];

    [Theory]
    [MemberData(nameof(Library))]
    public void Every_scenario_has_its_file_name_a_title_the_customers_words_and_expectations(string file)
    {
        var scenario = Load(file);

        Assert.Equal(Path.GetFileNameWithoutExtension(file), scenario.Name);
        Assert.False(string.IsNullOrWhiteSpace(scenario.Title));
        Assert.False(string.IsNullOrWhiteSpace(scenario.Symptom));
        Assert.NotEmpty(scenario.Expect);
        Assert.All(scenario.Expect, expectation => Assert.True(
            expectation.SuccessRate is not null || expectation.Errors is not null || expectation.Outcome is not null || expectation.Found is not null || expectation.Provisioning is not null || expectation.OutlookDesktop is not null,
            "This expectation would be met by anything."));
        Assert.False(scenario.Fault is { Explanation: null }, "The fault is not explained.");
    }

    [Fact]
    public void The_index_lists_every_scenario_by_theme()
    {
        var generated = Generate();
        var shipped = File.Exists(Index) ? File.ReadAllText(Index) : string.Empty;
        if (Environment.GetEnvironmentVariable("AUTODETECTSIM_UPDATE") == "1")
        {
            File.WriteAllText(Index, generated);
        }

        Assert.True(generated == shipped, "The library has changed: run this test once with AUTODETECTSIM_UPDATE=1, which writes the file anew.");
    }

    [Fact]
    public void Every_row_of_the_symptom_catalogue_has_a_scenario_that_exists()
    {
        var rows = SymptomCatalogue.Themes.SelectMany(theme => theme.Rows).ToList();
        int[] numbers = [.. Enumerable.Range(1, 15), .. Enumerable.Range(20, 10), .. Enumerable.Range(30, 10), .. Enumerable.Range(40, 13), .. Enumerable.Range(60, 9), .. Enumerable.Range(70, 7)];
        Assert.Equal(numbers.Select(number => $"F{number:00}"), rows.Select(row => row.Id));
        Assert.All(rows, row => Assert.NotEmpty(row.Scenarios));
        Assert.All(rows.SelectMany(row => row.Scenarios), name => Assert.True(File.Exists(Path.Combine(ScenarioFiles.Folder, name + ".yaml")), name));
    }

    private static string Generate()
    {
        var text = new StringBuilder();
        text.Append("# Scenario library\n\n");
        text.Append("Each file is a world with its symptom in the customer's words, its expected results and, if there is one, the fault and its\n");
        text.Append("remedy. `autodetectsim test scenarios` runs them all, with and without the fault; [docs/scenarios.md](../docs/scenarios.md) explains how to\n");
        text.Append("write one. This list is generated from the files by a test.\n");
        foreach (var theme in ScenarioFiles.All.GroupBy(path => Path.GetRelativePath(ScenarioFiles.Folder, Path.GetDirectoryName(path)!)).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append($"\n## {(theme.Key == "." ? "The main case" : char.ToUpperInvariant(theme.Key[0]) + theme.Key[1..])}\n\n| scenario | description | fault |\n|---|---|---|\n");
            foreach (var path in theme)
            {
                var link = Path.GetRelativePath(ScenarioFiles.Folder, path).Replace('\\', '/');
                var scenario = Load(link);
                var fault = scenario.Fault is { } found ? $"{found.Layer.ToString().ToLowerInvariant()}: `{found.Kind}`" : string.Empty;
                text.Append($"| [{scenario.Name}]({link}) | {scenario.Title} | {fault} |\n");
            }
        }

        text.Append("\n## By symptom\n\n");
        text.Append("Problems that administrators see in practice, and the scenarios that show them. Every cause in these systems has at least one.\n");
        foreach (var theme in SymptomCatalogue.Themes)
        {
            text.Append($"\n### {theme.Title}\n\n| fault | symptom | scenarios |\n|---|---|---|\n");
            foreach (var row in theme.Rows)
            {
                text.Append($"| {row.Broken} | {row.Seen} | {string.Join(", ", row.Scenarios.Select(name => $"[{name[(name.LastIndexOf('/') + 1)..]}]({name}.yaml)"))} |\n");
            }
        }

        return text.ToString();
    }

    private static Scenario Load(string file)
    {
        var result = ScenarioLoader.Load(Path.Combine(ScenarioFiles.Folder, file));
        Assert.Empty(result.Problems.Select(problem => problem.ToString()));
        return result.Scenario!;
    }
}
