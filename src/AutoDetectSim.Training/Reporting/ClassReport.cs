using System.Text.Json.Serialization;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Training.Reporting;

/// <summary>What a class has done. Its JSON form is a contract: members are added, never renamed.</summary>
internal sealed record ClassReport
{
    /// <summary>What each trainee has done in each lesson, by trainee and lesson.</summary>
    public required IReadOnlyList<ReportEntry> Entries { get; init; }

    /// <summary>The results of each lesson, by level and name.</summary>
    public required IReadOnlyList<LessonSummary> Lessons { get; init; }

    /// <summary>Files that could not be read, a sentence each.</summary>
    public required IReadOnlyList<string> Problems { get; init; }
}

/// <summary>One trainee's work on one lesson.</summary>
internal sealed record ReportEntry
{
    public required string Trainee { get; init; }

    public required string Lesson { get; init; }

    public required string Title { get; init; }

    public required int Level { get; init; }

    public required LessonState State { get; init; }

    /// <summary>How often the lesson was begun.</summary>
    public required int Attempt { get; init; }

    public required int Hints { get; init; }

    public required int Probes { get; init; }

    /// <summary>How many probes meet every node with 95% confidence; null while the lesson is open.</summary>
    public int? ProbesNeeded { get; init; }

    /// <summary>How many diagnoses were made.</summary>
    public required int Diagnoses { get; init; }

    /// <summary>The score of the best diagnosis, from 0 to 1; null without one.</summary>
    public double? BestDiagnosis { get; init; }

    public required int WrongAnswers { get; init; }

    public required int Repairs { get; init; }

    public required int RepairsWithoutEffect { get; init; }

    public required int HarmfulRepairs { get; init; }

    /// <summary>How often the trainee asked whether all is well.</summary>
    public required int Verifications { get; init; }

    /// <summary>Of 100; null while the lesson is open.</summary>
    public int? Points { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Where the trainee stands, or stood when giving up; null for a lesson that is solved.</summary>
    public StuckPoint? StuckAt { get; init; }

    /// <summary>The progress file.</summary>
    public required string File { get; init; }
}

/// <summary>How far a trainee came who has not solved a lesson.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StuckPoint>))]
internal enum StuckPoint
{
    /// <summary>Nothing has been named, answered or repaired.</summary>
    [JsonStringEnumMemberName("looking")]
    Looking,

    /// <summary>Questions are not answered, or not rightly.</summary>
    [JsonStringEnumMemberName("answering")]
    Answering,

    /// <summary>No diagnosis is right.</summary>
    [JsonStringEnumMemberName("naming")]
    Naming,

    /// <summary>What is wrong has been named, and is not repaired.</summary>
    [JsonStringEnumMemberName("repairing")]
    Repairing,
}

/// <summary>The results of one lesson.</summary>
internal sealed record LessonSummary
{
    public required string Lesson { get; init; }

    public required string Title { get; init; }

    public required int Level { get; init; }

    /// <summary>How many trainees have begun it.</summary>
    public required int Begun { get; init; }

    public required int Solved { get; init; }

    public required int GivenUp { get; init; }

    public required double MedianHints { get; init; }

    public required double MedianProbes { get; init; }

    /// <summary>Of those who have closed it; null if none have.</summary>
    public double? MedianPoints { get; init; }

    /// <summary>Number of trainees who have not solved it, by their progress.</summary>
    public required IReadOnlyDictionary<string, int> StuckAt { get; init; }

    /// <summary>Words that wrong diagnoses gave for the fault, and by how many trainees; the most common ones.</summary>
    public required IReadOnlyDictionary<string, int> WrongFaults { get; init; }

    /// <summary>Repairs that did not help, without the names that were drawn for each trainee, and by how many trainees they were made; the most common ones.</summary>
    public required IReadOnlyDictionary<string, int> WrongRepairs { get; init; }
}
