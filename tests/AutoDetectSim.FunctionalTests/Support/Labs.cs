using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests.Support;

/// <summary>Labs in the process of the test.</summary>
internal static class Labs
{
    public static Scenario Load(string relativePath)
    {
        var result = ScenarioLoader.Load(Tool.Scenario(relativePath));
        Assert.Empty(result.Problems);
        return result.Scenario!;
    }

    public static Task<Lab> StartAsync(string relativePath) => Lab.StartAsync(Load(relativePath));

    /// <summary>Every scenario file about presented chains, relative to the scenarios folder.</summary>
    public static IEnumerable<string> ChainScenarios() =>
        Directory.EnumerateFiles(Tool.Scenario("chains"), "*.yaml").Select(file => "chains/" + Path.GetFileName(file)).Order(StringComparer.Ordinal);
}
