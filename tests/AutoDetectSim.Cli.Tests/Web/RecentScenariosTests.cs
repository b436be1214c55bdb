using AutoDetectSim.Cli.Web;

namespace AutoDetectSim.Cli.Tests.Web;

/// <summary>The scenarios that a console offers again.</summary>
public sealed class RecentScenariosTests
{
    [Fact]
    public void The_last_scenario_comes_first_and_once()
    {
        using var folder = new TemporaryFolder();
        RecentScenarios.Open(folder.Path, "healthy");
        RecentScenarios.Open(folder.Path, "one-of-two");
        RecentScenarios.Open(folder.Path, "healthy");

        Assert.Equal(["healthy", "one-of-two"], RecentScenarios.Open(folder.Path, opened: null));
    }

    [Theory]
    [InlineData("""[1, 2, 3]""")]
    [InlineData("""[ "my", "own", "list" ]""")]
    [InlineData("""[{"thesis":"chapter 1"}]""")]
    public async Task A_list_of_the_user_in_the_folder_stays(string text)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("recent.json", text);

        RecentScenarios.Open(folder.Path, "healthy");

        Assert.Equal(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }
}
