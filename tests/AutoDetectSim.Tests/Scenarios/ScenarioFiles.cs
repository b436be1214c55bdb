namespace AutoDetectSim.Tests.Scenarios;

/// <summary>Finds the scenario library from wherever the tests run.</summary>
internal static class ScenarioFiles
{
    public static string Folder { get; } = Find();

    public static IEnumerable<string> All => Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories)
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Contains("lessons"))
        .OrderBy(path => path, StringComparer.Ordinal);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AutoDetectSim.sln")))
            {
                return Path.Combine(folder.FullName, "scenarios");
            }
        }

        throw new InvalidOperationException("The tests do not run inside a checkout.");
    }
}
