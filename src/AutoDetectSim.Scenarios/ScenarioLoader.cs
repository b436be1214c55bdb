using System.Text.RegularExpressions;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Binding;
using AutoDetectSim.Documents.Yaml;
using AutoDetectSim.Scenarios.Validation;

namespace AutoDetectSim.Scenarios;

/// <summary>
/// Reads scenario files. All problems of a file are found in one pass and reported with line and column; no input, however
/// broken or hostile, makes the loader throw, hang or use more than a few megabytes.
/// </summary>
public static partial class ScenarioLoader
{
    private const string FaultKey = "fault";
    private const string RemedyKey = "remedy";
    private const string ExpectKey = "expect";

    /// <summary>Reads a scenario file.</summary>
    /// <param name="path">The file. Relative paths in the scenario start from its folder.</param>
    /// <returns>The scenario with its defaults filled in, or every problem. A file that cannot be read is a problem, not an exception.</returns>
    public static ScenarioLoadResult Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var problems = new ProblemSink(path);
        return YamlFile.Read(path, "scenario", problems) is { } text
            ? Parse(text, path, Path.GetDirectoryName(Path.GetFullPath(path)))
            : new ScenarioLoadResult { Problems = problems.Problems };
    }

    /// <summary>Reads a scenario from text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="fileName">The file name in problems, and the default name of the scenario.</param>
    /// <param name="baseDirectory">The folder that relative paths in the scenario start from; null: they cannot be resolved.</param>
    /// <returns>The scenario with its defaults filled in, or every problem.</returns>
    public static ScenarioLoadResult Parse(string yaml, string fileName, string? baseDirectory)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentNullException.ThrowIfNull(fileName);
        var problems = new ProblemSink(fileName);
        if (yaml.Length > YamlLimits.FileBytes)
        {
            problems.Add(new SourcePosition(1, 1), $"The text has more than {YamlLimits.FileBytes} characters");
            return new ScenarioLoadResult { Problems = problems.Problems };
        }

        var scenario = Read(yaml, fileName, baseDirectory, problems);
        if (!problems.IsEmpty || scenario is null)
        {
            return new ScenarioLoadResult { Problems = problems.Problems };
        }

        if (scenario.Fault?.Repaired is { } repaired)
        {
            SoundScenarios.Add(repaired);
        }

        return new ScenarioLoadResult { Scenario = SoundScenarios.Add(scenario), Problems = problems.Problems };
    }

    private static Scenario? Read(string yaml, string fileName, string? baseDirectory, ProblemSink problems)
    {
        var root = YamlComposer.Compose(yaml, problems);
        if (root is null)
        {
            return null;
        }

        if (root is not YamlMap map)
        {
            problems.Add(root.Position, "A scenario must be a mapping with keys such as `name`, `loadBalancers` and `expect`");
            return null;
        }

        var scenario = Bind(map, fileName, baseDirectory, problems);
        ScenarioValidator.Validate(scenario, problems);
        if (scenario.Fault is null || (map.Find(FaultKey) as YamlMap)?.Find(RemedyKey) is not { } remedy)
        {
            return scenario;
        }

        problems.ForgetPlaces();
        var repaired = Repair(map, remedy, problems) is { } merged ? Bind(merged, fileName, baseDirectory, problems) : scenario;
        repaired = repaired with
        {
            Fault = null,
            Expect = scenario.Fault.ExpectFixed.Count > 0 ? scenario.Fault.ExpectFixed : ScenarioDefaults.ExpectFixed(scenario.Expect),
        };
        ScenarioValidator.Validate(repaired, problems);
        return scenario with { Fault = scenario.Fault with { Repaired = repaired } };
    }

    private static YamlMap? Repair(YamlMap map, YamlNode remedy, ProblemSink problems)
    {
        var body = map.Without(FaultKey, ExpectKey);
        if (remedy is not YamlMap changes)
        {
            problems.Add(remedy.Position, $"`{RemedyKey}` must be a mapping with the changed parts of the scenario");
            return null;
        }

        foreach (var entry in changes.Entries.Where(entry => entry.Key is FaultKey or ExpectKey))
        {
            problems.Add(entry.KeyPosition, $"`{RemedyKey}` cannot change `{entry.Key}`; write the expectations of the repaired world in `expectFixed`", entry.Key);
        }

        return (YamlMap)new OverlayMerger(problems).Merge(body, changes, ScenarioModel.Root, ModelPath.Root);
    }

    private static Scenario Bind(YamlMap map, string fileName, string? baseDirectory, ProblemSink problems)
    {
        problems.Locate(ModelPath.Root, map.Position);
        var bound = (Scenario)new ModelBinder(problems, ScenarioForms.All).BindRecord(map, ScenarioModel.Root, ModelPath.Root);
        return ScenarioDefaults.Complete(bound with
        {
            Name = bound.Name.Length > 0 ? bound.Name : NameOf(fileName),
            BaseDirectory = baseDirectory,
        });
    }

    private static string NameOf(string fileName)
    {
        var name = string.Join('-', NoNameCharacters().Split(Path.GetFileNameWithoutExtension(fileName))).Trim('-');
        return name.Length is 0 or > 60 ? "scenario" : name;
    }

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NoNameCharacters();
}
