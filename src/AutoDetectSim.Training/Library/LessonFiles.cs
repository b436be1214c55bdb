using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Yaml;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Training.Library;

/// <summary>The files of one lesson, wherever they are.</summary>
internal abstract class LessonFiles
{
    public const string Lesson = ScenarioSelection.LessonFile;
    public const string World = "world.yaml";
    public const string Symptom = "symptom.md";
    public const string Explanation = "explanation.md";
    public const string Solution = "solution.yaml";

    /// <summary>The lesson's name: that of its folder.</summary>
    public abstract string Name { get; }

    /// <summary>The folder on disk that relative paths in the world start from, or null.</summary>
    public virtual string? Folder => null;

    /// <summary>What problems call a file.</summary>
    public abstract string PathOf(string file);

    /// <summary>Whether there is a file.</summary>
    public abstract bool Has(string file);

    /// <summary>Whether there is another lesson of this name beside it.</summary>
    public abstract bool HasSibling(string name);

    /// <summary>The text of a file, or null; what is wrong goes to <paramref name="problems"/>.</summary>
    public abstract string? Read(string file, ProblemSink problems);

}

/// <summary>A lesson in a folder on disk.</summary>
internal sealed class LessonFolder(string folder) : LessonFiles
{
    public override string Name { get; } = Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar));

    public override string PathOf(string file) => Path.Combine(folder, file);

    public override string Folder { get; } = Path.GetFullPath(folder);

    public override bool Has(string file) => File.Exists(PathOf(file));

    public override bool HasSibling(string name) => ScenarioSelection.IsLesson(Path.Combine(Path.GetDirectoryName(Folder.TrimEnd(Path.DirectorySeparatorChar)) ?? Folder, name));

    public override string? Read(string file, ProblemSink problems) => YamlFile.Read(PathOf(file), "lesson", problems);
}

/// <summary>A lesson that this assembly carries along.</summary>
internal sealed class EmbeddedLesson(EmbeddedFolder lessons, string name) : LessonFiles
{
    public override string Name => name;

    public override string PathOf(string file) => $"{name}/{file}";

    public override bool HasSibling(string name) => lessons.Files.Contains($"{name}/{Lesson}", StringComparer.Ordinal);

    public override bool Has(string file) => lessons.Files.Contains(PathOf(file), StringComparer.Ordinal);

    public override string? Read(string file, ProblemSink problems)
    {
        if (Has(file))
        {
            return lessons.Read(PathOf(file));
        }

        problems.Add(default, "File not found");
        return null;
    }
}
