using System.Globalization;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Documents.Binding;

/// <summary>One written part of a named list: the names that it stands for, where, and its body.</summary>
internal sealed record NamedPart(IReadOnlyList<string> Names, SourcePosition Position, YamlNode Body);

/// <summary>A named list whose parts have been read already.</summary>
internal sealed class YamlParts(SourcePosition position, IReadOnlyList<NamedPart> parts) : YamlNode(position)
{
    public IReadOnlyList<NamedPart> Parts { get; } = parts;

    /// <summary>Whether the parts are written as a list even where there is no run of like ones.</summary>
    public bool AsList { get; init; }

    public override long Size { get; } = 1 + parts.Sum(part => part.Body.Size);
}

/// <summary>Reads the forms of a named list: a mapping from names, a list of mappings with a name, a list of names, one name, or a count.</summary>
internal static class NamedParts
{
    private const string NameKey = "name";

    /// <summary>The written parts in file order; what is wrong goes to <paramref name="problems"/>.</summary>
    public static List<NamedPart> Read(YamlNode node, RecordModel item, ModelPath path, ProblemSink problems)
    {
        var parts = new List<NamedPart>();
        switch (node)
        {
            case YamlParts merged:
                return [.. merged.Parts];
            case YamlMap map when item.HasNameRanges && map.Find(NameKey) is YamlScalar:
                // One part without the dash before it.
                AddItem(map);
                break;
            case YamlMap map:
                foreach (var entry in map.Entries)
                {
                    Add(entry.Key, entry.KeyPosition, entry.Value);
                }

                break;
            case YamlList list:
                foreach (var element in list.Items)
                {
                    AddItem(element);
                }

                break;
            case YamlScalar { IsNull: true }:
                break;
            case YamlScalar { Plain: true } scalar when item.HasNameRanges && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count):
                if (count is < 1 or > NameRange.Most)
                {
                    problems.Add(scalar.Position, $"The number of parts must be 1 to {NameRange.Most}, not {scalar.Text}", scalar.Text);
                    problems.Spoil(path);
                }
                else
                {
                    var above = ModelPath.Above(path.Text);
                    parts.Add(new NamedPart(NameRange.Count(above[(above.LastIndexOf('/') + 1)..], count), scalar.Position, Empty(scalar)));
                }

                break;
            default:
                AddItem(node);
                break;
        }

        return parts;

        void AddItem(YamlNode element)
        {
            switch (element)
            {
                case YamlScalar { IsNull: false } scalar:
                    Add(scalar.Text, scalar.Position, Empty(scalar));
                    break;
                case YamlMap map when map.Find(NameKey) is YamlScalar { IsNull: false } name:
                    Add(name.Text, name.Position, map.Without(NameKey));
                    break;
                default:
                    problems.Add(element.Position, $"This {item.Noun} needs a `{NameKey}`");
                    problems.Spoil(path);
                    break;
            }
        }

        void Add(string name, SourcePosition position, YamlNode body)
        {
            IReadOnlyList<string>? names = [name];
            string? problem = null;
            if (item.HasNameRanges && !name.Contains('*', StringComparison.Ordinal))
            {
                names = NameRange.Expand(name, out problem);
            }

            if (names is null)
            {
                problems.Add(position, problem!, name, "ex{02..20}");
                problems.Spoil(path);
            }
            else
            {
                parts.Add(new NamedPart(names, position, body));
            }
        }
    }

    private static YamlMap Empty(YamlNode at) => new(at.Position, []);
}
