using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Binding;
using AutoDetectSim.Documents.Writing;
using AutoDetectSim.Documents.Yaml;
using AutoDetectSim.Scenarios.Validation;

namespace AutoDetectSim.Scenarios;

/// <summary>A file with changes of a scenario, in the form of the scenario itself, as the <c>remedy</c> of a fault has them.</summary>
internal static class ScenarioOverlay
{
    private static readonly string[] NotInOverlay = ["fault", "expect"];

    /// <summary>Finds every problem of a file of changes, and of the scenario that they make.</summary>
    /// <param name="path">The file.</param>
    /// <param name="scenario">What it changes.</param>
    public static IReadOnlyList<DocumentProblem> Check(string path, Scenario scenario)
    {
        var problems = new ProblemSink(path);
        if (YamlFile.Read(path, "file of changes", problems) is { } text)
        {
            Check(text, scenario, problems);
        }

        return WithPlace(problems);
    }

    /// <summary>Finds every problem of a text of changes, and of the scenario that they make.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="fileName">The file name in problems.</param>
    /// <param name="scenario">What it changes.</param>
    public static IReadOnlyList<DocumentProblem> Check(string yaml, string fileName, Scenario scenario)
    {
        var problems = new ProblemSink(fileName);
        Check(yaml, scenario, problems);
        return WithPlace(problems);
    }

    // What has no place in the file follows from what has one.
    private static IReadOnlyList<DocumentProblem> WithPlace(ProblemSink problems) =>
        problems.Problems.Where(problem => problem.Line > 0).ToList() is { Count: > 0 } placed ? placed : problems.Problems;

    private static void Check(string yaml, Scenario scenario, ProblemSink problems)
    {
        if (YamlComposer.Compose(yaml, problems) is not { } root)
        {
            return;
        }

        if (root is not YamlMap changes)
        {
            problems.Add(root.Position, $"Changes must be a mapping with the changed parts of the scenario `{scenario.Name}`, for example `loadBalancers`");
            return;
        }

        foreach (var entry in changes.Entries.Where(entry => NotInOverlay.Contains(entry.Key, StringComparer.OrdinalIgnoreCase)))
        {
            problems.Add(entry.KeyPosition, $"Changes cannot change `{entry.Key}`", entry.Key);
        }

        scenario = ScenarioDefaults.Complete(scenario);
        var before = ModelTree.Of(scenario with { Fault = null, Expect = [] }, ScenarioModel.Root);
        var after = (YamlMap)new OverlayMerger(problems).Merge(before, changes.Without(NotInOverlay), ScenarioModel.Root, ModelPath.Root);
        problems.Locate(ModelPath.Root, changes.Position);
        var bound = (Scenario)new ModelBinder(problems, ScenarioForms.All).BindRecord(after, ScenarioModel.Root, ModelPath.Root);
        if (problems.IsEmpty)
        {
            ScenarioValidator.Validate(ScenarioDefaults.Complete(bound with { BaseDirectory = scenario.BaseDirectory }), problems);
        }
    }
}
