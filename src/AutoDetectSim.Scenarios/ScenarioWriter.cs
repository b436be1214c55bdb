using AutoDetectSim.Documents.Writing;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Scenarios;

/// <summary>Writes scenarios as files.</summary>
public static class ScenarioWriter
{
    private const string SchemaLine = "# yaml-language-server: $schema=scenario.schema.json\n";

    /// <summary>
    /// The text of a scenario file. <see cref="ScenarioLoader"/> reads it back to an equal scenario, including its fault and repaired
    /// world; paths are written unchanged, so the file belongs in <see cref="Scenario.BaseDirectory"/>.
    /// </summary>
    /// <param name="scenario">The scenario; its defaults are filled in first.</param>
    /// <returns>YAML with line feeds, ending in one.</returns>
    public static string Write(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        scenario = ScenarioDefaults.Complete(scenario);
        return SchemaLine + YamlText.Write(ModelTree.Of(scenario, ScenarioModel.Root, _ => Remedy(scenario)));
    }

    private static YamlNode Remedy(Scenario scenario)
    {
        var before = World(scenario);
        var after = World(ScenarioDefaults.Complete(scenario.Fault!.Repaired));
        return OverlayDifference.Of(before, after) ?? new YamlMap(default, []);
    }

    private static YamlMap World(Scenario scenario) =>
        ModelTree.Of(scenario with { Fault = null, Expect = [] }, ScenarioModel.Root);
}
