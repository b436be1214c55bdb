using AutoDetectSim.Documents.Reference;

namespace AutoDetectSim.Scenarios;

/// <summary>The JSON Schema (draft 7, which editors understand best) of scenario files.</summary>
public static class ScenarioSchema
{
    /// <summary>The schema as indented JSON with a line feed at its end; the same text on every machine.</summary>
    public static string Generate() => DocumentSchema.Generate(ScenarioModel.Document);
}
