using System.Globalization;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Library;
using AutoDetectSim.Training.Testing;

namespace AutoDetectSim.FunctionalTests.Learn;

/// <summary>Tests every lesson that ships, so that none can rot. AUTODETECTSIM_LESSON_SEEDS sets the number of seeds, for example 20.</summary>
public sealed class LessonSolutionTests
{
    private const int FirstSeed = 1;

    public static TheoryData<string> Lessons { get; } = [.. LessonLibrary.Names];

    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(Lessons))]
    public async Task A_lesson_is_as_its_author_says(string name)
    {
        var loaded = LessonLibrary.Load(name);
        var seeds = int.TryParse(Environment.GetEnvironmentVariable("AUTODETECTSIM_LESSON_SEEDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Enumerable.Range(FirstSeed, count) : SeedsOfFamily(loaded.Lesson!);
        var tester = new LessonTester(async (arguments, _) =>
        {
            var result = await InProcessCommand.RunAsync([.. arguments]);
            return (result.ExitCode, result.Error);
        });
        var result = await tester.TestAsync(name, loaded, [.. seeds], progress: null, TestContext.Current.CancellationToken);
        Assert.True(result.IsPassed, string.Join('\n', result.Problems.Select(problem => $"{problem.Place}: {problem.Message} (seeds {string.Join(", ", problem.Seeds)})")));
    }

    [Fact]
    public void Every_trainee_gets_another_map()
    {
        foreach (var lesson in LessonLibrary.All.Where(lesson => lesson.Definition.Draws.Count > 0))
        {
            var maps = Enumerable.Range(1, 8).Select(trainee => LessonCase.Draw(lesson, LessonCase.SeedOf(trainee, lesson.Name, attempt: 1)))
                .Select(drawn => string.Join(' ', lesson.Definition.Draws.Select(draw => drawn.Draws.Fill("{" + draw.Name + "}"))));
            Assert.True(maps.Distinct(StringComparer.Ordinal).Count() > 1, lesson.Name);
        }
    }

    /// <summary>The first seeds with which every fault of a lesson has been drawn at least once.</summary>
    private static IEnumerable<int> SeedsOfFamily(Lesson lesson)
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = FirstSeed; seed == FirstSeed || lesson.Definition.Faults.Any(fault => fault.Id is { } id && !met.Contains(id)); seed++)
        {
            var before = met.Count;
            met.UnionWith(LessonCase.Draw(lesson, seed).Faults.Select(fault => fault.Id).OfType<string>());
            if (seed == FirstSeed || met.Count > before)
            {
                yield return seed;
            }
        }
    }
}
