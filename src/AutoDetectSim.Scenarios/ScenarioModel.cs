using AutoDetectSim.Documents.Model;
using AutoDetectSim.Documents.Reference;
using AutoDetectSim.Scenarios.Validation;

namespace AutoDetectSim.Scenarios;

/// <summary>Scenario files as a kind of document.</summary>
internal static class ScenarioModel
{
    /// <summary>The keys and forms of a scenario file.</summary>
    public static DocumentModel Document { get; } = new(typeof(Scenario), "AutoDetectSim scenario", ScenarioForms.All);

    /// <summary>The keys of a scenario file.</summary>
    public static RecordModel Root => Document.Root;

    /// <summary>The reference of scenario files in Markdown.</summary>
    public static string Reference() => DocumentReference.Generate(Document);
}
