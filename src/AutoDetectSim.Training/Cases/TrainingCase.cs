using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Lessons;

namespace AutoDetectSim.Training.Cases;

/// <summary>A customer's case as one trainee gets it: everything is drawn.</summary>
internal sealed record TrainingCase
{
    /// <summary>The name of the lesson, or of the mystery.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required int Level { get; init; }

    /// <summary>The seed of all draws.</summary>
    public required int Seed { get; init; }

    /// <summary>The customer's complaint, in Markdown.</summary>
    public required string Symptom { get; init; }

    /// <summary>The address that the customer speaks of.</summary>
    public required string Address { get; init; }

    /// <summary>The world as it should be.</summary>
    public required Scenario Healthy { get; init; }

    /// <summary>The world as the trainee gets it.</summary>
    public required Scenario Broken { get; init; }

    /// <summary>What is wrong; none in a lesson about reading.</summary>
    public required IReadOnlyList<CaseFault> Faults { get; init; }

    public IReadOnlyList<QuestionDefinition> Questions { get; init; } = [];

    /// <summary>What must be true of the broken world.</summary>
    public IReadOnlyList<Expectation> Expect { get; init; } = [];

    /// <summary>What must be true of the repaired world beyond what always must.</summary>
    public IReadOnlyList<Expectation> Repaired { get; init; } = [];

    /// <summary>From question to near-answer.</summary>
    public required IReadOnlyList<string> Hints { get; init; }

    /// <summary>The explanation at the end of the case, in Markdown.</summary>
    public required string Explanation { get; init; }

    public IReadOnlyList<string> Goals { get; init; } = [];

    /// <summary>How long it takes; null if unknown.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Lessons that should be done before, by name.</summary>
    public IReadOnlyList<string> Prerequisites { get; init; } = [];

    /// <summary>The tools that the trainee may use; empty: all.</summary>
    public IReadOnlyList<LessonTool> Tools { get; init; } = [];

    /// <summary>Whether the trainee may use a tool.</summary>
    public bool Allows(LessonTool tool) => Tools.Count == 0 || Tools.Contains(tool);

    /// <summary>What was drawn, by name; empty for a mystery.</summary>
    public DrawnParts Draws { get; init; } = DrawnParts.None;
}
