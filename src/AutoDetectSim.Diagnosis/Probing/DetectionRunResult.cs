using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoDetectSim.Diagnosis.Probing;

/// <summary>The results of many detections of one address. Its JSON form is a contract: members are added, never renamed.</summary>
internal sealed record DetectionRunResult
{
    /// <summary>For a lab: the line that says so. Null in the field.</summary>
    public string? Reproduction { get; init; }

    public required string Email { get; init; }

    public required int Attempts { get; init; }

    /// <summary>Detections whose answer had services or protocols.</summary>
    public required int Successes { get; init; }

    public required double SuccessRate { get; init; }

    /// <summary>Ends of the 95% interval of the success rate.</summary>
    public required IReadOnlyList<double> Confidence95 { get; init; }

    /// <summary>How often each X-AutoDv2-Error value occurred.</summary>
    public required IReadOnlyDictionary<string, int> Errors { get; init; }

    /// <summary>The customer's nodes and the detections that met each; empty when the lab is not in this process.</summary>
    public required IReadOnlyList<NodeResult> Nodes { get; init; }

    /// <summary>What the person with the phone saw, and how often.</summary>
    public required IReadOnlyDictionary<string, int> Outcomes { get; init; }

    /// <summary>What the phone should show for the address, by its name among <see cref="Outcomes"/>; null where nothing tells.</summary>
    public string? ExpectedOutcome { get; init; }

    /// <summary>Detections that ended in <see cref="ExpectedOutcome"/>; null where nothing tells what to expect.</summary>
    public int? AsExpected { get; init; }

    /// <summary>The most nodes that one detection met: it makes several connections.</summary>
    public int MostNodesPerDetection { get; init; }

    /// <summary>AutoDetect's published source ranges and the detections from each; empty when the lab is not in this process.</summary>
    public IReadOnlyList<RangeResult> Ranges { get; init; } = [];

    /// <summary>What the reader should know before believing the rate.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether <see cref="Confidence95"/> holds: false where nodes come in a fixed order and some were never met.</summary>
    public bool HasInterval { get; init; } = true;

    /// <summary>Whether every detection succeeded, and the phone got what it should where that is known.</summary>
    [JsonIgnore]
    public bool IsAsExpected => Successes == Attempts && (AsExpected ?? Attempts) == Attempts;

    /// <summary>The first answer that failed, or the first one when none did.</summary>
    public DetectionSample? Sample { get; init; }

    public required double ElapsedMs { get; init; }

    public required double DetectionsPerSecond { get; init; }

    /// <summary>How long this process was stalled meanwhile, in milliseconds, which no detection counts; null if it was not.</summary>
    public double? StalledMs { get; init; }

    /// <summary>What would come of changes; null unless it was asked for.</summary>
    public WhatIfResult? WhatIf { get; init; }
}

/// <summary>The detections that met one node. A detection can meet several nodes; a failure counts at the one that caused it.</summary>
internal sealed record NodeResult
{
    public required string Name { get; init; }

    /// <summary>Detections that met the node.</summary>
    public required int Attempts { get; init; }

    /// <summary>Those of them in which nothing failed at this node.</summary>
    public required int Successes { get; init; }

    /// <summary>How often each code occurred at this node.</summary>
    public required IReadOnlyDictionary<string, int> Errors { get; init; }

    /// <summary>What the phone showed where this node gave the answer of the detection, and how often.</summary>
    public IReadOnlyDictionary<string, int> Outcomes { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);
}

/// <summary>The detections that AutoDetect made from one of its published source ranges.</summary>
internal sealed record RangeResult
{
    public required string Range { get; init; }

    public required int Attempts { get; init; }

    public required int Successes { get; init; }

    public required IReadOnlyDictionary<string, int> Errors { get; init; }
}

/// <summary>One answer of AutoDetect in full.</summary>
internal sealed record DetectionSample
{
    public required int Status { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body as JSON; null when there was none.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>X-Debug-Support, decoded; null when the header was missing or not readable.</summary>
    public JsonElement? Debug { get; init; }

    /// <summary>What AutoDetect did, step by step, in words; empty when the lab is not in this process.</summary>
    [JsonPropertyName("decisionPath")]
    public IReadOnlyList<string> DecisionPath { get; init; } = [];
}

/// <summary>Source-generated JSON of probe runs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DetectionRunResult))]
internal sealed partial class ProbingJson : JsonSerializerContext;
