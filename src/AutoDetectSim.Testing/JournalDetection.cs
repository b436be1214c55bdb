using AutoDetectSim.AutoDetect;

namespace AutoDetectSim.Testing;

/// <summary>One AutoDetect call that the tool under test made, and what AutoDetect did to answer it.</summary>
public sealed record JournalDetection
{
    /// <summary>The GUID in the answer's X-Request-Id header.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>When it began, at the lab's time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The requested address.</summary>
    public required string Email { get; init; }

    /// <summary>The HTTP status: 200, 202, 204 or 503.</summary>
    public required int StatusCode { get; init; }

    /// <summary>Whether the answer has services or protocols.</summary>
    public required bool IsFound { get; init; }

    /// <summary>The value of X-AutoDv2-Error; null: the header is absent.</summary>
    public string? Error { get; init; }

    /// <summary>The customer's nodes that AutoDetect connected to, in order, each once.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>What AutoDetect did, step by step, in sentences.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    internal static JournalDetection Of(Detection detection, IReadOnlySet<string> loadBalancers) => new()
    {
        RequestId = detection.RequestId,
        At = detection.Started,
        Email = detection.Email.Text,
        StatusCode = (int)detection.Status,
        IsFound = detection.Succeeded,
        Error = detection.AutoDv2Error,
        Nodes =
        [
            .. detection.Steps.Select(step => step.Exchange?.Connection)
                .Where(connection => connection is { Node: not null, LoadBalancer: not null } && loadBalancers.Contains(connection.LoadBalancer))
                .Select(connection => connection!.Node!)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ],
        Steps = [.. detection.Steps.Select(step => step.Sentence)],
    };
}
