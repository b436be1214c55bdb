using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Scenarios.Library;

/// <summary>Resolves paths and names to files, folders of files, and scenarios and themes of the library.</summary>
internal static class ScenarioSelection
{
    /// <summary>The file that makes a folder a lesson.</summary>
    public const string LessonFile = "lesson.yaml";

    /// <summary>
    /// Finds scenarios: a file as it is; a folder recursively, except folders of lessons and of WireMock mappings; and
    /// if neither exists, names and themes of the library.
    /// </summary>
    /// <param name="paths">The requested paths and names.</param>
    /// <param name="baseDirectory">Base of relative paths; empty: the current directory.</param>
    /// <param name="problems">Receives a sentence for each path that does not exist.</param>
    /// <returns>Paths and ids for <see cref="ScenarioLibrary.Load"/>, each once, in the requested order.</returns>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths, string baseDirectory, ICollection<string> problems)
    {
        var found = new List<string>();
        foreach (var path in paths)
        {
            var place = Path.Combine(baseDirectory, path);
            if (File.Exists(place))
            {
                found.Add(place);
            }
            else if (Directory.Exists(place))
            {
                found.AddRange(FolderFiles.Below(place, name => Path.GetExtension(name) is ".yaml" or ".yml")
                    .Where(file => !IsSetAside(Path.GetRelativePath(place, file)) && !IsLesson(Path.GetDirectoryName(file)!))
                    .Order(StringComparer.Ordinal));
            }
            else if (ScenarioLibrary.Find(path) is [_, ..] named)
            {
                found.AddRange(named.Select(scenario => scenario.Id));
            }
            else if (ScenarioLibrary.InFolder(path) is [_, ..] theme)
            {
                found.AddRange(theme.Select(scenario => scenario.Id));
            }
            else
            {
                var nearest = ScenarioLibrary.Nearest(path) ?? NearestName.Find(path, ScenarioLibrary.Folders);
                problems.Add($"{path}: there is no such file or folder, and the library has no scenario or theme with this name{(nearest is null ? "." : $"; did you mean '{nearest}'?")}");
            }
        }

        return [.. found.DistinctBy(FileOf, StringComparer.Ordinal)];
    }

    /// <summary>Whether a folder on disk holds a lesson: its files are not standalone scenarios.</summary>
    public static bool IsLesson(string folder) => File.Exists(Path.Combine(folder, LessonFile));

    /// <summary>What a path means, however it is written; names of the library mean themselves.</summary>
    private static string FileOf(string path) => File.Exists(path) ? FileForms.Resolve(path) : path;

    private static bool IsSetAside(string relativePath) =>
        relativePath.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Any(part => part is "lessons" or "mappings");
}
