using System.Text.RegularExpressions;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Documents.Yaml;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Cli.Mcp;

/// <summary>
/// Scenarios and changes from an assistant, which name no files of this computer: keys that take a path are refused. However a key is
/// written, paths start from an empty folder, or from the files that the library has beside a scenario.
/// </summary>
internal static partial class FilelessScenario
{
    private const string Mappings = "mappings";

    private static readonly string[] CertificateKeys = ["file", "keyFile"];

    private static readonly Lazy<string> EmptyFolder = new(() =>
    {
        var folder = OwnedFolder.CreateTemporary();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        return folder.Path;
    });

    /// <summary>A scenario of the library, by its name or id.</summary>
    /// <exception cref="InputException">There is none, or several.</exception>
    public static LibraryScenario Named(string name) => ScenarioLibrary.Find(name) switch
    {
        [var only] => only,
        [_, _, ..] several => throw new InputException($"The library has {several.Count} scenarios named '{name}': {string.Join(", ", several)}. Give one of these."),
        _ => throw new InputException(
            $"The library has no scenario '{EscapedText.OneLine(name)}'{(ScenarioLibrary.Nearest(name) is { } nearest ? $"; did you mean '{nearest}'?" : ".")} Files are not read: give the text of a scenario as `yaml`."),
    };

    /// <summary>A scenario of the library to be started.</summary>
    /// <exception cref="InputException">There is none, or several.</exception>
    public static Scenario OfLibrary(string name) => Named(name).Scenario is { BaseDirectory: null } scenario ? scenario with { BaseDirectory = EmptyFolder.Value } : Named(name).Scenario;

    /// <summary>A scenario from its text.</summary>
    /// <exception cref="InputException">It names files, or is not valid; the message has every problem.</exception>
    public static Scenario Parse(string yaml)
    {
        if (YamlComposer.Compose(yaml, new ProblemSink("yaml")) is YamlMap map && PathIn(map) is { } path)
        {
            throw Refused($"`{path.Key}` (line {path.KeyPosition.Line})");
        }

        var loaded = ScenarioLoader.Parse(yaml, "scenario.yaml", EmptyFolder.Value);
        return loaded.Scenario ?? throw new InputException(string.Join(Environment.NewLine, loaded.Problems.Select(problem => problem.ToString())));
    }

    /// <summary>Refuses a change that names a file.</summary>
    /// <exception cref="InputException">It names one.</exception>
    /// <exception cref="ScenarioChangeException">It does not have the form of a change.</exception>
    public static void Check(string change)
    {
        if (KeyOfPath().Match(ScenarioChange.Parse(change).Text) is { Success: true } found)
        {
            throw Refused($"`{found.Groups["key"].Value}`");
        }
    }

    private static InputException Refused(string key) => new($"{key} names a file, and no files of this computer are read for an assistant. A person can run such a scenario with `autodetectsim run`.");

    private static YamlEntry? PathIn(YamlMap world)
    {
        var parts = new[] { world, world.Find("fault") is YamlMap fault ? fault.Find("remedy") as YamlMap : null }.OfType<YamlMap>().ToList();
        return parts.SelectMany(part => Entries(part, [Mappings])
            .Concat(Items(part, "organizations").SelectMany(item => Entries(item, [Mappings])))
            .Concat(Items(part, "certificates").SelectMany(item => Entries(item, CertificateKeys)))).FirstOrDefault();
    }

    private static IEnumerable<YamlMap> Items(YamlMap part, string key) => part.Find(key) is YamlMap named ? named.Entries.Select(entry => entry.Value).OfType<YamlMap>() : [];

    private static IEnumerable<YamlEntry> Entries(YamlMap map, string[] keys) =>
        map.Entries.Where(entry => keys.Contains(entry.Key, StringComparer.OrdinalIgnoreCase) && entry.Value is not YamlScalar { IsNull: true });

    [GeneratedRegex(@"(:\s+|[{,]\s*)[""']?(?<key>mappings|file|keyFile)\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex KeyOfPath();
}
