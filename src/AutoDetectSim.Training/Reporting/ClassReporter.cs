using AutoDetectSim.Documents;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Training.Reporting;

/// <summary>Makes a report of the progress of a class.</summary>
internal static class ClassReporter
{
    private const int MostNamed = 3;

    public static ClassReport Make(IReadOnlyList<ClassFile> files, IReadOnlyList<string> problems)
    {
        var begun = files
            .SelectMany(file => file.Progress.Lessons.Where(lesson => lesson.Value.State != LessonState.NotStarted).Select(lesson => (Lesson: lesson.Key, Done: lesson.Value, Entry: EntryOf(file, lesson.Key, lesson.Value))))
            .ToList();
        return new ClassReport
        {
            Entries = [.. begun.Select(one => one.Entry).OrderBy(entry => entry.Trainee, StringComparer.CurrentCultureIgnoreCase).ThenBy(entry => entry.File, StringComparer.Ordinal).ThenBy(entry => entry.Level).ThenBy(entry => entry.Lesson, StringComparer.Ordinal)],
            Lessons =
            [
                .. begun.GroupBy(one => one.Lesson, StringComparer.Ordinal)
                    .Select(lesson => SummaryOf([.. lesson.Select(one => one.Entry)], [.. lesson.Select(one => one.Done)]))
                    .OrderBy(summary => summary.Level).ThenBy(summary => summary.Lesson, StringComparer.Ordinal),
            ],
            Problems = problems,
        };
    }

    private static ReportEntry EntryOf(ClassFile file, string lesson, LessonProgress done) => new()
    {
        Trainee = file.Progress.Trainee,
        Lesson = lesson,
        Title = done.Title,
        Level = done.Level,
        State = done.State,
        Attempt = done.Attempt,
        Hints = done.Hints,
        Probes = ProbeCounter.Read(file.Folder, lesson, done),
        ProbesNeeded = done.Score?.ProbesNeeded,
        Diagnoses = done.Diagnoses.Count,
        BestDiagnosis = done.Diagnoses.Count == 0 ? null : done.Diagnoses.Max(one => one.Quality),
        WrongAnswers = done.Answers.Count(answer => !answer.IsRight),
        Repairs = done.CountedRepairs.Count(),
        RepairsWithoutEffect = done.CountedRepairs.Count(repair => repair.Effect == RepairEffect.NoEffect),
        HarmfulRepairs = done.CountedRepairs.Count(repair => repair.Effect == RepairEffect.Harmful),
        Verifications = done.Verifications,
        Points = done.Score?.Total,
        StartedAt = done.StartedAt,
        EndedAt = done.EndedAt,
        StuckAt = StuckAt(done),
        File = file.Name,
    };

    private static StuckPoint? StuckAt(LessonProgress done) =>
        done.State == LessonState.Solved ? null
        : done.Diagnoses.Any(one => one.Quality >= 1) ? StuckPoint.Repairing
        : done.Diagnoses.Count > 0 ? StuckPoint.Naming
        : done.Answers.Count > 0 ? StuckPoint.Answering
        : done.Repairs.Count > 0 ? StuckPoint.Repairing
        : StuckPoint.Looking;

    private static LessonSummary SummaryOf(List<ReportEntry> entries, List<LessonProgress> done) => new()
    {
        Lesson = entries[0].Lesson,
        Title = entries[0].Title,
        Level = entries[0].Level,
        Begun = entries.Count,
        Solved = entries.Count(entry => entry.State == LessonState.Solved),
        GivenUp = entries.Count(entry => entry.State == LessonState.GivenUp),
        MedianHints = Median(entries.Select(entry => (double)entry.Hints))!.Value,
        MedianProbes = Median(entries.Select(entry => (double)entry.Probes))!.Value,
        MedianPoints = Median(entries.Select(entry => entry.Points).OfType<int>().Select(points => (double)points)),
        StuckAt = Count(entries.Select(entry => entry.StuckAt).OfType<StuckPoint>().Select(CamelCase<StuckPoint>.Of), int.MaxValue),
        WrongFaults = Count(done.SelectMany(one => one.Diagnoses.Where(diagnosis => diagnosis.IsFaultWrong ?? diagnosis.Quality < 1).Select(diagnosis => diagnosis.Said.Fault).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)), MostNamed),
        WrongRepairs = Count(done.SelectMany(one => one.CountedRepairs.Where(repair => repair.Effect != RepairEffect.Helped).Select(repair => repair.Meaning ?? repair.Change).Distinct(StringComparer.OrdinalIgnoreCase)), MostNamed),
    };

    private static Dictionary<string, int> Count(IEnumerable<string> texts, int most) =>
        texts.CountBy(text => text, StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(text => text.Value).ThenBy(text => text.Key, StringComparer.Ordinal)
            .Take(most).ToDictionary(StringComparer.Ordinal);

    private static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
