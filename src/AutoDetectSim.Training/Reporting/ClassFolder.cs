using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Training.Reporting;

/// <summary>Finds and reads the progress files of a class in a shared folder.</summary>
internal static class ClassFolder
{
    private const int MaximumDepth = 5;
    private const string SessionFileName = "session.json";

    /// <summary>Reads every file <c>progress.json</c> in the folder and below it, and every other JSON file in the folder itself.</summary>
    /// <returns>What was read, and why other files could not be.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">It cannot be looked into.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be looked into.</exception>
    public static (IReadOnlyList<ClassFile> Files, IReadOnlyList<string> Problems) Read(string folder)
    {
        var files = new List<ClassFile>();
        var problems = new List<string>();
        foreach (var path in Find(folder).Order(StringComparer.Ordinal))
        {
            try
            {
                if (ProgressStore.Read(path) is { } progress)
                {
                    files.Add(new ClassFile(Path.GetRelativePath(folder, path), Path.GetDirectoryName(path)!, progress));
                }
            }
            catch (ProgressException exception)
            {
                problems.Add(exception.Message);
            }
        }

        return (files, problems);
    }

    private static IEnumerable<string> Find(string folder)
    {
        var below = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = MaximumDepth, IgnoreInaccessible = true, MatchCasing = MatchCasing.CaseInsensitive };
        return Directory.EnumerateFiles(folder, "*.json")
            .Where(path => !string.Equals(Path.GetFileName(path), SessionFileName, StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(folder, ProgressStore.FileName, below))
            .Distinct(StringComparer.Ordinal);
    }
}

/// <summary>The progress of one trainee.</summary>
/// <param name="Name">The file, from the folder of the class.</param>
/// <param name="Folder">The folder that it is in, with the counts of probes.</param>
/// <param name="Progress">What it holds.</param>
internal sealed record ClassFile(string Name, string Folder, TraineeProgress Progress);
