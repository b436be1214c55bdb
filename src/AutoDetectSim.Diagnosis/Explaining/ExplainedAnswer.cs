using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoDetectSim.Diagnosis.Explaining;

/// <summary>What <c>explain --json</c> prints.</summary>
internal sealed record ExplainedAnswer
{
    public required IReadOnlyList<ExplainedHeader> Headers { get; init; }
}

/// <summary>One header that was explained.</summary>
internal sealed record ExplainedHeader
{
    public required string Name { get; init; }

    /// <summary>The number of the answer that it is of, from 1, where the text holds several.</summary>
    public int? Answer { get; init; }

    /// <summary>The header itself, where it is plain text.</summary>
    public string? Text { get; init; }

    /// <summary>The JOSE header of a token.</summary>
    public JsonElement? Header { get; init; }

    /// <summary>The decoded JSON: the debug record, or the claims of the token.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>What it says, sentence by sentence.</summary>
    public required IReadOnlyList<string> Words { get; init; }
}

/// <summary>Serialization of <see cref="ExplainedAnswer"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(ExplainedAnswer))]
internal sealed partial class ExplainJson : JsonSerializerContext;
