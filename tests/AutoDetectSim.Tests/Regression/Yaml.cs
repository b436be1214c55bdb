using System.Globalization;
using System.Text.Json.Nodes;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Yaml;
using NJsonSchema;

namespace AutoDetectSim.Tests.Regression;

/// <summary>Holds files of the repository against what is made from the code.</summary>
internal static class Yaml
{
    public static string Repository { get; } = Path.GetDirectoryName(Scenarios.ScenarioFiles.Folder)!;

    private static bool IsUpdate => Environment.GetEnvironmentVariable("AUTODETECTSIM_UPDATE") == "1";

    /// <summary>What a JSON Schema has against a YAML text.</summary>
    public static async Task<IReadOnlyList<string>> SchemaErrorsAsync(string schema, string yaml)
    {
        var problems = new ProblemSink("test.yaml");
        var root = YamlComposer.Compose(yaml, problems);
        Assert.True(problems.IsEmpty);
        return [.. (await JsonSchema.FromJsonAsync(schema)).Validate(Json(root!)!.ToJsonString()).Select(error => error.ToString())];
    }

    /// <summary>A file is what the code gives; with AUTODETECTSIM_UPDATE=1 it is written anew.</summary>
    public static void AssertGenerated(string file, string generated)
    {
        var shipped = File.Exists(file) ? File.ReadAllText(file) : string.Empty;
        if (IsUpdate)
        {
            File.WriteAllText(file, generated);
        }

        Assert.True(generated == shipped, $"{file}: the code has changed; run this test once with AUTODETECTSIM_UPDATE=1, which writes the file anew.");
    }

    /// <summary>A part of a guide between <c>&lt;!-- generated: NAME --&gt;</c> and <c>&lt;!-- end --&gt;</c> is what the code gives.</summary>
    public static void AssertPart(string file, string name, string generated)
    {
        var text = File.ReadAllText(file);
        var begin = $"<!-- generated: {name} -->\n";
        var start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        Assert.True(start >= begin.Length, $"{file} has no part '{name}'.");
        var end = text.IndexOf("<!-- end -->", start, StringComparison.Ordinal);
        AssertGenerated(file, text[..start] + generated + text[end..]);
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
