using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Documents.Reference;
using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Regression.Packs;

/// <summary>Reads pack files.</summary>
internal static class PackFile
{
    private static readonly DocumentModel Document = new(typeof(PackDefinition), "AutoDetectSim pack of worlds", AdapterForms.All);

    private const string ScenariosKey = "scenarios";

    /// <summary>Reads a pack file.</summary>
    public static DocumentResult<PackDefinition> Load(string path) => Reader(Path.GetDirectoryName(path) ?? string.Empty).Load(path);

    /// <summary>Reads a pack from text; it names scenarios of the library only.</summary>
    public static DocumentResult<PackDefinition> Parse(string yaml, string fileName) => Reader(string.Empty).Parse(yaml, fileName);

    /// <summary>The JSON Schema of pack files.</summary>
    public static string Schema() => DocumentSchema.Generate(Document);

    private static DocumentReader<PackDefinition> Reader(string folder) => new(Document, "pack", "`scenarios`", Complete, (pack, problems) =>
    {
        for (var index = 0; index < pack.Scenarios.Count; index++)
        {
            var wrong = new List<string>();
            ScenarioSelection.Find([pack.Scenarios[index]], folder, wrong);
            foreach (var message in wrong)
            {
                problems.AddAt(ModelPath.Root / ScenariosKey / index, message.TrimEnd('.'), pack.Scenarios[index]);
            }
        }
    });

    private static PackDefinition Complete(PackDefinition pack, string fileName) =>
        pack with { Name = string.IsNullOrEmpty(pack.Name) ? fileName : pack.Name };
}
