using System.Globalization;
using System.Text.Json.Nodes;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Yaml;
using NJsonSchema;

namespace AutoDetectSim.Tests.Common;

/// <summary>Holds YAML against JSON Schemas.</summary>
public static class YamlSchema
{
    /// <summary>What a JSON Schema has against a YAML text.</summary>
    public static async Task<IReadOnlyList<string>> SchemaErrorsAsync(string schema, string yaml) =>
        SchemaErrors(await JsonSchema.FromJsonAsync(schema), yaml);

    /// <summary>What a JSON Schema has against a YAML text.</summary>
    public static IReadOnlyList<string> SchemaErrors(JsonSchema schema, string yaml) => SchemaErrors(schema, yaml, []);

    /// <summary>What a JSON Schema has against the part of a YAML text at the end of a path of keys; nothing where there is none.</summary>
    public static IReadOnlyList<string> SchemaErrors(JsonSchema schema, string yaml, IReadOnlyList<string> path)
    {
        var problems = new ProblemSink("test.yaml");
        var root = YamlComposer.Compose(yaml, problems);
        Assert.True(problems.IsEmpty);
        foreach (var key in path)
        {
            root = (root as YamlMap)?.Find(key);
        }

        return root is null ? [] : [.. schema.Validate(Json(root)!.ToJsonString()).Select(error => error.ToString())];
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Json(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Json)]),
        YamlScalar { IsNull: true } => null,
        YamlScalar { Plain: true, Text: "true" } => JsonValue.Create(true),
        YamlScalar { Plain: true, Text: "false" } => JsonValue.Create(false),
        YamlScalar { Plain: true } scalar when long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        YamlScalar { Plain: true } scalar when double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        YamlScalar scalar => JsonValue.Create(scalar.Text),
        _ => throw new InvalidOperationException(),
    };
}
