using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Output;

/// <summary>Reads scenario files for commands.</summary>
internal static class ScenarioFiles
{
    /// <summary>Loads one scenario.</summary>
    /// <exception cref="InputException">The file is not there or not valid.</exception>
    public static Scenario Load(string path)
    {
        var result = ScenarioLoader.Load(path);
        return result.Problems.Count == 0 && result.Scenario is not null
            ? result.Scenario
            : throw new InputException(string.Join(Environment.NewLine, result.Problems.Select(problem => problem.ToString())));
    }

    /// <summary>Finds scenario files: a file as it is, a folder searched to its depths, but for folders of lessons and of WireMock mappings.</summary>
    /// <exception cref="InputException">A path does not exist.</exception>
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
            else
            {
                throw new InputException($"{path}: there is no such file or folder.");
            }
        }

        return files;
    }

    private static bool IsSetAside(string relativePath) =>
        relativePath.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Any(part => part is "lessons" or "mappings");
}
