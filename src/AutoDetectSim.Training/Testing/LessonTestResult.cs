using AutoDetectSim.Documents;

namespace AutoDetectSim.Training.Testing;

/// <summary>The test of one lesson. Its JSON form is a contract: members are added, never renamed.</summary>
internal sealed record LessonTestResult
{
    /// <summary>The lesson's name.</summary>
    public required string Lesson { get; init; }

    /// <summary>The seeds with which it was tested; none where its files have problems.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>Problems of its files, as lint finds them.</summary>
    public required IReadOnlyList<DocumentProblem> Files { get; init; }

    /// <summary>What did not go as the lesson says.</summary>
    public required IReadOnlyList<LessonTestProblem> Problems { get; init; }

    /// <summary>Whether all is as the lesson says.</summary>
    public bool IsPassed => Files.Count + Problems.Count == 0;
}

/// <summary>Something that did not go as the lesson says.</summary>
/// <param name="Place">Where the lesson says it: a file, and a part of it.</param>
/// <param name="Message">What happened instead.</param>
/// <param name="Seeds">The seeds with which it happened.</param>
internal sealed record LessonTestProblem(string Place, string Message, IReadOnlyList<int> Seeds);
