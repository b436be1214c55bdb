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

    /// <summary>Every scenario file about what servers present, relative to the scenarios folder.</summary>
    public static IEnumerable<string> ChainScenarios() => ((string[])["chains", "certificates"]).SelectMany(folder =>
        Directory.EnumerateFiles(Tool.Scenario(folder), "*.yaml").Select(file => folder + "/" + Path.GetFileName(file)).Order(StringComparer.Ordinal));
}
