using System.IO.Enumeration;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Documents.Binding;

/// <summary>
/// Lays changes over a scenario before it is bound: mappings merge key by key, also those from names to parts (a range or a
/// pattern with <c>*</c> changes every part that it names), null takes away, and everything else, lists among it, takes the
/// place of what was.
/// </summary>
internal sealed class OverlayMerger(ProblemSink problems)
{
    // Problems of the scenario itself were reported when it was bound.
    private readonly ProblemSink _silent = new(string.Empty);

    public YamlNode Merge(YamlNode? before, YamlNode change, ValueModel model, ModelPath path) => model switch
    {
        RecordModel record when change is YamlMap map => MergeRecord(before, map, record, path),
        NamedListModel list when change is YamlMap map => MergeNamed(before, map, list.Item, path),
        MapModel free when change is YamlMap map && before is YamlMap old => MergeEntries(old, map, _ => free.Value, path),
        _ => change,
    };

    private YamlMap MergeRecord(YamlNode? before, YamlMap change, RecordModel model, ModelPath path)
    {
        var old = before switch
        {
            YamlMap map => map,
            null or YamlScalar { IsNull: true } => new YamlMap(change.Position, []),
            _ when model.Shorthand is { } key => new YamlMap(before.Position, [new YamlEntry(key, before.Position, before)]),
            _ => new YamlMap(before.Position, []),
        };
        return MergeEntries(old, change, key => model.Find(key)?.Value, path);
    }

    private YamlMap MergeEntries(YamlMap before, YamlMap change, Func<string, ValueModel?> modelOf, ModelPath path)
    {
        var changes = change.Entries.ToDictionary(entry => entry.Key, StringComparer.OrdinalIgnoreCase);
        var entries = new List<YamlEntry>(before.Entries.Count + change.Entries.Count);
        foreach (var old in before.Entries)
        {
            if (!changes.Remove(old.Key, out var changed))
            {
                entries.Add(old);
            }
            else if (changed.Value is not YamlScalar { IsNull: true })
            {
                entries.Add(Merged(old.Value, changed));
            }
        }

        entries.AddRange(change.Entries.Where(entry => changes.ContainsKey(entry.Key) && entry.Value is not YamlScalar { IsNull: true }).Select(entry => Merged(null, entry)));
        return new YamlMap(before.Position, entries);

        YamlEntry Merged(YamlNode? old, YamlEntry changed) =>
            modelOf(changed.Key) is { } model ? changed with { Value = Merge(old, changed.Value, model, path / changed.Key) } : changed;
    }

    private YamlParts MergeNamed(YamlNode? before, YamlMap change, RecordModel item, ModelPath path)
    {
        var parts = before is null ? [] : NamedParts.Read(before, item, path, _silent);
        foreach (var changed in NamedParts.Read(change, item, path, problems))
        {
            var names = Matching(changed.Names, parts);
            if (names.Count == 0)
            {
                problems.Add(changed.Position, $"No {item.Noun} of the scenario matches `{changed.Names[0]}`", changed.Names[0]);
                continue;
            }

            parts = Change(parts, names, changed, item, path);
        }

        return new YamlParts(change.Position, parts);
    }

    private List<NamedPart> Change(List<NamedPart> parts, HashSet<string> names, NamedPart changed, RecordModel item, ModelPath path)
    {
        var result = new List<NamedPart>();
        var removed = changed.Body is YamlScalar { IsNull: true };
        foreach (var part in parts)
        {
            var hit = part.Names.Where(names.Contains).ToList();
            if (hit.Count == 0)
            {
                result.Add(part);
                continue;
            }

            // The order of parts is part of the world: a round robin follows it.
            var body = removed ? null : Merge(part.Body, changed.Body, item, path / hit[0]);
            var run = new List<string>();
            var runIsHit = false;
            foreach (var name in part.Names)
            {
                if (names.Contains(name) != runIsHit)
                {
                    Flush();
                    runIsHit = !runIsHit;
                }

                run.Add(name);
            }

            Flush();
            names.ExceptWith(hit);

            void Flush()
            {
                if (run.Count > 0 && !(runIsHit && removed))
                {
                    result.Add(runIsHit ? new NamedPart([.. run], changed.Position, body!) : part with { Names = [.. run] });
                }

                run.Clear();
            }
        }

        if (names.Count > 0 && !removed)
        {
            result.Add(changed with { Names = [.. changed.Names.Where(names.Contains)] });
        }

        return result;
    }

    private static HashSet<string> Matching(IReadOnlyList<string> names, List<NamedPart> parts) =>
        names is [var pattern] && pattern.Contains('*', StringComparison.Ordinal)
            ? parts.SelectMany(part => part.Names).Where(name => FileSystemName.MatchesSimpleExpression(pattern, name)).ToHashSet(StringComparer.OrdinalIgnoreCase)
            : names.ToHashSet(StringComparer.OrdinalIgnoreCase);
}
