using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Cli.Learn;

/// <summary>All lessons with the trainee's progress. Its JSON form is a contract: members are added, never renamed.</summary>
internal sealed record LessonList
{
    public required string? Trainee { get; init; }

    public required IReadOnlyList<LessonRow> Lessons { get; init; }

    /// <summary>The first lesson that is not solved, begun ones first; null for none.</summary>
    public string? Next => (Lessons.FirstOrDefault(lesson => lesson.State == LessonState.Open) ?? Lessons.FirstOrDefault(lesson => lesson.State == LessonState.NotStarted))?.Name;

    /// <summary>Makes the list.</summary>
    /// <param name="lessons">The lessons, in the order of the curriculum.</param>
    /// <param name="progress">The progress; null for a trainee without any.</param>
    /// <param name="folder">The folder of the progress.</param>
    public static LessonList Make(IReadOnlyList<Lesson> lessons, TraineeProgress? progress, string folder)
    {
        var rows = lessons.Select(lesson => RowOf(lesson.Name, lesson.Definition.Title, lesson.Definition.Level, lesson.Definition.Time, lesson.Definition.Prerequisites)).ToList();
        rows.AddRange((progress?.Lessons ?? new Dictionary<string, LessonProgress>(StringComparer.Ordinal))
            .Where(done => !lessons.Any(lesson => string.Equals(lesson.Name, done.Key, StringComparison.Ordinal)))
            .Select(done => RowOf(done.Key, done.Value.Title, done.Value.Level, time: null, [])));
        return new LessonList { Trainee = progress?.Trainee, Lessons = rows };

        LessonRow RowOf(string name, string title, int level, TimeSpan? time, IReadOnlyList<string> prerequisites)
        {
            var done = progress?.Lessons.GetValueOrDefault(name);
            return new LessonRow
            {
                Name = name,
                Title = title,
                Level = level,
                Minutes = time is { } length ? (int)Math.Ceiling(length.TotalMinutes) : null,
                Prerequisites = prerequisites,
                State = done?.State ?? LessonState.NotStarted,
                Hints = done?.Hints ?? 0,
                Probes = done is null ? 0 : ProbeCounter.Read(folder, name, done),
                Points = done?.Score?.Total,
            };
        }
    }
}

/// <summary>One lesson.</summary>
internal sealed record LessonRow
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required int Level { get; init; }

    /// <summary>How long it takes; null for a mystery.</summary>
    public int? Minutes { get; init; }

    public required IReadOnlyList<string> Prerequisites { get; init; }

    public required LessonState State { get; init; }

    public required int Hints { get; init; }

    public required int Probes { get; init; }

    /// <summary>Of 100; null while the lesson is open.</summary>
    public int? Points { get; init; }
}
