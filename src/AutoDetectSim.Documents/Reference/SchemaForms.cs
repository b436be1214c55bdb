using System.Globalization;
using System.Text.Json.Nodes;
using AutoDetectSim.Documents.Binding;
using AutoDetectSim.Documents.Forms;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Documents.Reference;

/// <summary>The pieces of JSON Schema that records are put together from: scalars, choices between forms, and definitions that are made once.</summary>
internal static class SchemaForms
{
    public static JsonObject Scalar(ScalarModel scalar, TextForms forms, JsonObject definitions)
    {
        switch (scalar.Kind)
        {
            case ScalarKind.Choice:
                return Define(definitions, ModelBuilder.Key(scalar.Type.Name), () => Choices(scalar));
            case ScalarKind.Text:
                return Text(scalar.Syntax, forms, definitions);
            case ScalarKind.Boolean:
                return new JsonObject { ["type"] = "boolean" };
            case ScalarKind.Guid:
                return Define(definitions, "guid", () => Pattern("^[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$"));
            case ScalarKind.Duration:
                return Define(definitions, "duration", () => Pattern(DurationText.Pattern));
        }

        var schema = new JsonObject { ["type"] = scalar.Kind == ScalarKind.WholeNumber ? "integer" : "number" };
        if (scalar.Minimum is { } least)
        {
            schema["minimum"] = least;
        }

        if (scalar.Maximum is { } most)
        {
            schema["maximum"] = most;
        }

        return schema;
    }

    private static JsonObject Choices(ScalarModel scalar)
    {
        var schema = new JsonObject { ["enum"] = Words(scalar.Choices.Select(choice => choice.Word)) };
        if (scalar.Choices.All(choice => choice.Description is not null))
        {
            schema["markdownEnumDescriptions"] = new JsonArray([.. scalar.Choices.Select(choice => JsonValue.Create(choice.Description))]);
        }

        return schema;
    }

    public static JsonObject Text(string? syntax, TextForms forms, JsonObject definitions)
    {
        return forms.Find(syntax) switch
        {
            { Known: { } known } => Define(definitions, syntax!, () => new JsonObject { ["enum"] = Words(known) }),
            { Pattern: { } pattern } => Define(definitions, syntax!, () => Pattern(pattern)),
            _ => new JsonObject { ["type"] = "string" },
        };
    }

    public static JsonObject Pattern(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    /// <summary>Words of a closed set; a word that looks like a number may be written without quotes.</summary>
    public static JsonArray Words(IEnumerable<string> words)
    {
        var all = words.ToList();
        var array = new JsonArray([.. all.Select(word => JsonValue.Create(word))]);
        foreach (var word in all)
        {
            if (decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                array.Add(number == decimal.Truncate(number) ? JsonValue.Create((int)number) : JsonValue.Create(number));
            }
        }

        return array;
    }

    public static JsonObject Define(JsonObject definitions, string name, Func<JsonObject> make)
    {
        if (!definitions.ContainsKey(name))
        {
            // Registered first, because a record may contain itself.
            definitions[name] = null;
            definitions[name] = make();
        }

        return new JsonObject { ["$ref"] = "#/definitions/" + name };
    }

    public static JsonObject OneOrMany(JsonObject item) =>
        AnyOf(new JsonObject { ["type"] = "array", ["items"] = item }, item.DeepClone().AsObject());

    /// <summary>Null brings a key's default back.</summary>
    public static JsonObject OrNull(JsonObject schema)
    {
        if (schema["type"] is JsonValue type)
        {
            schema["type"] = new JsonArray(type.DeepClone(), "null");
            return schema;
        }

        return AnyOf(schema, new JsonObject { ["type"] = "null" });
    }

    /// <summary>Any of some forms; a form that is itself such a choice is taken apart, and a single form without a reference stays as it is.</summary>
    public static JsonObject AnyOf(params ReadOnlySpan<JsonObject> forms)
    {
        if (forms is [var only] && !only.ContainsKey("$ref"))
        {
            return only;
        }

        var all = new JsonArray();
        foreach (var form in forms)
        {
            if (form is { Count: 1 } && form["anyOf"] is JsonArray inner)
            {
                foreach (var part in inner.ToList())
                {
                    inner.Remove(part);
                    all.Add(part);
                }
            }
            else
            {
                all.Add(form);
            }
        }

        return new JsonObject { ["anyOf"] = all };
    }
}
