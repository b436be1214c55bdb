using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoDetectSim.Documents.Binding;
using AutoDetectSim.Documents.Forms;
using AutoDetectSim.Documents.Model;
using static AutoDetectSim.Documents.Reference.SchemaForms;

namespace AutoDetectSim.Documents.Reference;

/// <summary>The JSON Schema (draft 7, which editors understand best) of a kind of document, made from the model that binds them.</summary>
internal sealed class DocumentSchema
{
    private const string RangePattern = @"^[A-Za-z0-9][A-Za-z0-9._-]*(\{[0-9]{1,6}\.\.[0-9]{1,6}\}[A-Za-z0-9._-]*)?$|^\{[0-9]{1,6}\.\.[0-9]{1,6}\}[A-Za-z0-9._-]*$";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly RecordModel _root;
    private readonly TextForms _forms;

    private DocumentSchema(DocumentModel document)
    {
        _root = document.Root;
        _forms = document.Forms;
    }

    /// <summary>The schema as indented JSON with a line feed at its end; the same text on every machine.</summary>
    public static string Generate(DocumentModel document) => Generate(document, document.Title, change: false);

    /// <summary>The schema of changes of such a document: every key may be left out, and null restores its default.</summary>
    public static string GenerateChanges(DocumentModel document) => Generate(document, document.Title + ": changes", change: true);

    private static string Generate(DocumentModel document, string title, bool change)
    {
        var definitions = new JsonObject();
        var root = new DocumentSchema(document).RecordObject(document.Root, definitions, change, named: false);
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = title,
        };
        foreach (var (key, value) in root.ToList())
        {
            root.Remove(key);
            schema[key] = value;
        }

        schema["definitions"] = definitions;
        return schema.ToJsonString(Indented) + "\n";
    }

    /// <summary>What holds when a key is left out: words, a value, or null where there is neither.</summary>
    public static string? DefaultWords(MemberModel member, object fresh) =>
        member.FilledIn ?? (member.Required ? null : DefaultValue(member.Value, member.Get(fresh))?.ToJsonString(Indented).ReplaceLineEndings(" "));

    private JsonObject Value(ValueModel model, JsonObject definitions, bool change) => model switch
    {
        ScalarModel scalar => Scalar(scalar, _forms, definitions),
        ListModel list => OneOrMany(Value(list.Item, definitions, change: false)),
        NamedListModel list => NamedList(list.Item, definitions, change),
        MapModel map => Map(map, definitions, change),
        WordOrListModel either => AnyOf(Scalar(either.Word, _forms, definitions), new JsonObject { ["type"] = "array", ["items"] = Value(either.List.Item, definitions, change: false) }),
        OverlayModel overlay => Record(overlay.Target, definitions, change: true, named: false),
        RecordModel record => WithShorthand(record, definitions, change),
        _ => new JsonObject(),
    };

    private JsonObject NamedList(RecordModel item, JsonObject definitions, bool change)
    {
        var pattern = change ? ".+" : item.HasNameRanges ? RangePattern : _forms.NamePattern;
        var bodies = OrNull(WithShorthand(item, definitions, change));
        var map = new JsonObject
        {
            ["type"] = "object",
            ["patternProperties"] = new JsonObject { [pattern] = bodies },
            ["additionalProperties"] = false,
        };
        var name = Name(item, definitions, change);
        var element = AnyOf(Record(item, definitions, change, named: true), name);
        var forms = AnyOf(map, new JsonObject { ["type"] = "array", ["items"] = element }, name.DeepClone().AsObject());
        if (item.HasNameRanges)
        {
            forms["anyOf"]!.AsArray().Add(new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = NameRange.Most });
        }

        return forms;
    }

    private JsonObject Name(RecordModel item, JsonObject definitions, bool change) =>
        change ? new JsonObject { ["type"] = "string" }
        : item.HasNameRanges ? Define(definitions, "name-or-range", () => Pattern(RangePattern))
        : Text(TextForms.Name, _forms, definitions);

    private JsonObject Map(MapModel map, JsonObject definitions, bool change)
    {
        var value = Value(map.Value, definitions, change);
        if (change)
        {
            value = OrNull(value);
        }

        var schema = new JsonObject { ["type"] = "object" };
        switch (_forms.Find(map.KeySyntax))
        {
            case { Known: { } known }:
                schema["properties"] = new JsonObject(known.Select(word => KeyValuePair.Create(word, (JsonNode?)value.DeepClone())));
                schema["additionalProperties"] = false;
                if (map.LoneKeys.Count > 0)
                {
                    return AnyOf(schema, new JsonObject { ["enum"] = Words(map.LoneKeys) });
                }

                break;
            case { Pattern: { } pattern }:
                schema["patternProperties"] = new JsonObject { [pattern] = value };
                schema["additionalProperties"] = false;
                break;
            default:
                schema["additionalProperties"] = value;
                break;
        }

        return schema;
    }

    private JsonObject WithShorthand(RecordModel record, JsonObject definitions, bool change)
    {
        var reference = Record(record, definitions, change, named: false);
        return record.Shorthand is { } key ? AnyOf(reference, Value(record.Find(key)!.Value, definitions, change: false)) : reference;
    }

    /// <summary>A reference to a record's schema. Changes have one of their own where the record has a key that must be there.</summary>
    private JsonObject Record(RecordModel record, JsonObject definitions, bool change, bool named)
    {
        change &= HasOwnChanges(record);
        var name = ModelBuilder.Key(record.Type.Name) + (named ? "WithName" : string.Empty) + (change ? "Change" : string.Empty);
        return Define(definitions, name, () => RecordObject(record, definitions, change, named));
    }

    private bool HasOwnChanges(RecordModel record) =>
        ReferenceEquals(record, _root) || record.Members.Any(member => member.Required || member.Value switch
        {
            NamedListModel => true,
            RecordModel inner => HasOwnChanges(inner),
            MapModel => true,
            _ => false,
        });

    private JsonObject RecordObject(RecordModel record, JsonObject definitions, bool change, bool named)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false };
        if (XmlDocs.Summary(record.Type) is { } summary)
        {
            schema["description"] = summary;
        }

        var fresh = record.Create();
        var properties = new JsonObject();
        var required = new JsonArray();
        if (named)
        {
            properties["name"] = Name(record, definitions, change);
            required.Add("name");
        }

        foreach (var member in record.Members)
        {
            if (change && member.Property.IsDefined(typeof(NotInOverlayAttribute), inherit: false))
            {
                continue;
            }

            properties[member.Key] = Member(member, fresh, definitions, change);
            if (member.Required && !change)
            {
                required.Add(member.Key);
            }
        }

        schema["properties"] = properties;
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        return schema;
    }

    private JsonObject Member(MemberModel member, object fresh, JsonObject definitions, bool change)
    {
        var schema = Value(member.Value, definitions, change);
        if (member is { Required: false, Value: ScalarModel { Kind: ScalarKind.Text } } && schema.ContainsKey("$ref"))
        {
            // An empty text says that the setting is not set.
            schema = AnyOf(schema, new JsonObject { ["enum"] = new JsonArray(string.Empty) });
        }

        schema = member.Required && !change ? AnyOf(schema) : OrNull(schema);
        var description = string.Join(' ', new[] { member.Description, member.FilledIn is null ? null : $"Default: {member.FilledIn}." }.OfType<string>());
        if (description.Length > 0)
        {
            schema.Insert(0, "description", description);
        }

        if (member is { Required: false, FilledIn: null } && DefaultValue(member.Value, member.Get(fresh)) is { } initial)
        {
            schema["default"] = initial;
        }

        return schema;
    }

    private static JsonNode? DefaultValue(ValueModel model, object? value) => (model, value) switch
    {
        (ScalarModel { Kind: ScalarKind.Choice } scalar, not null) => scalar.Choices.FirstOrDefault(choice => choice.Value.Equals(value))?.Word,
        (_, string text) => text,
        (_, bool flag) => flag,
        (_, int whole) => whole,
        (_, long whole) => whole,
        (_, double number) => number,
        (_, TimeSpan duration) => DurationText.Format(duration),
        (_, IReadOnlyList<string> { Count: > 0 } list) => new JsonArray([.. list.Select(item => JsonValue.Create(item))]),
        _ => null,
    };
}
