using System.Collections;
using AutoDetectSim.Documents.Forms;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Documents.Binding;

/// <summary>Binds a YAML tree to records by their <see cref="RecordModel"/>; it continues after each problem and reports all of them.</summary>
internal sealed class ModelBinder(ProblemSink problems, TextForms forms)
{
    // Names from ranges times the size of their bodies: what a file of the allowed size can grow to.
    private const long MostValues = 500_000;

    private long _values;
    private int _names;

    /// <summary>Binds a mapping. Unknown keys are reported with the nearest known key.</summary>
    public object BindRecord(YamlNode node, RecordModel model, ModelPath path)
    {
        var record = model.Create();
        var map = AsMap(node, model, path);
        if (map is null)
        {
            MissingMembers(record, model, path, node.Position, quiet: true, []);
            return record;
        }

        var given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in map.Entries)
        {
            if (model.Find(entry.Key) is not { } member)
            {
                UnknownKey(entry, model, path);
                continue;
            }

            given.Add(member.Key);
            var at = path / member.Key;
            problems.Locate(at, entry.Value is YamlScalar ? entry.Value.Position : entry.KeyPosition);
            if (entry.Value is YamlScalar { IsNull: true } && !member.Required)
            {
                if (member.Nullable && member.FilledIn is null)
                {
                    member.Set(record, null);
                }

                continue;
            }

            if (member is { FilledIn: { } words, Value: NamedListModel { Item.HasNameRanges: true } } && entry.Value is YamlList { Items.Count: 0 } or YamlMap { Entries.Count: 0 })
            {
                problems.Add(entry.Value.Position, $"`{member.Key}` is empty: name at least one, or leave it out for {words}");
                problems.Spoil(at);
                continue;
            }

            var value = Bind(entry.Value, member.Value, at, member.Key);
            if (value is not null)
            {
                member.Set(record, value);
            }
            else if (member.Value is not OverlayModel)
            {
                problems.Spoil(at);
            }
        }

        MissingMembers(record, model, path, map.Position, quiet: false, given);
        return record;
    }

    private YamlMap? AsMap(YamlNode node, RecordModel model, ModelPath path)
    {
        switch (node)
        {
            case YamlMap map:
                return map;
            case YamlScalar { IsNull: true }:
                return new YamlMap(node.Position, []);
        }

        if (model.Shorthand is { } key)
        {
            return new YamlMap(node.Position, [new YamlEntry(key, node.Position, node)]);
        }

        problems.Add(node.Position, $"Expected a mapping with the settings of this {model.Noun}");
        problems.Spoil(path);
        return null;
    }

    private void UnknownKey(YamlEntry entry, RecordModel model, ModelPath path)
    {
        var known = model.Members.Select(member => member.Key);
        var nearest = problems.Nearest(entry.Key, known);
        var shown = ScalarReader.Shown(entry.Key);
        problems.Add(
            entry.KeyPosition,
            nearest is null ? $"Unknown key `{shown}`; {("aeiou".Contains(model.Noun[0], StringComparison.Ordinal) ? "an" : "a")} {model.Noun} has {string.Join(", ", known)}" : $"Unknown key `{shown}`; did you mean `{nearest}`?",
            entry.Key,
            nearest);
        problems.Spoil(path);
    }

    private void MissingMembers(object record, RecordModel model, ModelPath path, SourcePosition position, bool quiet, HashSet<string> given)
    {
        foreach (var member in model.Members)
        {
            if (member.Required && !given.Contains(member.Key) && !quiet)
            {
                problems.Add(position, $"This {model.Noun} needs `{member.Key}`: {member.Value.Words}", null, member.Key);
                problems.Spoil(path / member.Key);
            }

            // Later rules may then rely on C#'s null annotations.
            if (!member.Nullable && member.Get(record) is null)
            {
                member.Set(record, Empty(member.Value));
            }
        }
    }

    private static object? Empty(ValueModel model) => model switch
    {
        ScalarModel { Kind: ScalarKind.Text } => string.Empty,
        ListModel list => NewList(list.ItemType),
        NamedListModel list => NewList(list.Item.Type),
        MapModel map => NewDictionary(map.ValueType),
        RecordModel record => record.Create(),
        _ => null,
    };

    private object? Bind(YamlNode node, ValueModel model, ModelPath path, string key)
    {
        switch (model)
        {
            case ScalarModel scalar:
                return BindScalar(node, scalar, key);
            case RecordModel record:
                return BindRecord(node, record, path);
            case ListModel list:
                return BindList(node, list, path, key);
            case NamedListModel list:
                return BindNamed(node, list.Item, path);
            case MapModel map:
                return BindMap(node, map, path, key);
            case WordOrListModel either:
                return node is YamlScalar word ? ScalarReader.Read(word, either.Word, key, problems, forms) : BindList(node, either.List, path, key);
            default:
                return null;
        }
    }

    private object? BindScalar(YamlNode node, ScalarModel model, string key)
    {
        if (node is YamlScalar scalar)
        {
            return ScalarReader.Read(scalar, model, key, problems, forms);
        }

        problems.Add(node.Position, $"`{key}` is {(node is YamlList ? "a list" : "a mapping")}, expected {model.Words}", null, model.Words);
        return null;
    }

    private IList? BindList(YamlNode node, ListModel model, ModelPath path, string key)
    {
        if (node is YamlMap && model.Item is not (RecordModel or MapModel))
        {
            problems.Add(node.Position, $"`{key}` is a mapping, expected {model.Words}", null, model.Words);
            return null;
        }

        var result = NewList(model.ItemType);
        IReadOnlyList<YamlNode> items = node switch
        {
            YamlList list => list.Items,
            YamlScalar { IsNull: true } => [],
            _ => [node],
        };
        foreach (var item in items)
        {
            var at = path / result.Count;
            problems.Locate(at, item.Position);
            var value = Bind(item, model.Item, at, key);
            if (value is null)
            {
                problems.Spoil(at);
            }

            // A gap keeps later items at their own places.
            result.Add(value ?? Empty(model.Item) ?? Activator.CreateInstance(model.ItemType));
        }

        return result;
    }

    private IList BindNamed(YamlNode node, RecordModel item, ModelPath path)
    {
        var result = NewList(item.Type);
        var seen = new Dictionary<string, SourcePosition>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in NamedParts.Read(node, item, path, problems))
        {
            // Parts that have no ranges are bounded by the size of the file.
            _names += item.HasNameRanges ? part.Names.Count : 0;
            _values += part.Names.Count * part.Body.Size;
            if (_names > NameRange.Most || _values > MostValues)
            {
                problems.Add(part.Position, $"Too many parts: the name ranges expand to more than {NameRange.Most}, or to too much data");
                problems.Spoil(path);
                break;
            }

            var first = path / part.Names[0];
            problems.Locate(first, part.Position);
            var bound = BindRecord(part.Body, item, first);
            foreach (var name in part.Names)
            {
                if (!seen.TryAdd(name, part.Position))
                {
                    problems.Add(part.Position, $"Duplicate {item.Noun} `{ScalarReader.Shown(name)}`: first defined on line {seen[name].Line}", name);
                    continue;
                }

                var copy = Clone(bound);
                item.SetName(copy, name);
                result.Add(copy);
                if (part.Names.Count > 1)
                {
                    problems.Share(path / name, first);
                }
            }
        }

        return result;
    }

    private IDictionary? BindMap(YamlNode node, MapModel model, ModelPath path, string key)
    {
        if (node is not YamlMap map)
        {
            if (node is YamlScalar { IsNull: true })
            {
                return NewDictionary(model.ValueType);
            }

            if (node is YamlScalar word && model.LoneKeys.FirstOrDefault(lone => string.Equals(lone, word.Text, StringComparison.OrdinalIgnoreCase)) is { } found)
            {
                var alone = NewDictionary(model.ValueType);
                alone[found] = Empty(model.Value);
                return alone;
            }

            problems.Add(node.Position, $"`{key}` is {(node is YamlList ? "a list" : "`" + ScalarReader.Shown(((YamlScalar)node).Text) + "`")}, expected {model.Words}", null, model.Words);
            return null;
        }

        var result = NewDictionary(model.ValueType);
        foreach (var entry in map.Entries)
        {
            var name = forms.Find(model.KeySyntax)?.Normalize?.Invoke(entry.Key) ?? entry.Key;
            var at = path / name;
            problems.Locate(at, entry.KeyPosition);
            var value = Bind(entry.Value, model.Value, at, name);
            if (value is null)
            {
                problems.Spoil(at);
            }
            else
            {
                result[name] = value;
            }
        }

        return result;
    }

    private static IList NewList(Type item) => (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;

    private static IDictionary NewDictionary(Type value) =>
        (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), value), StringComparer.OrdinalIgnoreCase)!;

    /// <summary>A shallow copy by the method behind <c>with</c>: the parts of a range share everything but the name, and records do not change.</summary>
    private static object Clone(object record) => record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;
}
