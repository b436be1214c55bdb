using AutoDetectSim.Training.Library;
using AutoDetectSim.Training.Testing;

namespace AutoDetectSim.Training.Tests;

/// <summary>What the author of a lesson is told by learn test.</summary>
public sealed class LessonTesterTests
{
    private static readonly LessonTester Tester = new((_, _) => Task.FromResult((0, string.Empty)));

    [Fact]
    public async Task A_sound_lesson_passes_with_every_seed()
    {
        using var text = Sound();
        var result = await TestAsync(text, 1, 2);
        Assert.True(result.IsPassed, Shown(result));
        Assert.Equal([1, 2], result.Seeds);
    }

    [Fact]
    public async Task Every_problem_is_reported_at_once()
    {
        using var text = Sound();
        text.Replace("lesson.yaml", "successRate: 0.333333333333", "successRate: 0.9")
            .Replace("lesson.yaml", "kind: missingIntermediate", "kind: expiredLeaf")
            .Write("solution.yaml", """
                steps:
                  - diagnose: { host: autodiscover.contoso.com, nodes: "{broken}", fault: expiredLeaf, layer: certificate, certificate: issuing }
                  - fix: "contoso: build 15.2.1544.4"
                  - fix: "perimeter/ex01: present complete"
                  - fix: "root: trusted false"
                wrong:
                  - { fix: ["perimeter/{broken}: present complete"], effect: harmful }

                """);
        var result = await TestAsync(text, 1, 2);
        foreach (var expected in (string[])
        [
            "lesson.yaml, expect 1: anna@contoso.com: ",
            "lesson.yaml, faults, kind: `kind` is expiredLeaf, but the servers show missingIntermediate.",
            "solution.yaml, step 2 (fix: contoso: build 15.2.1544.4): This step does nothing.",
            "solution.yaml, step 4 (fix: root: trusted false): The customer cannot change which roots clients trust",
            "solution.yaml, wrong 1 (perimeter/{broken}: present complete): `effect` is harmful, but this repair is reported as helped.",
            "solution.yaml: After the last step, learn verify says: ",
        ])
        {
            Assert.True(result.Problems.Any(problem => $"{problem.Place}: {problem.Message}".StartsWith(expected, StringComparison.Ordinal)), $"{expected}\n{Shown(result)}");
        }

        Assert.Equal([1, 2], result.Problems.First(problem => problem.Place.Contains("kind", StringComparison.Ordinal)).Seeds);
    }

    [Fact]
    public async Task A_fault_named_for_other_settings_is_found_too()
    {
        using var text = Sound();
        text.Replace("lesson.yaml", "perimeter/{broken}: present missingIntermediate", "perimeter/{broken}: fault reset")
            .Replace("lesson.yaml", "kind: missingIntermediate", "kind: refused")
            .Replace("lesson.yaml", "layer: certificate", "layer: network")
            .Replace("lesson.yaml", "    certificate: issuing\n", string.Empty);
        var result = await TestAsync(text, 1);
        Assert.Contains(result.Problems, problem => problem.Message == "`kind` is refused, but in the scenario library these settings are reset.");
    }

    [Theory]
    [InlineData("lesson.yaml", "title: Two of three", "title: Two of {brokn}")]
    [InlineData("lesson.yaml", "goals: [Find it.]", "goals: [\"Find {brokn}.\"]")]
    [InlineData("symptom.md", "now and then", "on {brokn} now and then")]
    [InlineData("explanation.md", "{broken}", "{brokn}")]
    [InlineData("solution.yaml", "steps:", "steps:\n  - run: detect {brokn}")]
    [InlineData("solution.yaml", "steps:", "steps:\n  - diagnose: { nodes: \"{brokn}\", fault: missingIntermediate }")]
    public async Task An_unknown_name_in_braces_is_found_in_any_text(string file, string before, string after)
    {
        using var text = new LessonText();
        text.Replace(file, before, after);
        var result = await TestAsync(text, 1);
        Assert.Contains(result.Files, problem => problem.File.EndsWith(file, StringComparison.Ordinal) && problem.Line > 0 && problem.Message.Contains("`draws` does not define `brokn`; did you mean `{broken}`?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tool_that_cannot_run_is_a_problem_of_its_step()
    {
        using var text = Sound();
        text.Replace("solution.yaml", "steps:", "steps:\n  - run: check nowhere");
        var tester = new LessonTester((arguments, _) => Task.FromResult((2, "No such " + string.Join(' ', arguments))));
        var result = await tester.TestAsync("two-of-three", LessonLibrary.Load(text.Folder), [1], progress: null, TestContext.Current.CancellationToken);
        Assert.Contains(result.Problems, problem => problem is { Place: "solution.yaml, step 1 (run: check nowhere)", Message: "autodetectsim ended with exit code 2: No such check nowhere" });
    }

    private static LessonText Sound() => new LessonText()
        .Replace("lesson.yaml", "successRate: 0.5", "successRate: 0.333333333333")
        .Replace("solution.yaml", "steps:", "steps:\n  - diagnose: { host: autodiscover.contoso.com, nodes: \"{broken}\", fault: missingIntermediate, layer: certificate, certificate: issuing }");

    private static Task<LessonTestResult> TestAsync(LessonText text, params int[] seeds) =>
        Tester.TestAsync("two-of-three", LessonLibrary.Load(text.Folder), seeds, progress: null, TestContext.Current.CancellationToken);

    private static string Shown(LessonTestResult result) => string.Join('\n', [.. result.Files.Select(problem => problem.ToString()), .. result.Problems.Select(problem => $"{problem.Place}: {problem.Message}")]);
}
