namespace AutoDetectSim.Documents.Yaml;

/// <summary>Bounds that keep any input from taking more than a moment or a few megabytes.</summary>
internal static class YamlLimits
{
    public const int FileBytes = 1024 * 1024;

    /// <summary>How deep mappings and sequences nest, aliases followed.</summary>
    public const int Depth = 24;

    /// <summary>Scalars, sequences and mappings of a document, every alias counted as what it stands for.</summary>
    public const int Nodes = 20_000;
}
