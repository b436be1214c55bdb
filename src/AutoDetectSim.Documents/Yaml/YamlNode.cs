namespace AutoDetectSim.Documents.Yaml;

/// <summary>One node of a composed document. Aliases share the aliased node, so a document is an acyclic graph.</summary>
internal abstract class YamlNode(SourcePosition position)
{
    public SourcePosition Position { get; } = position;

    /// <summary>The number of scalars, sequences and mappings in this node, itself included.</summary>
    public abstract long Size { get; }
}

/// <summary>A scalar as written.</summary>
internal sealed class YamlScalar(SourcePosition position, string text, bool plain) : YamlNode(position)
{
    public string Text { get; } = text;

    public override long Size => 1;

    /// <summary>Whether it is written without quotes, which makes a number a number.</summary>
    public bool Plain { get; } = plain;

    /// <summary>Whether it is YAML's null: nothing, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => Plain && Text is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A sequence.</summary>
internal sealed class YamlList(SourcePosition position, IReadOnlyList<YamlNode> items) : YamlNode(position)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override long Size { get; } = 1 + items.Sum(item => item.Size);
}

/// <summary>A mapping whose keys are scalars, each at most once.</summary>
internal sealed class YamlMap(SourcePosition position, IReadOnlyList<YamlEntry> entries) : YamlNode(position)
{
    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    public override long Size { get; } = 1 + entries.Sum(entry => 1 + entry.Value.Size);

    public YamlNode? Find(string key) =>
        Entries.FirstOrDefault(entry => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>The same mapping without some keys.</summary>
    public YamlMap Without(params ReadOnlySpan<string> keys)
    {
        var rest = new List<YamlEntry>(Entries.Count);
        foreach (var entry in Entries)
        {
            if (!keys.Contains(entry.Key, StringComparer.OrdinalIgnoreCase))
            {
                rest.Add(entry);
            }
        }

        return new YamlMap(Position, rest);
    }
}

/// <summary>One key of a mapping and its value.</summary>
internal sealed record YamlEntry(string Key, SourcePosition KeyPosition, YamlNode Value);
