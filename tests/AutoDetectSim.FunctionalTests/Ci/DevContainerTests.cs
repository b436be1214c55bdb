using System.Text.Json;
using System.Text.RegularExpressions;
using NJsonSchema;

namespace AutoDetectSim.FunctionalTests.Ci;

public sealed partial class DevContainerTests
{
    /// <summary>Dev container metadata with an image, as containers.dev documents them, with the keys that this one may use.</summary>
    private const string Schema = """
        {
          "type": "object",
          "required": ["image"],
          "additionalProperties": false,
          "properties": {
            "name": { "type": "string" },
            "image": { "type": "string", "pattern": "^[a-z0-9.-]+(/[a-z0-9._-]+)+:[A-Za-z0-9._-]+$" },
            "features": { "type": "object", "additionalProperties": { "type": "object", "properties": { "version": { "type": "string" } } } },
            "containerEnv": { "type": "object", "additionalProperties": { "type": "string" } },
            "hostRequirements": {
              "type": "object",
              "additionalProperties": false,
              "properties": { "cpus": { "type": "integer", "minimum": 1 }, "memory": { "type": "string", "pattern": "^\\d+([tgmk]b)?$" } }
            },
            "onCreateCommand": { "$ref": "#/definitions/command" },
            "postCreateCommand": { "$ref": "#/definitions/command" },
            "customizations": { "type": "object", "additionalProperties": { "type": "object" } }
          },
          "definitions": {
            "command": { "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] }
          }
        }
        """;

    [Fact]
    public async Task The_dev_container_has_the_form_that_its_specification_asks_for()
    {
        var schema = await JsonSchema.FromJsonAsync(Schema, TestContext.Current.CancellationToken);
        var text = await TextAsync();

        Assert.Empty(schema.Validate(text));
        Assert.NotEmpty(schema.Validate(text.Replace("\"image\"", "\"imaje\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_dev_container_installs_what_the_README_and_CI_name()
    {
        using var container = JsonDocument.Parse(await TextAsync());
        var features = container.RootElement.GetProperty("features").EnumerateObject().Select(feature => feature.Name).ToList();
        Assert.Contains(features, feature => feature.Contains("/dotnet:", StringComparison.Ordinal));
        Assert.Contains(features, feature => feature.Contains("/node:", StringComparison.Ordinal));

        // Node.js comes as a feature, because Debian 12 has an older one.
        var installed = Words(container.RootElement.GetProperty("onCreateCommand").GetString()!, "install -y ").Concat(["nodejs", "npm"]).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(installed, Words(await ReadAsync("README.md"), "`apt-get install ").Order(StringComparer.Ordinal));
        Assert.Equal(installed, Missing().Matches(await ReadAsync(Path.Combine(".ci", "run"))).Select(match => match.Groups["package"].Value).Order(StringComparer.Ordinal));
    }

    private static string[] Words(string text, string after)
    {
        var start = text.IndexOf(after, StringComparison.Ordinal) + after.Length;
        return text[start..].Split('`', '\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Task<string> TextAsync() => ReadAsync(Path.Combine(".devcontainer", "devcontainer.json"));

    private static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(Path.Combine(Tool.RepositoryRoot, path), TestContext.Current.CancellationToken);

    [GeneratedRegex(@"^need \S+ (?<package>\S+)$|missing\+=\((?<package>[a-z0-9.-]+)\)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Missing();
}
