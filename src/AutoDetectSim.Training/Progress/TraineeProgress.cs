using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using AutoDetectSim.Training.Lessons;

namespace AutoDetectSim.Training.Progress;

/// <summary>Everything that one trainee has done. Its JSON form is stored in <c>progress.json</c>: members are added, never renamed.</summary>
/// <remarks>The generated reader sets missing members to null or 0; defaults are therefore in the getters: files of earlier versions have fewer members.</remarks>
internal sealed record TraineeProgress
{
    /// <summary>The form that this version writes. A file of a later form is left alone: what this version does not know of it would be lost.</summary>
    public const int PresentFormat = 1;

    /// <summary>The form of the file.</summary>
    public int Format { get => field == 0 ? 1 : field; init; } = PresentFormat;

    /// <summary>The trainee's name, as reports show it.</summary>
    public required string Trainee { get; init; }

    /// <summary>The seed of all draws of the trainee's lessons.</summary>
    public required int Seed { get; init; }

    /// <summary>By the name of the lesson or mystery.</summary>
    public IReadOnlyDictionary<string, LessonProgress> Lessons { get => field ?? ReadOnlyDictionary<string, LessonProgress>.Empty; init; }

    /// <summary>The same with one lesson as it is now.</summary>
    public TraineeProgress With(string lesson, LessonProgress progress) =>
        this with { Lessons = new Dictionary<string, LessonProgress>(Lessons, StringComparer.Ordinal) { [lesson] = progress } };
}

/// <summary>How far a lesson has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LessonState>))]
internal enum LessonState
{
    /// <summary>Not begun, or set back to the beginning.</summary>
    [JsonStringEnumMemberName("notStarted")]
    NotStarted,

    /// <summary>Started, and open.</summary>
    [JsonStringEnumMemberName("open")]
    Open,

    /// <summary>The world is as it should be, and every question is answered.</summary>
    [JsonStringEnumMemberName("solved")]
    Solved,

    /// <summary>The trainee asked for the explanation before that.</summary>
    [JsonStringEnumMemberName("givenUp")]
    GivenUp,
}

/// <summary>What a trainee has done in one lesson.</summary>
internal sealed record LessonProgress
{
    public required string Title { get; init; }

    public required int Level { get; init; }

    /// <summary>Number of times the lesson was restarted; each attempt draws a new variant.</summary>
    public int Attempt { get => field == 0 ? 1 : field; init; }

    /// <summary>The seed of this attempt's draws; null before it was started.</summary>
    public int? CaseSeed { get; init; }

    public LessonState State { get; init; }

    /// <summary>When it was started first; null before that.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was solved or given up.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the explanation was shown; nothing counts after it.</summary>
    public DateTimeOffset? ExplainedAt { get; init; }

    /// <summary>Hints that were shown.</summary>
    public int Hints { get; init; }

    /// <summary>Diagnoses in order.</summary>
    public IReadOnlyList<RecordedDiagnosis> Diagnoses { get => field ?? []; init; }

    /// <summary>Answers to questions in order.</summary>
    public IReadOnlyList<RecordedAnswer> Answers { get => field ?? []; init; }

    /// <summary>Repairs in order.</summary>
    public IReadOnlyList<RecordedRepair> Repairs { get => field ?? []; init; }

    /// <summary>How often the trainee asked whether the world is repaired.</summary>
    public int Verifications { get; init; }

    /// <summary>Probes, as of the last time that anything else was recorded; while the lesson is open, the file of probes has the present number.</summary>
    public int Probes { get; init; }

    /// <summary>The score; null while the lesson is open.</summary>
    public Score? Score { get; init; }

    /// <summary>Whether work on the lesson still counts. Once it is solved or given up, the numbers of probes, hints, answers and repairs stay.</summary>
    [JsonIgnore]
    public bool IsOpen => State is LessonState.Open or LessonState.NotStarted;

    /// <summary>The repairs that count.</summary>
    [JsonIgnore]
    public IEnumerable<RecordedRepair> CountedRepairs => Repairs.Where(repair => !repair.IsPractice);
}

/// <summary>One diagnosis.</summary>
internal sealed record RecordedDiagnosis
{
    public required DateTimeOffset At { get; init; }

    public required TraineeDiagnosis Said { get; init; }

    /// <summary>How right all is that has been said up to now of the fault that it fits best, from 0 to 1.</summary>
    public required double Quality { get; init; }

    /// <summary>Whether it gives a wrong word for the fault; null in files of earlier versions.</summary>
    public bool? IsFaultWrong { get; init; }
}

/// <summary>One answer to a question.</summary>
internal sealed record RecordedAnswer
{
    public required DateTimeOffset At { get; init; }

    public required string Question { get; init; }

    public required string Value { get; init; }

    public required bool IsRight { get; init; }
}

/// <summary>One repair.</summary>
internal sealed record RecordedRepair
{
    public required DateTimeOffset At { get; init; }

    public required string Change { get; init; }

    public required RepairEffect Effect { get; init; }

    /// <summary>The change without what was drawn for this trainee: `perimeter/(the faulty servers): up false`. Null in files of earlier versions.</summary>
    public string? Meaning { get; init; }

    /// <summary>Whether the trainee has taken it back.</summary>
    public bool IsUndone { get; init; }

    /// <summary>Whether it was made after the lesson was solved, when it no longer counts.</summary>
    public bool IsPractice { get; init; }
}

/// <summary>Source-generated JSON of progress files.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TraineeProgress))]
internal sealed partial class ProgressJson : JsonSerializerContext;
