using System.Collections;
using System.Globalization;
using AutoDetectSim.Documents.Binding;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Documents.Writing;

/// <summary>Converts a record back to a YAML tree. Values equal to the defaults are omitted.</summary>
internal static class ModelTree
{
    /// <summary>The tree of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="model">Its model.</param>
    /// <param name="overlay">Makes the tree of an overlay, given the record that has it; null: overlays are left out.</param>
    public static YamlMap Of(object record, RecordModel model, Func<object, YamlNode>? overlay = null)
    {
        var fresh = model.Create();
        var entries = new List<YamlEntry>();
        foreach (var member in model.Members)
        {
            if (member.Value is OverlayModel)
            {
                if (overlay is not null)
                {
                    entries.Add(Entry(member.Key, overlay(record)));
                }

                continue;
            }

            var value = Member(member, record, overlay);
            var initial = Member(member, fresh, overlay: null);
            if (member.Required || !YamlTree.Same(value, initial))
            {
                entries.Add(Entry(member.Key, value));
            }
        }

        return new YamlMap(default, entries);
    }

    public static YamlEntry Entry(string key, YamlNode value) => new(key, default, value);

    private static YamlNode Member(MemberModel member, object record, Func<object, YamlNode>? overlay)
    {
        var value = member.Get(record);
        // A shape that is not written is the complete one.
        return value is null || (member.Value is WordOrListModel { Word: var word } && ReferenceEquals(Choice(word, value), word.Choices[0]))
            ? YamlTree.Null
            : Value(value, member.Value, overlay);
    }

    private static YamlNode Value(object value, ValueModel model, Func<object, YamlNode>? overlay)
    {
        switch (model)
        {
            case ScalarModel scalar:
                return Scalar(value, scalar);
            case WordOrListModel either:
                return value is IEnumerable ? Value(value, either.List, overlay) : Scalar(value, either.Word);
            case RecordModel record:
                return Of(value, record, overlay);
            case ListModel list:
                return new YamlList(default, [.. ((IEnumerable)value).Cast<object>().Select(item => Value(item, list.Item, overlay))]);
            case NamedListModel list:
                var parts = ((IEnumerable)value).Cast<object>().Select(part => new NamedPart([list.Item.NameOf(part)], default, Of(part, list.Item, overlay)));
                return new YamlParts(default, [.. parts]) { AsList = list.Item.HasNameRanges };
            case MapModel map:
                var entries = new List<YamlEntry>();
                foreach (DictionaryEntry entry in (IDictionary)value)
                {
                    entries.Add(Entry((string)entry.Key, Value(entry.Value!, map.Value, overlay)));
                }

                return new YamlMap(default, entries);
            default:
                throw new NotSupportedException($"Scenario files have no form for {model.GetType().Name}.");
        }
    }

    private static YamlScalar Scalar(object value, ScalarModel model) => model.Kind switch
    {
        ScalarKind.Text => new YamlScalar(default, (string)value, plain: false),
        ScalarKind.Choice => new YamlScalar(default, Choice(model, value)!.Word, plain: false),
        ScalarKind.Boolean => new YamlScalar(default, (bool)value ? "true" : "false", plain: true),
        ScalarKind.Duration => new YamlScalar(default, DurationText.Format((TimeSpan)value), plain: false),
        ScalarKind.Number => new YamlScalar(default, ((double)value).ToString("R", CultureInfo.InvariantCulture), plain: true),
        _ => new YamlScalar(default, Convert.ToString(value, CultureInfo.InvariantCulture)!, plain: true),
    };

    private static Choice? Choice(ScalarModel model, object value) => model.Choices.FirstOrDefault(choice => choice.Value.Equals(value));
}
