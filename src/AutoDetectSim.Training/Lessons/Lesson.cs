using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Training.Lessons;

/// <summary>One lesson with all its files, as it was written: nothing is drawn yet.</summary>
internal sealed record Lesson
{
    /// <summary>The name, which is that of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>What <c>lesson.yaml</c> says.</summary>
    public required LessonDefinition Definition { get; init; }

    /// <summary>The healthy world.</summary>
    public required Scenario World { get; init; }

    /// <summary>What the customer says, in Markdown.</summary>
    public required string Symptom { get; init; }

    /// <summary>What is told when the lesson is over, in Markdown with names of draws in braces.</summary>
    public required string Explanation { get; init; }

    /// <summary>How the lesson is solved.</summary>
    public required SolutionDefinition Solution { get; init; }
}

/// <summary>What came of reading a lesson.</summary>
/// <param name="Lesson">The lesson, or null when there are problems.</param>
/// <param name="Problems">Everything that is wrong with its files; each is told at once.</param>
internal sealed record LessonResult(Lesson? Lesson, IReadOnlyList<DocumentProblem> Problems);
