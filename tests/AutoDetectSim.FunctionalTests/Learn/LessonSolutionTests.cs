using System.Globalization;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Library;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.FunctionalTests.Learn;

/// <summary>Does every lesson that ships as its solution says, so that none can rot.</summary>
public sealed class LessonSolutionTests
{
    private const int FirstSeed = 1;

    public static TheoryData<string, int> LessonsAndSeeds { get; } =
        [.. LessonLibrary.All.SelectMany(lesson => SeedsOfFamily(lesson).Select(seed => new TheoryDataRow<string, int>(lesson.Name, seed)))];

    public static TheoryData<string, int> LessonsWithFaults { get; } =
        [.. LessonLibrary.All.Where(lesson => lesson.Definition.Faults.Count > 0).SelectMany(lesson => SeedsOfFamily(lesson).Select(seed => new TheoryDataRow<string, int>(lesson.Name, seed)))];

    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(LessonsAndSeeds))]
    public async Task The_lab_shows_the_symptom_until_the_steps_of_the_solution_have_been_done(string name, int seed)
    {
        var lesson = LessonLibrary.Load(name).Lesson!;
        using var folder = new TemporaryFolder();
        await using var session = await StartAsync(lesson, seed, folder.Path);

        var seen = await ScenarioTest.RunAsync(session.Lab, session.Case.Expect, TestContext.Current.CancellationToken);
        Assert.Empty(seen.SelectMany(result => result.Differences));
        await AssertNotSolvedAsync(session);
        await Assert.ThrowsAsync<SessionException>(() => session.ExplainAsync(givesUp: false, TestContext.Current.CancellationToken));

        foreach (var step in LessonCase.StepsFor(lesson.Solution, session.Case))
        {
            await DoAsync(step, session, folder);
        }

        if (session.Case.Faults.Count > 0)
        {
            // All has been named: what is said beyond that does not count.
            await session.DiagnoseAsync(new TraineeDiagnosis { Fault = "expiredLeaf" }, TestContext.Current.CancellationToken);
        }

        var verified = await session.VerifyAsync(TestContext.Current.CancellationToken);
        Assert.Empty(verified.Missing);
        Assert.True(verified.IsSolved);
        var told = await session.ExplainAsync(givesUp: false, TestContext.Current.CancellationToken);
        Assert.Equal(LessonState.Solved, told.State);
        Assert.DoesNotContain(DrawnParts.NamesIn(told.Text), drawn => lesson.Definition.Draws.Any(draw => draw.Name == drawn));
        Assert.Equal(session.Case.Faults.Count, told.Faults.Count);
        Assert.Equal((ScoreRules.Diagnosis, ScoreRules.Hints, ScoreRules.Repairs), (told.Score.Diagnosis, told.Score.Hints, told.Score.Repairs));
    }

    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(LessonsWithFaults))]
    public async Task Repairs_that_do_not_solve_a_lesson_are_told_from_those_that_do(string name, int seed)
    {
        var lesson = LessonLibrary.Load(name).Lesson!;
        foreach (var wrong in LessonCase.WrongRepairsFor(lesson.Solution, LessonCase.Draw(lesson, seed)))
        {
            using var folder = new TemporaryFolder();
            await using var session = await StartAsync(lesson, seed, folder.Path);
            RepairResult? last = null;
            foreach (var change in wrong.Fix)
            {
                last = await session.RepairAsync(session.Case.Draws.Fill(change), TestContext.Current.CancellationToken);
            }

            Assert.True(wrong.Effect == last!.Effect, $"{string.Join(" | ", wrong.Fix)}: expected {wrong.Effect}, got {last.Effect}");
            await AssertNotSolvedAsync(session);
        }
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

    private static async Task<TrainingSession> StartAsync(Lesson lesson, int seed, string folder)
    {
        var store = new ProgressStore(folder, TimeProvider.System);
        await store.OpenAsync("Anna", seed, TestContext.Current.CancellationToken);
        return await TrainingSession.StartAsync(LessonCase.Draw(lesson, seed), store, new LabOptions(), TestContext.Current.CancellationToken);
    }

    private static async Task AssertNotSolvedAsync(TrainingSession session)
    {
        var verified = await session.VerifyAsync(TestContext.Current.CancellationToken);
        Assert.False(verified.IsSolved);
        Assert.NotEmpty(verified.Missing);
        Assert.Equal(LessonState.Open, session.Status().State);

        // It says what anybody can see, and not what is wrong.
        var words = session.Case.Faults.SelectMany(fault => fault.Kinds.SelectMany(kind => (string[])[kind, FaultCatalogue.MeaningOf(kind)]).Concat(fault.Nodes));
        Assert.DoesNotContain(words, word => verified.Missing.Any(sentence => sentence.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task DoAsync(SolutionStep step, TrainingSession session, TemporaryFolder folder)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var draws = session.Case.Draws;
        if (step.Run is { } command)
        {
            var root = folder.Write("root.pem", session.Lab.RootCertificatesPem);
            var filled = draws.Fill(command)
                .Replace("{gateway}", session.Lab.Gateway.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
                .Replace("{root}", root, StringComparison.Ordinal)
                .Replace("{detectUrl}", session.Lab.DetectUrl.ToString(), StringComparison.Ordinal)
                .Replace("{dns}", session.Lab.DnsEndPoint!.ToString(), StringComparison.Ordinal);
            var result = await InProcessCommand.RunAsync(filled.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            Assert.True(result.ExitCode is 0 or 1, $"autodetectsim {filled}: {result}");
        }

        if (step.Answer is { } answer)
        {
            Assert.True((await session.AnswerAsync(answer.Question, draws.Fill(answer.Value), cancellationToken)).IsRight, $"{answer.Question}: {draws.Fill(answer.Value)}");
        }

        if (step.Diagnose is { } diagnosis)
        {
            var result = await session.DiagnoseAsync(
                new TraineeDiagnosis
                {
                    Host = Filled(diagnosis.Host),
                    Nodes = diagnosis.Nodes.Count == 0 ? null : draws.Fill(string.Join(',', diagnosis.Nodes)),
                    Fault = Filled(diagnosis.Fault),
                    Layer = diagnosis.Layer,
                    Certificate = Filled(diagnosis.Certificate),
                },
                cancellationToken);
            Assert.True(result.IsRight, string.Join('\n', result.Sentences));
        }

        if (step.Fix is { } fix)
        {
            var result = await session.RepairAsync(draws.Fill(fix), cancellationToken);
            Assert.True(result.Effect == RepairEffect.Helped, string.Create(CultureInfo.InvariantCulture, $"{result.Change}: {result.Effect}"));
        }

        string? Filled(string? text) => text is null ? null : draws.Fill(text);
    }
}
