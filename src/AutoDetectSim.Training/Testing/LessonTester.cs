using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Library;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Training.Testing;

/// <summary>
/// Does a lesson as its author says, with several seeds: the symptom, every step of the solution, and every wrong repair. Every problem is found in one
/// pass; the first one hides no other.
/// </summary>
/// <param name="run">Runs `autodetectsim` with arguments, and returns its exit code and what it printed on standard error.</param>
internal sealed class LessonTester(Func<IReadOnlyList<string>, CancellationToken, Task<(int ExitCode, string Error)>> run)
{
    private const string Solution = LessonFiles.Solution;

    /// <summary>Seeds that are tested at the same time: much of a lesson is waiting for servers that do not answer.</summary>
    private const int MostAtOnce = 4;

    private static readonly int[] UsualExitCodes = [0, 1];

    /// <summary>Tests a lesson.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="loaded">The lesson, or the problems of its files.</param>
    /// <param name="seeds">The seeds; each draws another variant.</param>
    /// <param name="progress">Called after each seed; several calls may come at once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<LessonTestResult> TestAsync(string name, LessonResult loaded, IReadOnlyList<int> seeds, Action? progress, CancellationToken cancellationToken)
    {
        if (loaded.Lesson is not { } lesson)
        {
            return new LessonTestResult { Lesson = name, Seeds = [], Files = loaded.Problems, Problems = [] };
        }

        // Tools look at the lab the first time that something new is drawn: their results do not depend on the seed otherwise.
        var met = new HashSet<string>(StringComparer.Ordinal);
        var variants = new List<(int Seed, bool RunsTools, List<(string Place, string Message)> Found)>();
        foreach (var seed in seeds)
        {
            var before = met.Count;
            met.UnionWith(LessonCase.Draw(lesson, seed).Faults.Select(fault => fault.Id).OfType<string>().Append(string.Empty));
            variants.Add((seed, met.Count > before, []));
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(variants, options, async (variant, token) =>
        {
            await TestAsync(lesson, variant.Seed, variant.RunsTools, (place, message) => variant.Found.Add((place, message)), token);
            progress?.Invoke();
        });

        return new LessonTestResult
        {
            Lesson = name,
            Seeds = seeds,
            Files = [],
            Problems =
            [
                .. variants.SelectMany(variant => variant.Found, (variant, problem) => (variant.Seed, problem.Place, problem.Message)).GroupBy(one => (one.Place, one.Message))
                    .Select(same => new LessonTestProblem(same.Key.Place, same.Key.Message, [.. same.Select(one => one.Seed).Distinct()])),
            ],
        };
    }

    private async Task TestAsync(Lesson lesson, int seed, bool runsTools, Action<string, string> report, CancellationToken cancellationToken)
    {
        using var folder = OwnedFolder.CreateTemporary();
        try
        {
            var trainingCase = LessonCase.Draw(lesson, seed);
            var store = new ProgressStore(folder.Path, TimeProvider.System);
            await store.OpenAsync("test", seed, cancellationToken);
            await using var session = await TrainingSession.StartAsync(trainingCase, store, new LabOptions(), cancellationToken);
            await TestSymptomAsync(session, report, cancellationToken);
            await KindEvidence.CheckAsync(lesson.Definition, session, report, cancellationToken);
            await TestWrongRepairsAsync(lesson, session, report, cancellationToken);
            await session.BeginAgainAsync(cancellationToken);
            await TestSolutionAsync(lesson, session, runsTools ? folder.Path : null, report, cancellationToken);
        }
        catch (LabStartException exception)
        {
            report(LessonFiles.Lesson, exception.Message);
        }
    }

    private static async Task TestSymptomAsync(TrainingSession session, Action<string, string> report, CancellationToken cancellationToken)
    {
        var results = await ScenarioTest.RunAsync(session.Lab, session.Case.Expect, cancellationToken);
        for (var index = 0; index < results.Count; index++)
        {
            foreach (var difference in results[index].Differences)
            {
                report($"{LessonFiles.Lesson}, expect {index + 1}", $"{results[index].Expectation.Detect}: {difference}");
            }
        }

        await session.BeginAgainAsync(cancellationToken);
        var verified = await session.VerifyAsync(cancellationToken);
        if (verified.IsSolved)
        {
            report(LessonFiles.Lesson, "The lesson is solved before anything is done: `break` has no effect that learn verify could see.");
        }

        foreach (var fault in session.Case.Faults)
        {
            foreach (var word in fault.Kinds.SelectMany(kind => (string[])[kind, FaultCatalogue.MeaningOf(kind)]).Concat(fault.Nodes).Where(word => verified.Missing.Any(sentence => sentence.Contains(word, StringComparison.OrdinalIgnoreCase))))
            {
                report(LessonFiles.Lesson, $"learn verify gives the answer away: it says `{word}`.");
            }
        }
    }

    private static async Task TestWrongRepairsAsync(Lesson lesson, TrainingSession session, Action<string, string> report, CancellationToken cancellationToken)
    {
        for (var index = 0; index < lesson.Solution.Wrong.Count; index++)
        {
            var wrong = lesson.Solution.Wrong[index];
            if (!LessonCase.IsFor(wrong.When, session.Case))
            {
                continue;
            }

            await session.BeginAgainAsync(cancellationToken);
            var place = $"{Solution}, wrong {index + 1} ({string.Join(" | ", wrong.Fix)})";
            RepairEffect? effect = null;
            foreach (var change in wrong.Fix)
            {
                effect = await RepairAsync(session, change, message => report(place, message), cancellationToken);
            }

            if (effect is { } got && got != wrong.Effect)
            {
                report(place, $"`effect` is {CamelCase<RepairEffect>.Of(wrong.Effect)}, but this repair is reported as {CamelCase<RepairEffect>.Of(got)}.");
            }
        }
    }

    private async Task TestSolutionAsync(Lesson lesson, TrainingSession session, string? folder, Action<string, string> report, CancellationToken cancellationToken)
    {
        for (var index = 0; index < lesson.Solution.Steps.Count; index++)
        {
            var step = lesson.Solution.Steps[index];
            if (LessonCase.IsFor(step.When, session.Case))
            {
                var number = index + 1;
                await DoAsync(step, session, folder, (what, message) => report($"{Solution}, step {number} ({what})", message), cancellationToken);
            }
        }

        var verified = await session.VerifyAsync(cancellationToken);
        foreach (var sentence in verified.Missing)
        {
            report(Solution, "After the last step, learn verify says: " + sentence);
        }

        if (verified.IsSolved && session.Status().NeedsDiagnosis)
        {
            report(Solution, "The steps do not diagnose every fault: a trainee who follows them loses points.");
        }
    }

    private async Task DoAsync(SolutionStep step, TrainingSession session, string? folder, Action<string, string> report, CancellationToken cancellationToken)
    {
        var draws = session.Case.Draws;
        try
        {
            if (step.Run is { } command && folder is not null)
            {
                var root = Path.Combine(folder, "root.pem");
                await File.WriteAllTextAsync(root, session.Lab.RootCertificatesPem, cancellationToken);
                var (exitCode, error) = await run(Arguments(draws.Fill(command), session.Lab, root), cancellationToken);
                if (!UsualExitCodes.Contains(exitCode))
                {
                    report("run: " + command, $"autodetectsim ended with exit code {exitCode}: {error.Trim()}");
                }
            }
            else if (step.Answer is { } answer)
            {
                var value = draws.Fill(answer.Value);
                if (!(await session.AnswerAsync(answer.Question, value, cancellationToken)).IsRight)
                {
                    report("answer: " + answer.Question, $"`{answer.Value}` is not what can be seen in the lab.");
                }
            }
            else if (step.Diagnose is { } diagnosis)
            {
                var result = await session.DiagnoseAsync(Filled(diagnosis, draws), cancellationToken);
                if (!result.IsRight)
                {
                    report("diagnose", "This is not the right diagnosis: " + string.Join("; ", result.Sentences));
                }
            }
            else if (step.Fix is { } fix && await RepairAsync(session, fix, message => report("fix: " + fix, message), cancellationToken) is { } effect && effect != RepairEffect.Helped)
            {
                report("fix: " + fix, effect == RepairEffect.Harmful ? "This step makes things worse." : "This step does nothing.");
            }
        }
        catch (SessionException exception)
        {
            report(step.Answer is { } answer ? "answer: " + answer.Question : "diagnose", exception.Message);
        }
    }

    private static async Task<RepairEffect?> RepairAsync(TrainingSession session, string change, Action<string> report, CancellationToken cancellationToken)
    {
        try
        {
            return (await session.RepairAsync(session.Case.Draws.Fill(change), cancellationToken)).Effect;
        }
        catch (Exception exception) when (exception is SessionException or ScenarioChangeException)
        {
            report(exception.Message);
            return null;
        }
    }

    private static string[] Arguments(string command, Lab lab, string root) =>
        [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word
            .Replace("{gateway}", lab.Gateway.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            .Replace("{root}", root, StringComparison.Ordinal)
            .Replace("{detectUrl}", lab.DetectUrl.ToString(), StringComparison.Ordinal)
            .Replace("{dns}", lab.DnsEndPoint?.ToString() ?? string.Empty, StringComparison.Ordinal))];

    private static TraineeDiagnosis Filled(SolutionDiagnosis diagnosis, DrawnParts draws)
    {
        string? Fill(string? text) => text is null ? null : draws.Fill(text);
        return new TraineeDiagnosis
        {
            Host = Fill(diagnosis.Host),
            Nodes = diagnosis.Nodes.Count == 0 ? null : draws.Fill(string.Join(',', diagnosis.Nodes)),
            Fault = Fill(diagnosis.Fault),
            Layer = diagnosis.Layer,
            Certificate = Fill(diagnosis.Certificate),
        };
    }
}
