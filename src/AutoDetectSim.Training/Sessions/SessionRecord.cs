using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Training.Sessions;

/// <summary>What is on disk of one lesson, and its latest state here.</summary>
internal sealed class SessionRecord
{
    private readonly ProgressStore _store;
    private readonly string _lesson;
    private readonly TimeProvider _time;
    private volatile LessonProgress _now;

    private SessionRecord(ProgressStore store, string lesson, string trainee, LessonProgress now, TimeProvider time)
    {
        _store = store;
        _lesson = lesson;
        Trainee = trainee;
        _now = now;
        _time = time;
    }

    /// <summary>The trainee's name.</summary>
    public string Trainee { get; }

    /// <summary>Lessons that should be solved before this one, and were not when it was started.</summary>
    public required IReadOnlyList<string> Recommended { get; init; }

    /// <summary>The latest state.</summary>
    public LessonProgress Now => _now;

    /// <summary>How many probes count: those up to the end of the lesson.</summary>
    /// <param name="probes">How many there were.</param>
    public int Counted(int probes) => _now.IsOpen ? probes : _now.Probes;

    /// <summary>The present time.</summary>
    public DateTimeOffset Time => _time.GetUtcNow();

    /// <summary>Records that a lesson is started, or goes on.</summary>
    /// <exception cref="ProgressException">The progress cannot be read or written.</exception>
    public static async Task<SessionRecord> StartAsync(ProgressStore store, TrainingCase trainingCase, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = await store.UpdateAsync(
            trainingCase.Name,
            before =>
            {
                var known = before ?? new LessonProgress { Title = trainingCase.Title, Level = trainingCase.Level };
                return known with
                {
                    Title = trainingCase.Title,
                    Level = trainingCase.Level,
                    CaseSeed = trainingCase.Seed,
                    State = known.State == LessonState.NotStarted ? LessonState.Open : known.State,
                    StartedAt = known.StartedAt ?? time.GetUtcNow(),
                };
            },
            cancellationToken);
        var all = store.Read()!;
        return new SessionRecord(store, trainingCase.Name, all.Trainee, now!, time)
        {
            Recommended = [.. trainingCase.Prerequisites.Where(lesson => all.Lessons.GetValueOrDefault(lesson)?.State != LessonState.Solved)],
        };
    }

    /// <summary>Records a change; it is on disk when this returns.</summary>
    /// <param name="change">Makes the new state from the present one.</param>
    /// <param name="probes">How many probes there are now; those after the end of the lesson do not count.</param>
    /// <exception cref="ProgressException">The progress cannot be read or written.</exception>
    public async Task<LessonProgress> UpdateAsync(Func<LessonProgress, LessonProgress> change, int probes)
    {
        var now = await _store.UpdateAsync(_lesson, before => change((before ?? _now) is { IsOpen: true } open ? open with { Probes = probes } : before ?? _now), CancellationToken.None);
        return _now = now!;
    }
}
