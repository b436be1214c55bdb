using System.Text.Json.Serialization;

namespace AutoDetectSim.Control;

/// <summary>How a control server is reached.</summary>
internal sealed record ControlAccess
{
    /// <summary>Its address, for example <c>http://127.0.0.1:41234</c>.</summary>
    public required string Url { get; init; }

    /// <summary>The token for the header <c>Authorization: Bearer TOKEN</c>.</summary>
    public required string Token { get; init; }
}

/// <summary>Why a request was not answered.</summary>
/// <param name="Problems">Everything that is wrong, a sentence each.</param>
internal sealed record ControlProblems(IReadOnlyList<string> Problems);

/// <summary>A request that cannot be answered.</summary>
internal sealed class ControlException : Exception
{
    public ControlException(int status, IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems))
    {
        Status = status;
        Problems = problems;
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>Everything that is wrong, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }
}

/// <summary>Source-generated JSON of control servers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ControlProblems))]
[JsonSerializable(typeof(ControlAccess))]
internal sealed partial class ControlJson : JsonSerializerContext;
