namespace AutoDetectSim.Documents.Yaml;

/// <summary>Limits that bound the time and memory any input can take.</summary>
internal static class YamlLimits
{
    public const int FileBytes = 1024 * 1024;

    /// <summary>Maximum nesting of mappings and sequences, aliases followed.</summary>
    public const int Depth = 24;

    /// <summary>Maximum number of scalars, sequences and mappings in a document, counting what each alias expands to.</summary>
    public const int Nodes = 20_000;
}
