using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Training.Library;

/// <summary>The lessons of the folder <c>scenarios/lessons</c>, which this assembly embeds: they are found by name from any folder.</summary>
internal static class LessonLibrary
{
    private static readonly EmbeddedFolder Folder = new(typeof(LessonLibrary).Assembly, "lessons");

    /// <summary>The names of all lessons, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Folder.Files.Where(file => file.EndsWith("/" + LessonFiles.Lesson, StringComparison.Ordinal)).Select(file => file[..file.IndexOf('/', StringComparison.Ordinal)]).Order(StringComparer.Ordinal),
    ];

    private static readonly Lazy<IReadOnlyList<Lesson>> Lessons = new(() =>
    [
        .. Names.Select(name => LessonLoader.Load(new EmbeddedLesson(Folder, name)))
            .Select(result => result.Lesson ?? throw new InvalidOperationException("A lesson of the library is not valid: " + string.Join(Environment.NewLine, result.Problems)))
            .OrderBy(lesson => lesson.Definition.Order).ThenBy(lesson => lesson.Name, StringComparer.Ordinal),
    ]);

    /// <summary>All lessons, in the order of the curriculum.</summary>
    public static IReadOnlyList<Lesson> All => Lessons.Value;

    /// <summary>Loads the lesson in a folder, otherwise the library's lesson of that name.</summary>
    /// <param name="nameOrFolder">A name, a folder, or the path of a <c>lesson.yaml</c>.</param>
    /// <returns>The lesson, or every problem; an unknown name is a problem that suggests the nearest one.</returns>
    public static LessonResult Load(string nameOrFolder)
    {
        ArgumentNullException.ThrowIfNull(nameOrFolder);
        if (FolderOf(nameOrFolder) is { } folder)
        {
            return LessonLoader.Load(new LessonFolder(folder));
        }

        if (Names.FirstOrDefault(name => string.Equals(name, nameOrFolder, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return new LessonResult(All.First(lesson => string.Equals(lesson.Name, known, StringComparison.Ordinal)), []);
        }

        var nearest = NearestName.Find(nameOrFolder, Names);
        var message = "No folder with a lesson.yaml, and no lesson, has this name" + (nearest is null ? "; learn list shows all lessons" : $"; did you mean `{nearest}`?");
        return new LessonResult(null, [new DocumentProblem { File = nameOrFolder, Message = message, Value = nameOrFolder, Expected = nearest }]);
    }

    /// <summary>The folder of a lesson on disk that a path means, or null.</summary>
    public static string? FolderOf(string path) =>
        ScenarioSelection.IsLesson(path) ? path
        : string.Equals(Path.GetFileName(path), LessonFiles.Lesson, StringComparison.Ordinal) && File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path))
        : null;
}
