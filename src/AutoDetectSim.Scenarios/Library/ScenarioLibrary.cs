using AutoDetectSim.Documents;

namespace AutoDetectSim.Scenarios.Library;

/// <summary>
/// The scenarios of the folder <c>scenarios</c>, embedded in this assembly and found by name wherever
/// it runs.
/// </summary>
internal static class ScenarioLibrary
{
    private const string Extension = ".yaml";

    private static readonly Lazy<IReadOnlyList<LibraryScenario>> Entries = new(() =>
    [
        .. LibraryFiles.Scenarios.Select(file => new LibraryScenario(file[..^Extension.Length], () => Read(file))),
    ]);

    /// <summary>Every scenario, by folder and name.</summary>
    public static IReadOnlyList<LibraryScenario> All => Entries.Value;

    /// <summary>The themes, as in <c>chains</c>.</summary>
    public static IReadOnlyList<string> Folders { get; } =
        [.. Entries.Value.Select(entry => entry.Folder).Where(folder => folder.Length > 0).Distinct(StringComparer.Ordinal)];

    /// <summary>The scenarios of a theme; empty where there is no such theme.</summary>
    public static IReadOnlyList<LibraryScenario> InFolder(string folder) =>
        [.. All.Where(entry => folder.Length > 0 && string.Equals(entry.Folder, folder, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The scenarios with a name, or the one with an id such as <c>chains/self-signed</c>; more than one if several folders have that name.</summary>
    public static IReadOnlyList<LibraryScenario> Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return [.. All.Where(entry => Is(entry.Id, name) || Is(entry.Name, name))];
    }

    /// <summary>The file of a scenario, as it was written.</summary>
    public static string Text(LibraryScenario scenario) => LibraryFiles.Read(scenario.Id + Extension);

    /// <summary>Loads the scenario file at a path or, if there is none, the library's scenario with that name.</summary>
    /// <param name="nameOrPath">A path, a name such as <c>one-in-twenty</c>, or an id such as <c>chains/self-signed</c>.</param>
    /// <returns>The scenario, or all its problems; for an unknown name, the problem suggests the nearest known one.</returns>
    public static ScenarioLoadResult Load(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (File.Exists(nameOrPath))
        {
            return ScenarioLoader.Load(nameOrPath);
        }

        switch (Find(nameOrPath))
        {
            case [var only]:
                return new ScenarioLoadResult { Scenario = only.Scenario, Problems = [] };
            case [_, _, ..] several:
                return Failed(nameOrPath, $"The library has {several.Count} scenarios with this name: {string.Join(", ", several)}", several[0].Id);
        }

        if (Directory.Exists(nameOrPath))
        {
            return ScenarioLoader.Load(nameOrPath);
        }

        var nearest = Nearest(nameOrPath);
        return Failed(
            nameOrPath,
            "There is no such file, and the library has no scenario with this name" + (nearest is null ? string.Empty : $"; did you mean `{nearest}`?"),
            nearest);
    }

    /// <summary>The nearest known name or id of a misspelled one or a foreign path; null if none is near.</summary>
    public static string? Nearest(string nameOrPath)
    {
        var name = Path.GetFileNameWithoutExtension(nameOrPath.Replace('\\', '/'));
        return Find(name) is [var same, ..]
            ? same.Id
            : NearestName.Find(name, All.Select(entry => entry.Name).Distinct(StringComparer.Ordinal)) ?? NearestName.Find(nameOrPath, All.Select(entry => entry.Id));
    }

    private static bool Is(string known, string name) => string.Equals(known, name, StringComparison.OrdinalIgnoreCase);

    private static Scenario Read(string file)
    {
        var result = ScenarioLoader.Parse(LibraryFiles.Read(file), file, LibraryFiles.ExtractBeside(file));
        return result.Scenario ?? throw new InvalidOperationException("A library scenario is not valid: " + string.Join(Environment.NewLine, result.Problems));
    }

    private static ScenarioLoadResult Failed(string name, string message, string? expected) =>
        new() { Problems = [new DocumentProblem { File = name, Message = message, Value = name, Expected = expected }] };
}
