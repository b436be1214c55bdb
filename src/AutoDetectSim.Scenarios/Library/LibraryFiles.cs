using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Scenarios.Library;

/// <summary>The files of the folder <c>scenarios</c>: scenarios and the files beside them.</summary>
internal static class LibraryFiles
{
    private static readonly EmbeddedFolder Library = new(typeof(LibraryFiles).Assembly, "scenarios");

    private static readonly Lazy<string> Extracted = new(ExtractAll);

    /// <summary>The paths of all scenarios, in order: those without a folder first.</summary>
    public static IEnumerable<string> Scenarios => Library.Files.Where(IsScenario);

    /// <summary>The text of a file.</summary>
    public static string Read(string path) => Library.Read(path);

    /// <summary>
    /// A folder on disk with the files beside a scenario, such as WireMock mappings, because mapping files and PEM files are
    /// read from disk; deleted when the process ends. Null when there are no such files.
    /// </summary>
    public static string? ExtractBeside(string scenario)
    {
        var folder = FolderOf(scenario);
        return Companions().Any(path => string.Equals(Owner(path), folder, StringComparison.Ordinal)) ? Path.Combine(Extracted.Value, folder) : null;
    }

    private static IEnumerable<string> Companions() => Library.Files.Where(path => !IsScenario(path));

    private static bool IsScenario(string path) => path.EndsWith(".yaml", StringComparison.Ordinal);

    /// <summary>The innermost folder above a file that has scenarios.</summary>
    private static string Owner(string path)
    {
        do
        {
            path = FolderOf(path);
        }
        while (path.Length > 0 && !Scenarios.Any(scenario => string.Equals(FolderOf(scenario), path, StringComparison.Ordinal)));

        return path;
    }

    private static string FolderOf(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : string.Empty;

    private static string ExtractAll()
    {
        var directory = OwnedFolder.CreateTemporary();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => directory.Dispose();
        foreach (var companion in Companions())
        {
            var path = Path.Combine(directory.Path, companion);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var source = Library.Open(companion);
            using var target = File.Create(path);
            source.CopyTo(target);
        }

        return directory.Path;
    }
}
