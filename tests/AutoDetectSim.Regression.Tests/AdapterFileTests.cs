using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Packs;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Regression.Tests;

public sealed class AdapterFileTests
{
    /// <summary>A name for the case, the adapter with <c>|</c> for line feeds, and every problem as it is printed.</summary>
    public static TheoryData<string, string, string[]> Bad => new()
    {
        { "not a mapping", "- a", ["a.yaml:1:1: Expected a mapping with keys such as `command`, `asks` and `rules`"] },
        { "no rules", "title: x", ["a.yaml:1:1: This adapter needs `rules`: a list"] },
        { "empty rules", "rules: []", ["a.yaml:1:1: `rules` must have at least one rule: rules read the tool's output"] },
        {
            "several at once", "runs: 0|kind: chian|timout: 3s|rules: [{ exitCode: 0, verdict: helthy }]",
            [
                "a.yaml:1:7: `runs` must be 1 to 1000, not 0",
                "a.yaml:2:7: Unknown value `chian` for `kind`; did you mean `chain`?",
                "a.yaml:3:1: Unknown key `timout`; did you mean `timeout`?",
                "a.yaml:4:33: Unknown value `helthy` for `verdict`; did you mean `healthy`?",
            ]
        },
        { "no condition", "rules: [{ verdict: broken }]", ["a.yaml:1:9: This rule has no condition: use `otherwise` for all other runs"] },
        { "no regular expression", "rules: [{ stdout: '(', verdict: broken }]", ["a.yaml:1:19: `stdout`: `(` is not a regular expression"] },
        { "no JSONPath", "rules: [{ json: '$[', verdict: broken }]", ["a.yaml:1:17: `json`: `$[` is not a JSONPath such as $.chain.status"] },
        { "matches alone", "rules: [{ matches: x, verdict: broken }]", ["a.yaml:1:20: `matches` requires `json`: it tests the value at that path"] },
        { "cause of health", "rules: [{ exitCode: 0, verdict: healthy, cause: tls }]", ["a.yaml:1:49: `cause` requires the verdict `broken` or `intermittent`"] },
        { "answer of a killed tool", "rules: [{ timedOut: true, exitCode: 1, verdict: broken }]", ["a.yaml:1:21: `timedOut` cannot be combined with other conditions: a killed tool has no output to test"] },
        {
            "report that nobody writes", "command: [probe, '{host}']|rules: [{ report: x, verdict: broken }]",
            ["a.yaml:2:9: This rule reads the report, but `command` does not contain {report}"]
        },
        {
            "misspelt placeholder", "command: [probe, '{hots}']|rules: [{ exitCode: 0, verdict: healthy }]",
            ["a.yaml:1:18: Unknown placeholder {hots}; did you mean {host}? For literal braces, write {{hots}}"]
        },
        { "source without gateway", "route: direct|source: 52.125.128.7|rules: [{ exitCode: 0, verdict: healthy }]", ["a.yaml:2:9: `source` requires `route: gateway`: direct connections come from this computer"] },
        { "no address", "source: here|rules: [{ exitCode: 0, verdict: healthy }]", ["a.yaml:1:9: `source`: `here` is not an IPv4 or IPv6 address"] },
    };

    public static TheoryData<string> Shipped => [.. AdapterLibrary.Names];

    [Theory]
    [MemberData(nameof(Bad))]
    public void Every_problem_of_an_adapter_is_told_at_once_with_its_place(string name, string yaml, string[] expected)
    {
        var (adapter, problems) = AdapterFile.Parse(yaml.Replace('|', '\n'), "a.yaml");

        Assert.NotNull(name);
        Assert.Null(adapter);
        Assert.Equal(expected, problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void What_an_adapter_leaves_out_is_filled_in()
    {
        var chain = AdapterFile.Parse("rules: [{ exitCode: [0, 3], verdict: healthy }]", "folder/my-probe.yaml").Document!;
        var detection = AdapterFile.Parse("kind: detection\nrules: [{ exitCode: 0, verdict: healthy }]", "x.yaml").Document!;

        Assert.Equal(("my-probe", "chain", null, VerdictState.Unknown), (chain.Name, chain.Pack, chain.Runs, chain.Otherwise));
        Assert.Equal([AskedPart.Autodiscover, AskedPart.ActiveSync], chain.Asks);
        Assert.Equal([0, 3], chain.Rules[0].ExitCode);
        Assert.Equal("detection", detection.Pack);
        Assert.Equal([AskedPart.Detect], detection.Asks);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task Every_adapter_that_ships_is_valid_and_names_what_exists(string name)
    {
        var (adapter, problems) = AdapterLibrary.Load(name);
        Assert.Empty(problems.Select(problem => problem.ToString()));

        Assert.NotEmpty(adapter!.Command);
        Assert.NotNull(adapter.Title);
        Assert.NotNull(PackLibrary.Find(adapter.Pack!));
        Assert.All(adapter.KnownLimits, limit =>
        {
            Assert.Single(ScenarioLibrary.Find(limit.Key));
            Assert.NotEmpty(limit.Value);
        });
        var causes = ScenarioLibrary.All.Select(scenario => scenario.Scenario.Fault).OfType<FaultDefinition>()
            .SelectMany(fault => new[] { fault.Kind, fault.Layer.ToString().ToLowerInvariant() })
            .ToHashSet();
        Assert.All(adapter.Rules.SelectMany(rule => rule.Cause), cause => Assert.Contains(cause, causes));
        Assert.Empty(await YamlSchema.SchemaErrorsAsync(AdapterFile.Schema(), File.ReadAllText(Path.Combine(Tool.RepositoryRoot, "adapters", name + ".yaml"))));
    }

    [Fact]
    public async Task The_schema_finds_what_the_loader_finds()
    {
        Assert.NotEmpty(await YamlSchema.SchemaErrorsAsync(AdapterFile.Schema(), "title: x\n"));
        Assert.NotEmpty(await YamlSchema.SchemaErrorsAsync(AdapterFile.Schema(), "rules: [{ exitCode: 0, verdict: helthy }]\n"));
        Assert.Empty(await YamlSchema.SchemaErrorsAsync(AdapterFile.Schema(), "rules: [{ exitCode: [0, 1], verdict: healthy }]\nasks: detect\n"));
    }

    [Fact]
    public void An_unknown_adapter_is_rejected_with_the_nearest_name()
    {
        Assert.Equal("opensl: No such file or adapter; did you mean `openssl`?", Assert.Single(AdapterLibrary.Load("opensl").Problems).ToString());
        Assert.Contains("the adapters are check_ssl_cert, curl", Assert.Single(AdapterLibrary.Load("zzzzzzzz").Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adapters/adapter.schema.json")]
    [InlineData("packs/pack.schema.json")]
    public void The_schemas_that_ship_are_those_that_the_model_gives(string file) =>
        GeneratedFile.AssertIs(Path.Combine(Tool.RepositoryRoot, file), file.StartsWith("adapters", StringComparison.Ordinal) ? AdapterFile.Schema() : PackFile.Schema());

    [Fact]
    public void The_adapters_in_the_guides_load()
    {
        var guide = File.ReadAllText(Path.Combine(Tool.RepositoryRoot, "docs", "adapters.md"));
        var example = guide.Split("```yaml\n")[1].Split("```")[0];

        Assert.Empty(AdapterFile.Parse(example, "example.yaml").Problems.Select(problem => problem.ToString()));
        Assert.Empty(AdapterFile.Load(Path.Combine(Tool.RepositoryRoot, "docs", "regress", "curl-once.yaml")).Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void The_tables_of_the_guide_are_those_that_the_model_gives()
    {
        var guide = Path.Combine(Tool.RepositoryRoot, "docs", "adapters.md");
        var placeholders = string.Concat(Placeholders.Known.Select(known => $"| `{{{known.Key}}}` | `{Placeholders.VariableOf(known.Key)}` | {known.Value} |\n"));

        GeneratedFile.AssertPart(guide, "adapter keys", AdapterFile.Reference());
        GeneratedFile.AssertPart(guide, "placeholders", "| placeholder | variable | meaning |\n|---|---|---|\n" + placeholders);
    }
}
