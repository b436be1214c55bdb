using System.Text.Json.Serialization;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Cli.Lint;

/// <summary>What <c>lint --json</c> prints. Members are added, never renamed.</summary>
/// <param name="Files">How many files were read.</param>
/// <param name="Problems">Every problem, by file and place.</param>
internal sealed record LintReport(int Files, IReadOnlyList<DocumentProblem> Problems);

/// <summary>Source-generated JSON of the report.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LintReport))]
internal sealed partial class LintJson : JsonSerializerContext;
