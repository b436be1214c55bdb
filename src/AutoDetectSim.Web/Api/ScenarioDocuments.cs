using System.Text.Json.Serialization;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Web.Api;

/// <summary>One scenario of the library.</summary>
internal sealed record LibraryDocument
{
    /// <summary>Theme and name, for example <c>chains/self-signed</c>.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>The problem in the customer's words.</summary>
    public required string Symptom { get; init; }

    public required string Theme { get; init; }

    /// <summary>The layer of its fault; null for a healthy world.</summary>
    public string? Layer { get; init; }

    /// <summary>The document of a scenario.</summary>
    public static LibraryDocument From(LibraryScenario scenario) => new()
    {
        Id = scenario.Id,
        Title = scenario.Title,
        Symptom = scenario.Symptom,
        Theme = scenario.Folder,
        Layer = scenario.Scenario.Fault is { } fault ? DocumentValues.Camel(fault.Layer) : null,
    };
}

/// <summary>A text to check.</summary>
internal sealed record WantedLint([property: JsonRequired] string Yaml, string? Name);

/// <summary>A text whose certificates are asked for.</summary>
/// <param name="Yaml">The text.</param>
/// <param name="Name">The name of its file.</param>
/// <param name="Keys">Whether private keys are among them.</param>
internal sealed record WantedCertificates([property: JsonRequired] string Yaml, string? Name, bool Keys);

/// <summary>Every problem of a text, in order.</summary>
internal sealed record LintDocument(IReadOnlyList<ProblemDocument> Problems);

/// <summary>One problem at its place; line and column count from 1, and are 0 where there is no place.</summary>
internal sealed record ProblemDocument(int Line, int Column, string Message, string? Value, string? Expected);

/// <summary>Evidence to make a scenario from.</summary>
/// <param name="Files">The texts.</param>
/// <param name="Host">The host to assume where texts name none.</param>
/// <param name="Email">An address of the organization.</param>
/// <param name="Anonymize">Whether names of customers, people, servers and authorities are replaced.</param>
internal sealed record WantedEvidence([property: JsonRequired] IReadOnlyList<EvidenceFile> Files, string? Host, string? Email, bool Anonymize);

/// <summary>One file of evidence.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Text">Its text; or else its bytes are given.</param>
/// <param name="Base64">Its bytes, in whatever encoding a program saved them.</param>
internal sealed record EvidenceFile([property: JsonRequired] string Name, string? Text, string? Base64);

/// <summary>A scenario made from evidence.</summary>
internal sealed record EvidenceAnswer
{
    public required string Yaml { get; init; }

    /// <summary>What was taken from where.</summary>
    public required IReadOnlyList<string> Read { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What was concluded and not read.</summary>
    public required IReadOnlyList<string> Assumed { get; init; }

    /// <summary>What differs from the original.</summary>
    public required IReadOnlyList<string> Deviations { get; init; }

    /// <summary>What the evidence says and a lab with the scenario does not show; empty where they agree.</summary>
    public required IReadOnlyList<string> Differences { get; init; }
}

/// <summary>Source-generated JSON of scenarios as texts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IReadOnlyList<LibraryDocument>))]
[JsonSerializable(typeof(IReadOnlyList<ScenarioTemplate>))]
[JsonSerializable(typeof(WantedLint))]
[JsonSerializable(typeof(LintDocument))]
[JsonSerializable(typeof(WantedCertificates))]
[JsonSerializable(typeof(WantedEvidence))]
[JsonSerializable(typeof(EvidenceAnswer))]
internal sealed partial class ScenarioJson : JsonSerializerContext;
