using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Scenarios;
namespace AutoDetectSim.Regression.Packs;

/// <summary>One pack file: the worlds that a kind of tool is tried on.</summary>
[Document]
internal sealed record PackDefinition
{
    /// <summary>Short name.</summary>
    [FilledIn("the file's name")]
    [StringSyntax(ScalarSyntax.Name)]
    public required string Name { get; init; }

    /// <summary>One line: the purpose of the pack.</summary>
    public string? Title { get; init; }

    /// <summary>Scenarios: names and themes of the library, and files and folders relative to the pack.</summary>
    public required IReadOnlyList<string> Scenarios { get; init; }
}
