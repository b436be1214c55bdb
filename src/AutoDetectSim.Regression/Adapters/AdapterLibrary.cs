using AutoDetectSim.Documents;

namespace AutoDetectSim.Regression.Adapters;

/// <summary>The adapters that ship inside this assembly, by name.</summary>
internal static class AdapterLibrary
{
    private const string Extension = ".yaml";

    private static readonly EmbeddedFolder Folder = new(typeof(AdapterLibrary).Assembly, "adapters");

    /// <summary>The names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Folder.Files.Select(file => file[..^Extension.Length]).Order(StringComparer.Ordinal)];

    /// <summary>Loads the adapter file at a path, otherwise the adapter of that name.</summary>
    /// <returns>The adapter, or every problem.</returns>
    public static DocumentResult<AdapterDefinition> Load(string nameOrPath)
    {
        if (File.Exists(nameOrPath))
        {
            return AdapterFile.Load(nameOrPath);
        }

        if (Names.FirstOrDefault(name => string.Equals(name, nameOrPath, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return AdapterFile.Parse(Folder.Read(known + Extension), known + Extension);
        }

        var nearest = NearestName.Find(Path.GetFileNameWithoutExtension(nameOrPath), Names);
        return new DocumentResult<AdapterDefinition>(null,
        [
            new DocumentProblem
            {
                File = nameOrPath,
                Message = $"No such file or adapter; {(nearest is null ? "the adapters are " + string.Join(", ", Names) : $"did you mean `{nearest}`?")}",
                Expected = nearest,
            },
        ]);
    }
}
