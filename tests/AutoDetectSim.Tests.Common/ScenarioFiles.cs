namespace AutoDetectSim.Tests.Common;

/// <summary>Finds the scenario library from wherever the tests run.</summary>
public static class ScenarioFiles
{
    public static string Folder { get; } = Path.Combine(Tool.RepositoryRoot, "scenarios");

    public static IEnumerable<string> All => Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories)
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Contains("lessons"))
        .OrderBy(path => path, StringComparer.Ordinal);
}
