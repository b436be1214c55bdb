using System.Text.Json.Serialization;

namespace AutoDetectSim.Regression.Reports;

/// <summary>What <c>regress --json</c> prints. Members are added, never renamed.</summary>
internal sealed record RegressionDocument
{
    /// <summary>The adapter's name.</summary>
    public required string Adapter { get; init; }

    /// <summary>The program and its arguments, with placeholders.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The counts.</summary>
    public required RegressionSummary Summary { get; init; }

    /// <summary>Every world, in the order of the packs.</summary>
    public required IReadOnlyList<WorldDocument> Worlds { get; init; }

    /// <summary>How long this process was stalled meanwhile, in milliseconds; the worlds concerned were tried again. Null if it was not.</summary>
    public double? StalledMs { get; init; }

    /// <summary>The document of a run.</summary>
    /// <param name="plan">What was asked for.</param>
    /// <param name="results">The worlds, in the order of the packs.</param>
    public static RegressionDocument From(RegressionPlan plan, IReadOnlyList<TrialResult> results) => new()
    {
        Adapter = plan.Adapter.Name,
        Command = plan.Command,
        Summary = RegressionSummary.From(plan, results),
        Worlds = [.. results.Select(WorldDocument.From)],
    };
}

/// <summary>Source-generated JSON of the document.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RegressionDocument))]
internal sealed partial class RegressionJson : JsonSerializerContext;
