using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Cli.Output;

/// <summary>Reads scenario files for commands.</summary>
internal static class ScenarioFiles
{
    /// <summary>What an argument or option that takes a scenario says of its value.</summary>
    public const string FileOrName = "a scenario file, or the name of a scenario of the library";

    /// <summary>Loads one scenario: a file, or where there is none the library's scenario of that name.</summary>
    /// <exception cref="InputException">There is neither, or the file is not valid.</exception>
    public static Scenario Load(string nameOrPath)
    {
        var result = ScenarioLibrary.Load(nameOrPath);
        return result.Problems.Count == 0 && result.Scenario is not null
            ? result.Scenario
            : throw new InputException(string.Join(Environment.NewLine, result.Problems.Select(problem => problem.ToString())));
    }

    /// <summary>
    /// Finds scenarios: a file as it is, a folder searched to its depths, but for folders of lessons and of WireMock mappings; and
    /// where neither exists, names and themes of the library. <see cref="ScenarioLibrary.Load"/> reads what is found.
    /// </summary>
    /// <exception cref="InputException">A path does not exist, and the library has no such name.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> paths)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (File.Exists(path))
            {
                files.Add(path);
            }
            else if (Directory.Exists(path))
            {
                files.AddRange(Directory.EnumerateFiles(path, "*.y*ml", SearchOption.AllDirectories)
                    .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" && !IsSetAside(Path.GetRelativePath(path, file)))
                    .Order(StringComparer.Ordinal));
            }
            else if (ScenarioLibrary.Find(path) is [_, ..] named)
            {
                files.AddRange(named.Select(scenario => scenario.Id));
            }
            else if (ScenarioLibrary.InFolder(path) is [_, ..] theme)
            {
                files.AddRange(theme.Select(scenario => scenario.Id));
            }
            else
            {
                var nearest = ScenarioLibrary.Nearest(path) ?? NearestName.Find(path, ScenarioLibrary.Folders);
                throw new InputException($"{path}: there is no such file or folder, and the library has no scenario or theme of this name{(nearest is null ? "." : $"; did you mean '{nearest}'?")}");
            }
        }

        return files;
    }

    private static bool IsSetAside(string relativePath) =>
        relativePath.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Any(part => part is "lessons" or "mappings");
}
