using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Regression.Packs;

/// <summary>The packs that ship inside this assembly, by name, and what a choice of worlds on a command line means.</summary>
internal static class PackLibrary
{
    private const string Extension = ".yaml";

    private static readonly EmbeddedFolder Folder = new(typeof(PackLibrary).Assembly, "packs");

    /// <summary>The names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Folder.Files.Select(file => file[..^Extension.Length]).Order(StringComparer.Ordinal)];

    /// <summary>The pack with a name, or null.</summary>
    public static PackDefinition? Find(string name) =>
        Names.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)) is { } file
            ? PackFile.Parse(Folder.Read(file + Extension), file + Extension).Document
            : null;

    /// <summary>Finds worlds by names of packs, pack files, scenario files and folders, and names and themes of the library.</summary>
    /// <param name="choices">What was asked for.</param>
    /// <param name="problems">Takes a sentence for everything that does not exist or is not valid.</param>
    /// <returns>Paths and ids for <see cref="ScenarioLibrary.Load"/>, each once.</returns>
    public static IReadOnlyList<string> Scenarios(IEnumerable<string> choices, ICollection<string> problems)
    {
        var found = new List<string>();
        foreach (var choice in choices)
        {
            if (Find(choice) is { } pack)
            {
                found.AddRange(ScenarioSelection.Find(pack.Scenarios, baseDirectory: string.Empty, problems));
            }
            else if (File.Exists(choice) && FileKinds.Of(choice) == FileKind.Pack)
            {
                var (document, wrong) = PackFile.Load(choice);
                found.AddRange(ScenarioSelection.Find(document?.Scenarios ?? [], Path.GetDirectoryName(choice) ?? string.Empty, problems));
                foreach (var problem in wrong)
                {
                    problems.Add(problem.ToString());
                }
            }
            else if (NearestPack(choice) is { } nearest)
            {
                problems.Add($"{choice}: not a pack, file or folder, nor a scenario or theme of the library; did you mean '{nearest}'?");
            }
            else
            {
                found.AddRange(ScenarioSelection.Find([choice], baseDirectory: string.Empty, problems));
            }
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    // A misspelt pack must not be told as a misspelt scenario.
    private static string? NearestPack(string choice) =>
        File.Exists(choice) || Directory.Exists(choice) || ScenarioLibrary.Find(choice).Count > 0 || ScenarioLibrary.InFolder(choice).Count > 0
            ? null
            : NearestName.Find(choice, Names);
}
