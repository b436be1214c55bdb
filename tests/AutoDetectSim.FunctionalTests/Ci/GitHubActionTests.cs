using System.Text.RegularExpressions;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.FunctionalTests.Ci;

[Trait("Needs", "tools")]
public sealed partial class GitHubActionTests
{
    /// <summary>The metadata of a composite action, as GitHub documents it, with the keys that this one may use.</summary>
    private const string Schema = """
        {
          "type": "object",
          "required": ["name", "description", "runs"],
          "additionalProperties": false,
          "properties": {
            "name": { "type": "string", "minLength": 1 },
            "author": { "type": "string" },
            "description": { "type": "string", "minLength": 1 },
            "inputs": {
              "type": "object",
              "additionalProperties": {
                "type": "object",
                "required": ["description"],
                "additionalProperties": false,
                "properties": { "description": { "type": "string" }, "required": { "type": "boolean" }, "default": { "type": "string" } }
              }
            },
            "outputs": {
              "type": "object",
              "additionalProperties": {
                "type": "object",
                "required": ["description", "value"],
                "additionalProperties": false,
                "properties": { "description": { "type": "string" }, "value": { "type": "string" } }
              }
            },
            "runs": {
              "type": "object",
              "required": ["using", "steps"],
              "additionalProperties": false,
              "properties": {
                "using": { "enum": ["composite"] },
                "steps": {
                  "type": "array",
                  "minItems": 1,
                  "items": {
                    "type": "object",
                    "oneOf": [
                      {
                        "required": ["run", "shell"],
                        "additionalProperties": false,
                        "properties": {
                          "name": { "type": "string" },
                          "id": { "type": "string" },
                          "run": { "type": "string" },
                          "shell": { "type": "string" },
                          "working-directory": { "type": "string" },
                          "env": { "type": "object", "additionalProperties": { "type": "string" } }
                        }
                      },
                      {
                        "required": ["uses"],
                        "additionalProperties": false,
                        "properties": { "name": { "type": "string" }, "uses": { "type": "string" }, "with": { "type": "object" } }
                      }
                    ]
                  }
                }
              }
            }
          }
        }
        """;

    [Fact]
    public async Task The_metadata_have_the_form_that_GitHub_asks_for()
    {
        var text = await TextAsync();

        Assert.Empty(await YamlSchema.SchemaErrorsAsync(Schema, text));
        Assert.NotEmpty(await YamlSchema.SchemaErrorsAsync(Schema, text.Replace("shell: bash", "shel: bash", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_input_reaches_the_script_as_a_variable_and_never_as_text_of_a_command()
    {
        var root = (YamlMap)YamlComposer.Compose(await TextAsync(), new ProblemSink("action.yml"))!;
        var steps = ((YamlList)((YamlMap)root.Find("runs")!).Find("steps")!).Items.Cast<YamlMap>().ToList();
        var passed = ((YamlMap)steps[^1].Find("env")!).Entries.ToDictionary(entry => entry.Key, entry => ((YamlScalar)entry.Value).Text, StringComparer.Ordinal);
        var inputs = ((YamlMap)root.Find("inputs")!).Entries.Select(entry => entry.Key).Where(name => name != "working-directory");

        Assert.Equal(
            inputs.Select(name => ("ADS_" + name.ToUpperInvariant().Replace('-', '_'), $"${{{{ inputs.{name} }}}}")).Order(),
            passed.Select(one => (one.Key, one.Value)).Order());
        Assert.All(steps.Select(step => step.Find("run")).OfType<YamlScalar>(), run => Assert.DoesNotContain("${{", run.Text, StringComparison.Ordinal));
        Assert.Equal(passed.Keys.Order(StringComparer.Ordinal), Variable().Matches(await File.ReadAllTextAsync(Path.Combine(ActionRun.ActionFolder, "run.sh"), TestContext.Current.CancellationToken)).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));
        var page = await File.ReadAllTextAsync(Path.Combine(Tool.RepositoryRoot, "docs", "github-action.md"), TestContext.Current.CancellationToken);
        Assert.All(inputs, name => Assert.Contains($"| `{name}` |", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a b", "a b")]
    [InlineData("a'b\"c", "a'b\"c")]
    [InlineData("$(touch hacked)", "$(touch hacked)")]
    [InlineData("`touch hacked`; touch hacked", "`touch hacked`; touch hacked")]
    [InlineData("--force", "--force")]
    [InlineData("*", "*")]
    [InlineData("\\n\\", "\\n\\")]
    [InlineData("one\r\n\n  two  \n", "one", "  two  ")]
    public async Task Each_line_of_paths_is_one_argument_whatever_is_in_it(string paths, params string[] arguments)
    {
        using var action = new ActionRun();
        await File.WriteAllTextAsync(Path.Combine(action.Workspace, "some file"), "", TestContext.Current.CancellationToken);
        var (result, noted) = await action.NoteAsync(0, ("PATHS", paths));

        Assert.Equal((0, "exit-code=0\n"), (result.ExitCode, action.Outputs));
        Assert.Equal(["test", "--github", "--", .. arguments], noted);
        Assert.Equal(["some file"], Directory.EnumerateFileSystemEntries(action.Workspace).Select(Path.GetFileName));
    }

    [Fact]
    public async Task The_options_of_regress_are_passed_and_its_exit_code_is_that_of_the_action()
    {
        using var action = new ActionRun();
        var (result, noted) = await action.NoteAsync(
            1, ("COMMAND", "regress"), ("ADAPTER", "--my adapter"), ("PACKS", "chain\nmy pack.yaml"), ("TOOL", "python3\nmy probe.py\n--host\n{host}"), ("ALLOW_KNOWN", "true"), ("JUNIT", "a b.xml"), ("REPORT", "$(x).md"));

        Assert.Equal((1, "exit-code=1\n"), (result.ExitCode, action.Outputs));
        Assert.Equal(["regress", "--github", "--junit=a b.xml", "--adapter=--my adapter", "--report=$(x).md", "--allow-known", "--pack=chain", "--pack=my pack.yaml", "--", "python3", "my probe.py", "--host", "{host}"], noted);
    }

    [Theory]
    [InlineData("The input command must be test or regress.", "COMMAND", "x\n::add-mask::y")]
    [InlineData("The input paths is empty: name scenario files, folders, or scenarios of the library, one per line.", "PATHS", "\n")]
    [InlineData("The inputs adapter, packs, tool, report and allow-known require command: regress.", "TOOL", "curl")]
    public async Task Inputs_that_cannot_be_are_one_annotation_and_exit_code_2(string sentence, string name, string value)
    {
        using var action = new ActionRun();
        var (result, noted) = await action.NoteAsync(0, (name, value));

        Assert.Equal((2, $"::error title=AutoDetectSim::{sentence}\n", "exit-code=2\n"), (result.ExitCode, result.Output, action.Outputs));
        Assert.Empty(noted);
    }

    [Fact]
    public async Task A_scenario_that_is_not_as_expected_is_annotated_by_the_real_command()
    {
        using var action = new ActionRun();
        const string Name = "it's \"mine\".yaml";
        await File.WriteAllTextAsync(
            Path.Combine(action.Workspace, Name), "loadBalancers: { perimeter: { nodes: [ex01] } }\nexpect: [{ detect: your@contoso.com, attempts: 2, successRate: 0 }]\n", TestContext.Current.CancellationToken);
        var result = await action.RunAsync(("PATHS", Name), ("JUNIT", "results.xml"));

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains("::error file=" + Name, result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(action.Workspace, "results.xml")));
        Assert.Equal("exit-code=1\n", action.Outputs);
    }

    private static Task<string> TextAsync() => File.ReadAllTextAsync(Path.Combine(ActionRun.ActionFolder, "action.yml"), TestContext.Current.CancellationToken);

    [GeneratedRegex("ADS_[A-Z_]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Variable();
}
