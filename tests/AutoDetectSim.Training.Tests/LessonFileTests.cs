using AutoDetectSim.Training.Progress;
using AutoDetectSim.Scenarios.Library;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Library;

namespace AutoDetectSim.Training.Tests;

public sealed class LessonFileTests
{
    private static readonly string Folder = Path.Combine(Tool.RepositoryRoot, "scenarios", "lessons");

    public static TheoryData<string> Shipped => [.. Directory.EnumerateDirectories(Folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    /// <summary>A change of a valid lesson, and every problem that it causes.</summary>
    public static TheoryData<string, Action<LessonText>, string[]> Bad => new()
    {
        { "nothing to do", lesson => lesson.Cut("faults:", "hints:").Cut("draws:", "hints:"), ["lesson.yaml:2:1: The lesson must have `faults` or `questions`"] },
        { "no explanation", lesson => lesson.Delete("explanation.md"), ["explanation.md: File not found"] },
        { "empty symptom", lesson => lesson.Write("symptom.md", " \n"), ["symptom.md: The file is empty"] },
        { "no world", lesson => lesson.Delete("world.yaml"), ["lesson.yaml:2:1: The lesson has no world: write world.yaml, or name a scenario of the library in `world`"] },
        { "unknown world", lesson => lesson.Delete("world.yaml").Replace("lesson.yaml", "time: 5m", "time: 5m\nworld: one-of-tow"), ["lesson.yaml:5:8: The library has no scenario `one-of-tow`; did you mean `one-of-two`?"] },
        { "two worlds", lesson => lesson.Replace("lesson.yaml", "time: 5m", "time: 5m\nworld: one-of-two"), ["lesson.yaml:5:8: The lesson has two worlds: this one, and world.yaml"] },
        { "world with a fault", lesson => lesson.Write("world.yaml", File.ReadAllText(Path.Combine(Tool.RepositoryRoot, "scenarios", "one-of-two.yaml"))), ["world.yaml: The world of a lesson must be healthy: move its `fault` to `faults` in lesson.yaml"] },
        { "bad world", lesson => lesson.Replace("world.yaml", "nodes:", "noodes:"), ["world.yaml:3:"] },
        { "step for nobody", lesson => lesson.Replace("lesson.yaml", "  - break:", "  - id: chain\n    break:").Replace("solution.yaml", "  - fix:", "  - when: chian\n    fix:"), ["solution.yaml:3:11: No fault of the lesson has the id `chian`; did you mean `chain`?"] },
        {
            "several at once",
            lesson => lesson.Replace("lesson.yaml", "level: 2", "level: 5").Replace("lesson.yaml", "kind: missingIntermediate", "kind: missingIntermediat").Replace("lesson.yaml", "count: 2", "count: 4"),
            [
                "lesson.yaml:3:8: `level` must be 1 to 4, not 5",
                "lesson.yaml:8:38: `perimeter` has 3 nodes: too few to draw 4",
                "lesson.yaml:11:11: Unknown fault `missingIntermediat`; did you mean `missingIntermediate`?",
            ]
        },
        { "misspelt draw", lesson => lesson.Replace("lesson.yaml", "perimeter/{broken}", "perimeter/{brokn}"), ["lesson.yaml:10:13: `draws` does not define `brokn`; did you mean `{broken}`?"] },
        { "draw of nothing", lesson => lesson.Replace("lesson.yaml", "{ nodes: perimeter, count: 2 }", "{ count: 2 }"), ["lesson.yaml:8:3: A draw must have `nodes` (of a load balancer) or `oneOf` (texts)", "lesson.yaml:10:13: "] },
        { "change of nothing", lesson => lesson.Replace("lesson.yaml", "present missingIntermediate", "present complete"), ["lesson.yaml:10:5: These changes have no effect on the world"] },
        { "change that cannot be", lesson => lesson.Replace("lesson.yaml", "present missingIntermediate", "presnt missingIntermediate"), ["lesson.yaml:10:13: A node has no `presnt`; did you mean `present`?"] },
        { "unknown host", lesson => lesson.Replace("lesson.yaml", "host: autodiscover.contoso.com", "host: autodiscover.contoso.org"), ["lesson.yaml:13:11: Unknown host `autodiscover.contoso.org`; did you mean `autodiscover.contoso.com`?"] },
        { "unknown certificate", lesson => lesson.Replace("lesson.yaml", "certificate: issuing", "certificate: isuing"), ["lesson.yaml:15:18: Unknown certificate or authority `isuing`; did you mean `issuing`?"] },
        { "unknown node", lesson => lesson.Replace("lesson.yaml", "nodes: \"{broken}\"", "nodes: ex07"), ["lesson.yaml:14:12: Unknown node `ex07`; did you mean `ex01`?"] },
        { "two hints", lesson => lesson.Replace("lesson.yaml", ", Third hint.]", "]"), ["lesson.yaml:17:1: A lesson must have 3 hints, not 2: a question, a pointer, and almost the answer"] },
        { "unknown prerequisite", lesson => lesson.Replace("lesson.yaml", "time: 5m", "time: 5m\nprerequisites: [nothing-like-it]"), ["lesson.yaml:5:17: No lesson `nothing-like-it` in the folder of this one"] },
        { "question without a place", lesson => lesson.Replace("lesson.yaml", "hints:", "questions: { a: { ask: Why? } }\nhints:"), ["lesson.yaml:17:14: A question must name exactly one place of its answer: `header`, `body`, `debug`, `token`, `nodesOf`, `nodesInServiceOf`, `certificatesOf`, `issuerUrlOf`, `client` or `fact`"] },
        { "question about nothing", lesson => lesson.Replace("lesson.yaml", "hints:", "questions: { a: { ask: Why?, issuerUrlOf: perimetr }, b: { ask: Who?, client: window } }\nhints:"), ["lesson.yaml:17:43: Unknown load balancer `perimetr`; did you mean `perimeter`?", "lesson.yaml:17:79: Unknown value `window` in `client`; did you mean `windows`?"] },
        { "variation that cannot be", lesson => lesson.Replace("lesson.yaml", "faults:", "vary: [\"perimeter/{brokn}: up false\"]\nfaults:"), ["lesson.yaml:9:8: `draws` does not define `brokn`; did you mean `{broken}`?"] },
        { "variation of nothing", lesson => lesson.Replace("lesson.yaml", "faults:", "vary: [\"perimeter/{broken}: upp false\"]\nfaults:"), ["lesson.yaml:9:8: A node has no `upp`; did you mean `up`?"] },
        { "expectation that cannot be", lesson => lesson.Replace("lesson.yaml", "successRate: 0.5", "successRate: 0.5, errors: { CERT_HAS_EXPIRED: 9 }"), ["lesson.yaml:16:"] },
        { "step of two kinds", lesson => lesson.Replace("solution.yaml", "- fix:", "- run: check\n    fix:"), ["solution.yaml:3:5: A step must have exactly one of `run`, `answer`, `diagnose` and `fix`"] },
        { "no wrong repairs", lesson => lesson.Cut("solution.yaml", "wrong:"), ["solution.yaml:2:1: A lesson with faults must also have `wrong` repairs, which the lesson must tell from correct ones"] },
        { "answer to no question", lesson => lesson.Replace("solution.yaml", "- fix:", "- answer: { question: a, value: b }\n  - fix:"), ["solution.yaml:3:25: The lesson has no question `a`"] },
        { "symptom that knows", lesson => lesson.Write("symptom.md", "Our ex01 answers UNABLE_TO_VERIFY_LEAF_SIGNATURE.\n"), ["symptom.md: The customer cannot know a code: `UNABLE_TO_VERIFY_LEAF_SIGNATURE`", "symptom.md: The customer cannot know a node: `ex01`"] },
    };

    /// <summary>The number of a hint, a text, and what it must not name; nothing where it is allowed.</summary>
    public static TheoryData<int, string, string?> Hints => new()
    {
        { 1, "Is it the same thing each time?", null },
        { 1, "Which intermediate certificate is it?", "a layer: `certificate`" },
        { 1, "Look at the chain.", "a layer: `chain`" },
        { 1, "Is it a missing intermediate?", "the fault: `missing intermediate`" },
        { 1, "Look at issuing.", "a certificate: `issuing`" },
        { 1, "Look at root, it is \"root\".", "a certificate: `root`" },
        { 1, "Ask ex02.", "a node: `ex02`" },
        { 1, "What could be installed?", "a repair: `installed`" },
        { 2, "Compare the certificates that two of them send.", null },
        { 2, "Is missingIntermediate a word?", "the fault: `missingIntermediate`" },
        { 2, "See that an intermediate certificate is missing.", "the fault: `an intermediate certificate is missing`" },
        { 2, "EX02 is one.", "a node: `ex02`" },
        { 2, "Say perimeter/x: present complete.", "a repair: `perimeter/x: present`" },
        { 2, "Use learn fix.", "a repair: `learn fix`" },
        { 3, "An intermediate certificate is missing: install it.", null },
        { 3, "It is ex03.", "a node: `ex03`" },
        { 3, "It is {broken}.", "Hints cannot contain `{broken}`" },
    };

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task Every_lesson_that_ships_is_sound_and_fits_the_schemas(string name)
    {
        var (lesson, problems) = LessonLibrary.Load(Path.Combine(Folder, name));
        Assert.Empty(problems.Select(problem => problem.ToString()));
        Assert.Equal(lesson!.Name, LessonLibrary.Load(name).Lesson!.Name);

        Assert.Empty(await YamlSchema.SchemaErrorsAsync(LessonLoader.Schema(), File.ReadAllText(Path.Combine(Folder, name, "lesson.yaml"))));
        Assert.Empty(await YamlSchema.SchemaErrorsAsync(LessonLoader.SolutionSchema(), File.ReadAllText(Path.Combine(Folder, name, "solution.yaml"))));
        Assert.StartsWith("# yaml-language-server: $schema=../lesson.schema.json\n", File.ReadAllText(Path.Combine(Folder, name, "lesson.yaml")), StringComparison.Ordinal);
        Assert.Contains("prevent", lesson.Explanation, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("## Further reading", lesson.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Lessons_are_in_an_order_in_which_each_comes_after_its_prerequisites()
    {
        var lessons = LessonLibrary.All;
        Assert.Equal(Directory.EnumerateDirectories(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), LessonLibrary.Names);
        Assert.Equal(lessons.Select(lesson => lesson.Definition.Order).Distinct(), lessons.Select(lesson => lesson.Definition.Order));
        foreach (var lesson in lessons)
        {
            Assert.All(lesson.Definition.Prerequisites, name => Assert.True(lessons.Single(other => other.Name == name).Definition.Order < lesson.Definition.Order));
        }
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Every_problem_of_a_lesson_is_told_at_once_with_its_place(string name, Action<LessonText> change, string[] expected)
    {
        using var text = new LessonText();
        change(text);

        var (lesson, problems) = LessonLibrary.Load(text.Folder);

        Assert.NotNull(name);
        Assert.Null(lesson);
        var told = problems.Select(problem => problem.ToString().Replace(text.Folder + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal)).ToList();
        Assert.True(expected.Length == told.Count && expected.Zip(told).All(pair => pair.Second.StartsWith(pair.First, StringComparison.Ordinal)), string.Join('\n', told));
    }

    [Theory]
    [MemberData(nameof(Hints))]
    public void A_hint_names_no_more_than_its_level_should(int number, string hint, string? named)
    {
        using var text = new LessonText();
        string[] hints = ["Why?", "Where?", "Third hint."];
        hints[number - 1] = hint;
        text.Replace("lesson.yaml", "[Why?, Where?, Third hint.]", "[" + string.Join(", ", hints.Select(one => $"'{one}'")) + "]");

        var problems = LessonLibrary.Load(text.Folder).Problems.Select(problem => problem.Message).ToList();

        Assert.True(named is null ? problems.Count == 0 : problems.Any(problem => problem.Contains(named, StringComparison.Ordinal)), string.Join('\n', problems));
    }

    [Fact]
    public void An_unknown_lesson_is_rejected_with_the_nearest_name() =>
        Assert.Equal("one-in-twnty: No folder with a lesson.yaml, and no lesson, has this name; did you mean `one-in-twenty`?", Assert.Single(LessonLibrary.Load("one-in-twnty").Problems).ToString());

    [Fact]
    public void Lessons_are_not_taken_for_scenarios()
    {
        Assert.DoesNotContain(ScenarioLibrary.All, scenario => scenario.Id.Contains("lesson", StringComparison.Ordinal) || scenario.Name is "world" or "solution");
        foreach (var folder in new[] { Path.Combine(Tool.RepositoryRoot, "scenarios"), Folder, Path.Combine(Folder, "one-in-twenty") })
        {
            var problems = new List<string>();
            Assert.DoesNotContain(ScenarioSelection.Find([folder], string.Empty, problems), file => file.Contains("one-in-twenty" + Path.DirectorySeparatorChar, StringComparison.Ordinal));
            Assert.Empty(problems);
        }
    }

    [Fact]
    public void Every_fault_of_the_scenario_library_has_a_word_with_a_meaning()
    {
        var kinds = ScenarioLibrary.All.Select(scenario => scenario.Scenario.Fault?.Kind).OfType<string>().Distinct().ToList();
        Assert.All(kinds, kind => Assert.True(FaultCatalogue.Contains(kind), kind));
        Assert.All(FaultCatalogue.Words, word => Assert.NotEqual(word, FaultCatalogue.MeaningOf(word)));
    }

    [Theory]
    [InlineData("lesson.schema.json")]
    [InlineData("solution.schema.json")]
    public void The_schemas_that_ship_are_those_that_the_model_gives(string file) =>
        GeneratedFile.AssertIs(Path.Combine(Folder, file), file.StartsWith("lesson", StringComparison.Ordinal) ? LessonLoader.Schema() : LessonLoader.SolutionSchema());

    [Fact]
    public void The_tables_of_the_guide_are_those_that_the_model_gives()
    {
        var guide = Path.Combine(Tool.RepositoryRoot, "docs", "lessons.md");
        GeneratedFile.AssertPart(guide, "points", ScoreRules.Describe());
        GeneratedFile.AssertPart(guide, "lesson keys", LessonLoader.Reference());
        GeneratedFile.AssertPart(guide, "solution keys", LessonLoader.SolutionReference());
    }
}
