using AutoDetectSim.Documents.Reference;

namespace AutoDetectSim.Scenarios;

/// <summary>The JSON Schema (draft 7, which editors understand best) of scenario files.</summary>
public static class ScenarioSchema
{
    /// <summary>The schema as indented JSON with a line feed at its end; the same text on every machine.</summary>
    public static string Generate() => DocumentSchema.Generate(ScenarioModel.Document);

    /// <summary>The schema of changes of a scenario in the form of the scenario itself, as <c>remedy</c> has them: any key may be left out or be null.</summary>
    internal static string GenerateChanges() => DocumentSchema.GenerateChanges(ScenarioModel.Document);
}
