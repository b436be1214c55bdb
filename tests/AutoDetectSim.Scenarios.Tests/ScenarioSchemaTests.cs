using NJsonSchema;

namespace AutoDetectSim.Scenarios.Tests;

public sealed class ScenarioSchemaTests
{
    private static readonly Lazy<Task<JsonSchema>> Schema = new(() => JsonSchema.FromJsonAsync(ScenarioSchema.Generate()));

    private static readonly Lazy<Task<JsonSchema>> Changes = new(() => JsonSchema.FromJsonAsync(ScenarioSchema.GenerateChanges()));

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

    [Theory]
    [MemberData(nameof(Library))]
    public async Task Every_remedy_of_the_library_agrees_with_the_schema_of_changes(string file) =>
        Assert.Empty(YamlSchema.SchemaErrors(await Changes.Value, await File.ReadAllTextAsync(Path.Combine(ScenarioFiles.Folder, file), TestContext.Current.CancellationToken), ["fault", "remedy"]));

    [Theory]
    [InlineData("loadBalancer: {}\n", "c.yaml:1:1: Unknown key `loadBalancer`; did you mean `loadBalancers`?")]
    [InlineData("loadBalancers:\n  perimeter:\n    port: 0\n", "c.yaml:3:11: `port` must be 1 to 65535, not 0")]
    [InlineData("loadBalancers:\n  perimeter:\n    nodes:\n      ex01: { present: missing }\n", "c.yaml:4:24: `present` is `missing`, expected one of ")]
    [InlineData("expect: []\n", "c.yaml:1:1: Changes cannot change `expect`")]
    [InlineData("- a\n", "c.yaml:1:1: Changes must be a mapping with the changed parts of the scenario `base`, for example `loadBalancers`")]
    public async Task Wrong_changes_are_found_by_the_schema_and_reported_with_their_place(string yaml, string problem)
    {
        Assert.NotEmpty(YamlSchema.SchemaErrors(await Changes.Value, yaml));
        Assert.StartsWith(problem, Assert.Single(Check(yaml)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("loadBalancers:\n  perimeter:\n    nodes:\n      fx*: { present: complete }\n", "c.yaml:4:7: No node of the scenario matches `fx*`")]
    [InlineData("loadBalancers:\n  perimeter:\n    faultShare: 1/20\n", "c.yaml:3:17: `faultShare` has no effect without `fault`")]
    public void Changes_that_do_not_fit_the_scenario_are_reported_with_their_place(string yaml, string problem) =>
        Assert.Equal([problem], Check(yaml));

    [Theory]
    [InlineData("loadBalancers: { perimeter: { nodes: { \"*\": { present: complete, build: null } } } }\n")]
    [InlineData("dns: { contoso.com: null }\nloadBalancers: { perimeter: { nodes: { \"ex{01..02}\": null } } }\n")]
    public async Task Changes_may_leave_out_what_a_scenario_needs_and_take_parts_away(string yaml)
    {
        Assert.Empty(YamlSchema.SchemaErrors(await Changes.Value, yaml));
        Assert.Empty(Check(yaml));
    }

    private static List<string> Check(string yaml)
    {
        var scenario = ScenarioLoader.Parse("name: base\ndns: { contoso.com: { TXT: [x] } }\nloadBalancers: { perimeter: { nodes: [ex01, ex02, ex03] } }\n", "base.yaml", null).Scenario!;
        return [.. ScenarioOverlay.Check(yaml, "c.yaml", scenario).Select(one => one.ToString())];
    }

    private static async Task<IReadOnlyList<string>> ErrorsAsync(string yaml) => YamlSchema.SchemaErrors(await Schema.Value, yaml);
}
