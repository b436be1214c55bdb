using AutoDetectSim.Regression.Packs;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Regression.Tests;

public sealed class PackTests
{
    public static TheoryData<string> Shipped => [.. PackLibrary.Names];

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task Every_pack_that_ships_names_scenarios_that_exist_faulty_and_healthy_ones(string name)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Tool.RepositoryRoot, "packs", name + ".yaml"), TestContext.Current.CancellationToken);
        var (pack, problems) = PackFile.Parse(text, name + ".yaml");
        Assert.Empty(problems.Select(problem => problem.ToString()));
        Assert.NotNull(pack!.Title);
        Assert.Empty(await YamlSchema.SchemaErrorsAsync(PackFile.Schema(), text));

        var wrong = new List<string>();
        var scenarios = PackLibrary.Scenarios([name], wrong).Select(id => ScenarioLibrary.Load(id).Scenario!).ToList();
        Assert.Empty(wrong);
        Assert.Contains(scenarios, scenario => scenario.Fault is null);
        Assert.Contains(scenarios, scenario => scenario.Fault is not null);
    }

    [Fact]
    public void A_pack_file_names_scenarios_of_the_library_and_files_beside_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.yaml", "title: mine\n");
        var pack = folder.Write("pack.yaml", "scenarios: [healthy, chains/complete, mine.yaml, healthy]\n");
        var wrong = new List<string>();

        var scenarios = PackLibrary.Scenarios([pack], wrong);

        Assert.Empty(wrong);
        Assert.Equal(["healthy", "chains/complete", Path.Combine(folder.Path, "mine.yaml")], scenarios);
    }

    [Fact]
    public void Everything_that_does_not_exist_is_told_at_once()
    {
        using var folder = new TemporaryFolder();
        var pack = folder.Write("pack.yaml", "title: x\nscenarios: [helthy, no-such-thing.yaml]\n");
        var wrong = new List<string>();

        PackLibrary.Scenarios(["chian", "one-in-twnty", pack], wrong);

        Assert.Equal(
            [
                "chian: not a pack, file or folder, nor a scenario or theme of the library; did you mean 'chain'?",
                "one-in-twnty: there is no such file or folder, and the library has no scenario or theme with this name; did you mean 'one-in-twenty'?",
                $"{pack}:2:13: helthy: there is no such file or folder, and the library has no scenario or theme with this name; did you mean 'healthy'?",
                $"{pack}:2:21: no-such-thing.yaml: there is no such file or folder, and the library has no scenario or theme with this name",
            ],
            wrong);
    }
}
