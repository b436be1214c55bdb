using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Scenarios.Library;
using AutoDetectSim.Training.Library;

namespace AutoDetectSim.Cli.Lint;

/// <summary>What <c>lint</c> reads: single files, and lessons, each of which is a folder of files.</summary>
/// <param name="Files">Paths and names for <see cref="ScenarioLibrary.Load"/>.</param>
/// <param name="Lessons">Folders and names for <see cref="LessonLibrary.Load"/>.</param>
internal sealed record LintSelection(IReadOnlyList<string> Files, IReadOnlyList<string> Lessons)
{
    private static readonly string[] LessonParts = [LessonFiles.Lesson, LessonFiles.World, LessonFiles.Solution, LessonFiles.Symptom, LessonFiles.Explanation];

    /// <summary>How many files that is.</summary>
    public int Count => Files.Count + Lessons.Sum(lesson => Directory.Exists(lesson) ? LessonParts.Count(part => File.Exists(Path.Combine(lesson, part))) : 1);

    /// <summary>Finds what a list of paths and names means.</summary>
    /// <exception cref="InputException">Something does not exist, or there is nothing to read.</exception>
    public static LintSelection Find(IReadOnlyList<string> paths)
    {
        var lessons = new List<string>();
        var others = new List<string>();
        foreach (var path in paths)
        {
            if (LessonLibrary.FolderOf(path) is { } folder)
            {
                lessons.Add(folder);
            }
            else if (Directory.Exists(path))
            {
                lessons.AddRange(FolderFiles.Below(path, name => name == LessonFiles.Lesson).Select(file => Path.GetDirectoryName(file)!).Order(StringComparer.Ordinal));
                others.Add(path);
            }
            else if (!File.Exists(path) && ScenarioLibrary.Find(path).Count == 0 && LessonLibrary.Names.Contains(path, StringComparer.OrdinalIgnoreCase))
            {
                lessons.Add(path);
            }
            else
            {
                others.Add(path);
            }
        }

        var selection = new LintSelection(others.Count == 0 ? [] : ScenarioFiles.Find(others), [.. lessons.DistinctBy(lesson => Directory.Exists(lesson) ? FileForms.Resolve(lesson) : lesson, StringComparer.Ordinal)]);
        return selection.Count > 0 ? selection : throw new InputException("No scenario files (*.yaml, *.yml) and no lessons were found.");
    }
}
