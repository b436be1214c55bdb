using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Scenarios.Tests.Library;

public sealed class ScenarioLibraryTests
{
    [Fact]
    public void The_library_that_ships_has_every_scenario_of_the_folder()
    {
        var files = ScenarioFiles.All.Select(path => Path.ChangeExtension(Path.GetRelativePath(ScenarioFiles.Folder, path), null).Replace('\\', '/'));

        Assert.Equal(files.Order(StringComparer.Ordinal), ScenarioLibrary.All.Select(entry => entry.Id).Order(StringComparer.Ordinal));
        Assert.Equal(ScenarioLibrary.All.Count, ScenarioLibrary.All.Select(entry => entry.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Every_scenario_is_the_one_in_its_file() =>
        Assert.All(ScenarioLibrary.All, entry =>
        {
            var file = ScenarioLoader.Load(Path.Combine(ScenarioFiles.Folder, entry.Id + ".yaml")).Scenario!;
            Assert.Equal(ScenarioWriter.Write(file), ScenarioWriter.Write(entry.Scenario));
            Assert.Equal(entry.Name, entry.Scenario.Name);
            Assert.NotEmpty(entry.Title);
            Assert.NotEmpty(entry.Symptom);
        });

    [Theory]
    [InlineData("one-in-twenty", "one-in-twenty")]
    [InlineData("One-In-Twenty", "one-in-twenty")]
    [InlineData("chains/self-signed", "self-signed")]
    [InlineData("accepts-and-never-answers", "accepts-and-never-answers")]
    public void A_scenario_is_found_by_name_and_by_folder_and_name(string name, string found) =>
        Assert.Equal(found, ScenarioLibrary.Load(name).Scenario?.Name);

    [Theory]
    [InlineData("one-in-twnty", "; did you mean `one-in-twenty`?")]
    [InlineData("scenarios/one-in-twenty.yaml", "; did you mean `one-in-twenty`?")]
    [InlineData("chain/wrong-oder", "; did you mean `wrong-order`?")]
    [InlineData("zzzzzzzzzzzzzzzz", "no scenario with this name")]
    public void A_name_that_does_not_exist_is_told_with_the_nearest_one(string name, string expected)
    {
        var problem = Assert.Single(ScenarioLibrary.Load(name).Problems);

        Assert.Equal(name, problem.File);
        Assert.EndsWith(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_two_folders_share_is_told_with_both()
    {
        var problem = Assert.Single(ScenarioLibrary.Load("self-signed").Problems);

        Assert.Equal("The library has 2 scenarios with this name: certificates/self-signed, chains/self-signed", problem.Message);
    }

    [Fact]
    public void A_file_goes_before_a_scenario_of_the_library_with_its_name()
    {
        var folder = Directory.CreateTempSubdirectory("autodetectsim-test-");
        try
        {
            var path = Path.Combine(folder.FullName, "healthy.yaml");
            File.WriteAllText(path, "title: mine\n");

            Assert.Equal("mine", ScenarioLibrary.Load(path).Scenario?.Title);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_scenario_with_mapping_files_of_its_own_finds_them_wherever_it_runs()
    {
        var scenario = ScenarioLibrary.Load("redirect-loop").Scenario!;

        await using var lab = await Lab.StartAsync(scenario, cancellationToken: TestContext.Current.CancellationToken);

        Assert.False(scenario.BaseDirectory!.StartsWith(ScenarioFiles.Folder, StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(scenario.BaseDirectory, "redirect-loop", "autodiscover.json")));
    }
}
