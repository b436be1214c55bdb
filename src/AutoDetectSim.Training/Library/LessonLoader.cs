using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Documents.Reference;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Training.Library;

/// <summary>Reads the files of a lesson. Every problem in all of them is found in one pass and reported with its place.</summary>
internal static class LessonLoader
{
    /// <summary>Reads a lesson.</summary>
    public static LessonResult Load(LessonFiles files)
    {
        var problems = new List<DocumentProblem>();
        var symptom = ReadText(files, LessonFiles.Symptom, problems);
        var explanation = ReadText(files, LessonFiles.Explanation, problems);
        Scenario? world = null;
        var definition = ReadYaml<LessonDefinition>(files, LessonFiles.Lesson, LessonModel.Lesson, "lesson", "`title`, `faults` and `hints`", problems, (lesson, sink) =>
        {
            world = ReadWorld(files, lesson, sink, problems);
            LessonRules.Check(files, lesson, world, sink);
        });
        var solution = ReadYaml<SolutionDefinition>(files, LessonFiles.Solution, LessonModel.Solution, "solution", "`steps` and `wrong`", problems, (solution, sink) =>
        {
            if (definition is not null && world is not null)
            {
                SolutionRules.Check(solution, definition, world, sink);
            }
        });
        foreach (var (text, file) in ((string?, string)[])[(symptom, LessonFiles.Symptom), (explanation, LessonFiles.Explanation)])
        {
            if (text is null || definition is null)
            {
                continue;
            }

            var sink = new ProblemSink(files.PathOf(file));
            if (world is not null && file is LessonFiles.Symptom)
            {
                HintRules.CheckSymptom(text, definition, world, sink);
            }

            TextRules.Check(text, definition, sink);
            problems.AddRange(sink.Problems);
        }

        return problems.Count > 0
            ? new LessonResult(null, problems)
            : new LessonResult(
                new Lesson { Name = files.Name, Definition = definition!, World = world!, Symptom = symptom!, Explanation = explanation!, Solution = solution! },
                []);
    }

    /// <summary>The JSON Schema of <c>lesson.yaml</c>.</summary>
    public static string Schema() => DocumentSchema.Generate(LessonModel.Lesson);

    /// <summary>The JSON Schema of <c>solution.yaml</c>.</summary>
    public static string SolutionSchema() => DocumentSchema.Generate(LessonModel.Solution);

    /// <summary>The reference of <c>lesson.yaml</c> in Markdown.</summary>
    public static string Reference() => DocumentReference.Generate(LessonModel.Lesson);

    /// <summary>The reference of <c>solution.yaml</c> in Markdown.</summary>
    public static string SolutionReference() => DocumentReference.Generate(LessonModel.Solution);

    private static T? ReadYaml<T>(LessonFiles files, string file, DocumentModel model, string noun, string keys, List<DocumentProblem> problems, Action<T, ProblemSink> check)
        where T : class
    {
        var sink = new ProblemSink(files.PathOf(file));
        if (files.Read(file, sink) is not { } text)
        {
            problems.AddRange(sink.Problems);
            return null;
        }

        var (document, wrong) = new DocumentReader<T>(model, noun, keys, static (read, _) => read, check).Parse(text, files.PathOf(file));
        problems.AddRange(wrong);
        return document;
    }

    private static Scenario? ReadWorld(LessonFiles files, LessonDefinition lesson, ProblemSink sink, List<DocumentProblem> problems)
    {
        ScenarioLoadResult loaded;
        if (lesson.World is not { Length: > 0 } name)
        {
            if (!files.Has(LessonFiles.World))
            {
                sink.AddAt(ModelPath.Root, $"The lesson has no world: write {LessonFiles.World}, or name a scenario of the library in `world`");
                return null;
            }

            var worldSink = new ProblemSink(files.PathOf(LessonFiles.World));
            var text = files.Read(LessonFiles.World, worldSink);
            loaded = text is null ? new ScenarioLoadResult { Problems = worldSink.Problems } : ScenarioLoader.Parse(text, files.PathOf(LessonFiles.World), files.Folder);
            problems.AddRange(loaded.Problems);
        }
        else if (files.Has(LessonFiles.World))
        {
            sink.AddAt(ModelPath.Root / "world", $"The lesson has two worlds: this one, and {LessonFiles.World}", name);
            return null;
        }
        else if (ScenarioLibrary.Find(name) is not [var found])
        {
            var nearest = ScenarioLibrary.Nearest(name);
            sink.AddAt(ModelPath.Root / "world", $"The library has no scenario `{name}`" + (nearest is null ? string.Empty : $"; did you mean `{nearest}`?"), name, nearest);
            return null;
        }
        else
        {
            loaded = new ScenarioLoadResult { Scenario = found.Scenario.WithoutFault(), Problems = [] };
        }

        if (loaded.Scenario is { Fault: not null })
        {
            problems.Add(new DocumentProblem { File = files.PathOf(LessonFiles.World), Message = "The world of a lesson must be healthy: move its `fault` to `faults` in lesson.yaml" });
        }

        return loaded.Scenario is null ? null : loaded.Scenario with { Fault = null, Expect = [] };
    }

    private static string? ReadText(LessonFiles files, string file, List<DocumentProblem> problems)
    {
        var sink = new ProblemSink(files.PathOf(file));
        var text = files.Read(file, sink);
        if (text is not null && string.IsNullOrWhiteSpace(text))
        {
            sink.Add(default, "The file is empty");
        }

        problems.AddRange(sink.Problems);
        return text?.ReplaceLineEndings("\n");
    }
}
