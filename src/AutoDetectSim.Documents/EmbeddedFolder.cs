using System.Collections.Frozen;
using System.Reflection;

namespace AutoDetectSim.Documents;

/// <summary>The files of a repository folder embedded in an assembly, by path with forward slashes.</summary>
internal sealed class EmbeddedFolder
{
    private readonly Assembly _carrier;
    private readonly FrozenDictionary<string, string> _resources;

    /// <param name="carrier">The assembly.</param>
    /// <param name="name">The folder.</param>
    public EmbeddedFolder(Assembly carrier, string name)
    {
        _carrier = carrier;
        // The separator in a resource's name is that of the machine that built the assembly.
        _resources = carrier.GetManifestResourceNames()
            .Select(resource => (Resource: resource, Path: resource.Replace('\\', '/')))
            .Where(entry => entry.Path.StartsWith(name + "/", StringComparison.Ordinal))
            .ToFrozenDictionary(entry => entry.Path[(name.Length + 1)..], entry => entry.Resource, StringComparer.Ordinal);
        Files = [.. _resources.Keys.OrderBy(path => path.Contains('/', StringComparison.Ordinal)).ThenBy(path => path, StringComparer.Ordinal)];
    }

    /// <summary>All paths, in order: those without a folder first.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Opens a file.</summary>
    public Stream Open(string path) => _carrier.GetManifestResourceStream(_resources[path])!;

    /// <summary>The text of a file.</summary>
    public string Read(string path)
    {
        using var reader = new StreamReader(Open(path));
        return reader.ReadToEnd();
    }
}
