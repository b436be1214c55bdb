using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Training.Lessons;

/// <summary>One lesson with all its files, as it was written: nothing is drawn yet.</summary>
internal sealed record Lesson
{
    /// <summary>The name, which is that of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>The content of <c>lesson.yaml</c>.</summary>
    public required LessonDefinition Definition { get; init; }

    /// <summary>The healthy world.</summary>
    public required Scenario World { get; init; }

    /// <summary>The customer's complaint, in Markdown.</summary>
    public required string Symptom { get; init; }

    /// <summary>The explanation at the end of the lesson, in Markdown with names of draws in braces.</summary>
    public required string Explanation { get; init; }

    /// <summary>How the lesson is solved.</summary>
    public required SolutionDefinition Solution { get; init; }
}

/// <summary>The result of reading a lesson.</summary>
/// <param name="Lesson">The lesson, or null when there are problems.</param>
/// <param name="Problems">Every problem in its files.</param>
internal sealed record LessonResult(Lesson? Lesson, IReadOnlyList<DocumentProblem> Problems);
