using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests;

public sealed class ScenariosCommandTests
{
    [Fact]
    public async Task A_scenario_is_printed_as_the_file_that_it_is()
    {
        var result = await InProcessCommand.RunAsync("scenarios", "one-in-twenty");

        Assert.Equal((0, await File.ReadAllTextAsync(Tool.Scenario("one-in-twenty.yaml"), TestContext.Current.CancellationToken)), (result.ExitCode, result.Output));
    }

    [Theory]
    [InlineData(16, "chains/wrong-order", "chains")]
    [InlineData(2, "certificates/self-signed", "self-signed")]
    public async Task A_theme_and_a_name_that_several_share_are_listed(int count, string id, string name)
    {
        var result = await InProcessCommand.RunAsync("scenarios", name, "--json");

        using var document = JsonDocument.Parse(result.Output);
        var ids = document.RootElement.EnumerateArray().Select(entry => entry.GetProperty("id").GetString()).ToList();
        Assert.Equal(count, ids.Count);
        Assert.Contains(id, ids);
    }

    [Fact]
    public async Task People_see_the_whole_library_with_what_is_so()
    {
        var result = await Tool.RunAsync("dotnet", [Tool.CommandAssembly, "scenarios"], environment: new Dictionary<string, string> { ["COLUMNS"] = "200" });

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Nineteen of twenty nodes do not serve the intermediate", result.Output, StringComparison.Ordinal);
        Assert.Contains("network/redirect-loop", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_told_with_the_nearest()
    {
        var result = await InProcessCommand.RunAsync("scenarios", "helthy");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("did you mean 'healthy'?", result.Error, StringComparison.Ordinal);
    }
}
