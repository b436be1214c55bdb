using System.Collections.Frozen;
using System.Reflection;

namespace AutoDetectSim.Scenarios.Library;

/// <summary>The files of the folder <c>scenarios</c> as resources of this assembly, by their path in it with forward slashes.</summary>
internal static class LibraryFiles
{
    private const string Prefix = "scenarios/";

    private static readonly Assembly Carrier = typeof(LibraryFiles).Assembly;

    // The separator in a resource's name is that of the machine that built the assembly.
    private static readonly FrozenDictionary<string, string> Resources = Carrier.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), StringComparer.Ordinal);

    private static readonly Lazy<string> Extracted = new(ExtractAll);

    /// <summary>All paths, in order: those without a folder first.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Resources.Keys.OrderBy(name => name.Contains('/', StringComparison.Ordinal)).ThenBy(name => name, StringComparer.Ordinal)];

    /// <summary>The text of a file.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }

    /// <summary>
    /// A folder on disk with what stands beside a scenario, such as WireMock mappings, because mapping files and PEM files are
    /// read from disk; it goes with the process. Null where nothing stands beside it.
    /// </summary>
    public static string? ExtractBeside(string scenario)
    {
        var folder = FolderOf(scenario);
        return Companions().Any(name => string.Equals(Owner(name), folder, StringComparison.Ordinal)) ? Path.Combine(Extracted.Value, folder) : null;
    }

    private static IEnumerable<string> Companions() => Names.Where(name => !IsScenario(name));

    private static bool IsScenario(string name) => name.EndsWith(".yaml", StringComparison.Ordinal);

    /// <summary>The innermost folder above a file that has scenarios.</summary>
    private static string Owner(string name)
    {
        do
        {
            name = FolderOf(name);
        }
        while (name.Length > 0 && !Names.Any(other => IsScenario(other) && string.Equals(FolderOf(other), name, StringComparison.Ordinal)));

        return name;
    }

    private static string FolderOf(string name) => name.LastIndexOf('/') is > 0 and var slash ? name[..slash] : string.Empty;

    private static string ExtractAll()
    {
        var directory = Directory.CreateTempSubdirectory("autodetectsim-library-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(directory);
        foreach (var name in Companions())
        {
            var path = Path.Combine(directory.FullName, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var source = Open(name);
            using var target = File.Create(path);
            source.CopyTo(target);
        }

        return directory.FullName;
    }

    private static void Remove(DirectoryInfo directory)
    {
        try
        {
            directory.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The process ends; nobody is there to be told of a temporary folder that stays.
        }
    }

    private static Stream Open(string name) => Carrier.GetManifestResourceStream(Resources[name])!;
}
