using System.Collections;
using AutoDetectSim.Documents.Forms;

namespace AutoDetectSim.Documents.Model;

/// <summary>Visits every scalar and every free key of a scenario with its path and model.</summary>
internal static class ModelWalker
{
    /// <param name="record">The record to begin with.</param>
    /// <param name="model">Its model.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="visit">Is given the path, the syntax or model, the value, the key that the value belongs to, and whether it may be empty.</param>
    public static void Walk(object record, RecordModel model, ModelPath path, Action<Visited> visit)
    {
        foreach (var member in model.Members)
        {
            if (member.Value is not OverlayModel && member.Get(record) is { } value)
            {
                Value(value, member.Value, path / member.Key, member.Key, !member.Required, visit);
            }
        }
    }

    private static void Value(object value, ValueModel model, ModelPath path, string key, bool optional, Action<Visited> visit)
    {
        switch (model)
        {
            case ScalarModel scalar:
                visit(new Visited(path, key, scalar, value, optional));
                break;
            case WordOrListModel either:
                Value(value, value is IEnumerable ? either.List : either.Word, path, key, optional, visit);
                break;
            case RecordModel record:
                Walk(value, record, path, visit);
                break;
            case ListModel list:
                var index = 0;
                foreach (var item in (IEnumerable)value)
                {
                    Value(item, list.Item, path / index++, key, optional: false, visit);
                }

                break;
            case NamedListModel list:
                foreach (var part in (IEnumerable)value)
                {
                    var name = list.Item.NameOf(part);
                    visit(new Visited(path / name, "name", NameModel, name, Optional: false));
                    Walk(part, list.Item, path / name, visit);
                }

                break;
            case MapModel map:
                var keys = new ScalarModel { Kind = ScalarKind.Text, Type = typeof(string), Syntax = map.KeySyntax };
                foreach (DictionaryEntry entry in AsDictionary(value))
                {
                    var name = (string)entry.Key;
                    visit(new Visited(path / name, key, keys, name, Optional: false));
                    // Where a value may be any text, it may be none too: `headers` means by that a header that does not come.
                    Value(entry.Value!, map.Value, path / name, key, optional: map.Value is ScalarModel { Syntax: null }, visit);
                }

                break;
        }
    }

    private static ScalarModel NameModel { get; } = new() { Kind = ScalarKind.Text, Type = typeof(string), Syntax = TextForms.Name };

    // Every read-only dictionary of a scenario, whoever built it, is one of the framework's, and those are IDictionary too.
    private static IDictionary AsDictionary(object value) => (IDictionary)value;
}

/// <summary>One scalar of a scenario.</summary>
internal readonly record struct Visited(ModelPath Path, string Key, ScalarModel Model, object Value, bool Optional);
