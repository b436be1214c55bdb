using NJsonSchema;

namespace AutoDetectSim.Scenarios.Tests;

public sealed class ScenarioSchemaTests
{
    private static readonly Lazy<Task<JsonSchema>> Schema = new(() => JsonSchema.FromJsonAsync(ScenarioSchema.Generate()));

    public static TheoryData<string> Library => [.. ScenarioFiles.All.Select(path => Path.GetRelativePath(ScenarioFiles.Folder, path))];

    [Fact]
    public void The_schema_that_ships_is_the_one_that_the_model_gives() =>
        GeneratedFile.AssertIs(Path.Combine(ScenarioFiles.Folder, "scenario.schema.json"), ScenarioSchema.Generate());

    [Theory]
    [MemberData(nameof(Library))]
    public async Task Every_scenario_of_the_library_agrees_with_the_schema(string file) =>
        Assert.Empty(await ErrorsAsync(await File.ReadAllTextAsync(Path.Combine(ScenarioFiles.Folder, file))));

    [Theory]
    [InlineData("title: x\nloadBalancer: {}\n")]
    [InlineData("seed: one\n")]
    [InlineData("edition: \"2023\"\n")]
    [InlineData("loadBalancers: { perimeter: { port: 0 } }\n")]
    [InlineData("loadBalancers: { perimeter: { nodes: 0 } }\n")]
    [InlineData("loadBalancers: { perimeter: { nodes: [{ certificate: mail }] } }\n")]
    [InlineData("loadBalancers: { perimeter: { nodes: [{ name: ex01, present: missing }] } }\n")]
    [InlineData("expect: [{ attempts: 5 }]\n")]
    [InlineData("expect: [{ detect: your@contoso.com, errors: { E_NONE: 5 } }]\n")]
    [InlineData("dns: { contoso.com: { PTR: [x] } }\n")]
    [InlineData("fault: { layer: cable, kind: cut, remedy: {} }\n")]
    [InlineData("fault: { layer: dns, kind: cut, remedy: { nodes: {} } }\n")]
    public async Task The_schema_finds_what_the_loader_finds(string yaml)
    {
        Assert.NotEmpty(await ErrorsAsync(yaml));
        Assert.NotEmpty(ScenarioLoader.Parse(yaml, "scenario.yaml", null).Problems);
    }

    [Theory]
    [InlineData("edition: 2025\n")]
    [InlineData("organizations: { contoso: contoso.com }\n")]
    [InlineData("organizations: { contoso: [contoso.com, contoso.org] }\n")]
    [InlineData("loadBalancers: { perimeter: { nodes: 20 } }\n")]
    [InlineData("loadBalancers: { perimeter: { nodes: [ex01, \"ex{02..20}\"] } }\n")]
    [InlineData("loadBalancers: { perimeter: { nodes: ex01 } }\n")]
    [InlineData("loadBalancers: { perimeter: { nodes: { ex01: , \"ex{02..20}\": { present: missingIntermediate } } } }\n")]
    [InlineData("loadBalancers: { perimeter: { nodes: [{ name: ex01, tlsVersions: [1.0, 1.1] }] } }\n")]
    [InlineData("loadBalancers: { perimeter: { nodes: [{ name: ex01, tlsVersions: \"1.2\" }] } }\n")]
    [InlineData("loadBalancers: [{ name: perimeter, hosts: autodiscover.contoso.com }]\n")]
    [InlineData("fault: { layer: dns, kind: cut, remedy: { loadBalancers: { perimeter: { nodes: { \"*\": { build: null } } } } } }\nloadBalancers: { perimeter: { nodes: 3 } }\n")]
    public async Task The_short_forms_are_good_for_the_schema_and_for_the_loader(string yaml)
    {
        Assert.Empty(ScenarioLoader.Parse(yaml, "scenario.yaml", null).Problems.Select(problem => problem.ToString()));
        Assert.Empty(await ErrorsAsync(yaml));
    }

    private static async Task<IReadOnlyList<string>> ErrorsAsync(string yaml) => YamlSchema.SchemaErrors(await Schema.Value, yaml);
}
