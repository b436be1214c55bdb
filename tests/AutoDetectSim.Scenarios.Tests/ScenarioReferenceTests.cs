namespace AutoDetectSim.Scenarios.Tests;

public sealed class ScenarioReferenceTests
{
    private const string Begin = "<!-- generated from the model: a test keeps it so -->\n";
    private const string End = "<!-- end -->";

    private static readonly string Guide = Path.Combine(ScenarioFiles.Folder, "..", "docs", "scenarios.md");

    [Fact]
    public void The_tables_of_the_guide_are_those_that_the_model_gives()
    {
        var (before, tables, after) = Parts();
        var generated = ScenarioModel.Reference();
        if (Environment.GetEnvironmentVariable("AUTODETECTSIM_UPDATE") == "1")
        {
            File.WriteAllText(Guide, before + generated + after);
        }

        Assert.True(generated == tables, "The model has changed: run this test once with AUTODETECTSIM_UPDATE=1, which writes the file anew.");
    }

    [Theory]
    [InlineData("scenarios.md")]
    [InlineData("diagnosis.md")]
    public void Every_complete_scenario_in_the_guides_loads(string guide)
    {
        var blocks = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Guide)!, guide)).Split("```yaml\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)]);
        var scenarios = blocks.Where(block => block.StartsWith("loadBalancers:", StringComparison.Ordinal) || block.StartsWith("expect:", StringComparison.Ordinal) || block.StartsWith("aiaServer:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(scenarios);
        Assert.All(scenarios, scenario => Assert.Empty(ScenarioLoader.Parse(scenario, "guide.yaml", null).Problems.Select(problem => problem.ToString())));
    }

    private static (string Before, string Tables, string After) Parts()
    {
        var text = File.ReadAllText(Guide);
        var start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.IndexOf(End, start, StringComparison.Ordinal);
        return (text[..start], text[start..end], text[end..]);
    }
}
