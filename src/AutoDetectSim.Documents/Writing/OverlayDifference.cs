using AutoDetectSim.Documents.Binding;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Documents.Writing;

/// <summary>The changes that <see cref="OverlayMerger"/> needs to make one tree into another.</summary>
internal static class OverlayDifference
{
    /// <summary>The smallest overlay, or null when the trees say the same.</summary>
    public static YamlNode? Of(YamlNode before, YamlNode after) => (before, after) switch
    {
        _ when YamlTree.Same(before, after) => null,
        (YamlMap one, YamlMap other) => OfMaps(one, other),
        (YamlParts one, YamlParts other) => OfParts(one, other),
        _ => after,
    };

    private static YamlMap OfMaps(YamlMap before, YamlMap after)
    {
        var entries = new List<YamlEntry>();
        foreach (var old in before.Entries)
        {
            var change = after.Find(old.Key) is { } now ? Of(old.Value, now) : YamlTree.Null;
            if (change is not null)
            {
                entries.Add(ModelTree.Entry(old.Key, change));
            }
        }

        entries.AddRange(after.Entries.Where(entry => before.Find(entry.Key) is null));
        return new YamlMap(default, entries);
    }

    private static YamlNode OfParts(YamlParts before, YamlParts after)
    {
        var old = before.Parts.ToDictionary(part => part.Names[0], StringComparer.OrdinalIgnoreCase);
        var now = after.Parts.ToDictionary(part => part.Names[0], StringComparer.OrdinalIgnoreCase);
        var kept = before.Parts.Select(part => part.Names[0]).Where(now.ContainsKey);
        var added = after.Parts.Select(part => part.Names[0]).Where(name => !old.ContainsKey(name));
        if (!kept.Concat(added).SequenceEqual(after.Parts.Select(part => part.Names[0]), StringComparer.Ordinal))
        {
            // Changes keep the order of what is there and add at the end; any other order needs the whole list.
            return after;
        }

        var changes = new List<NamedPart>();
        foreach (var part in before.Parts)
        {
            var change = now.TryGetValue(part.Names[0], out var other) ? Of(part.Body, other.Body) : YamlTree.Null;
            if (change is not null)
            {
                changes.Add(part with { Body = change });
            }
        }

        changes.AddRange(after.Parts.Where(part => !old.ContainsKey(part.Names[0])));
        return new YamlMap(default, [.. (before.AsList ? NodeRanges.Collapse(changes) : changes).Select(part => ModelTree.Entry(part.Names[0], part.Body))]);
    }
}
