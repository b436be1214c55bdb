using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Training.Lessons;

/// <summary>How a lesson is solved, and how not; tests run all of it.</summary>
[Document]
internal sealed record SolutionDefinition
{
    /// <summary>The steps, in order. After the last one the lesson is solved.</summary>
    public required IReadOnlyList<SolutionStep> Steps { get; init; }

    /// <summary>Repairs that do not solve the lesson, each tried on the world as the trainee gets it.</summary>
    public IReadOnlyList<WrongRepair> Wrong { get; init; } = [];
}

/// <summary>One step of a solution: exactly one of its keys besides `when`.</summary>
internal sealed record SolutionStep
{
    /// <summary>Faults by `id`: this runs only if one of them was drawn.</summary>
    [FilledIn("always")]
    [StringSyntax(ScalarSyntax.Name)]
    public IReadOnlyList<string> When { get; init; } = [];

    /// <summary>Arguments of `autodetectsim`, with `{gateway}`, `{root}` and `{detectUrl}` for those of the lab: what a trainee would look at first.</summary>
    public string? Run { get; init; }

    /// <summary>The answer to a question.</summary>
    public SolutionAnswer? Answer { get; init; }

    /// <summary>A diagnosis of one fault, right in everything.</summary>
    public SolutionDiagnosis? Diagnose { get; init; }

    /// <summary>A change that helps.</summary>
    public string? Fix { get; init; }
}

/// <summary>An answer to a question.</summary>
internal sealed record SolutionAnswer
{
    /// <summary>The question's name.</summary>
    [StringSyntax(ScalarSyntax.Name)]
    public required string Question { get; init; }

    /// <summary>The answer.</summary>
    public required string Value { get; init; }
}

/// <summary>A diagnosis as `learn diagnose` takes it.</summary>
internal sealed record SolutionDiagnosis
{
    /// <summary>The host.</summary>
    public string? Host { get; init; }

    /// <summary>The nodes.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>The fault's word.</summary>
    [StringSyntax(ScalarSyntax.Name)]
    public string? Fault { get; init; }

    /// <summary>The layer.</summary>
    public FaultLayer? Layer { get; init; }

    /// <summary>The certificate.</summary>
    public string? Certificate { get; init; }
}

/// <summary>Changes that do not solve the lesson.</summary>
internal sealed record WrongRepair
{
    /// <summary>Faults by `id`: this runs only if one of them was drawn.</summary>
    [FilledIn("always")]
    [StringSyntax(ScalarSyntax.Name)]
    public IReadOnlyList<string> When { get; init; } = [];

    /// <summary>The changes, made one after the other.</summary>
    public required IReadOnlyList<string> Fix { get; init; }

    /// <summary>The reported effect of the last of them.</summary>
    public required RepairEffect Effect { get; init; }
}
