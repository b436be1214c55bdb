using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.AutoDetect.Database;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.AutoDetect;

/// <summary>
/// One AutoDetect call and everything that it did. Body, headers, X-Debug-Support, X-Feedback-Token and logs are rendered from
/// this record and from nothing else.
/// </summary>
internal sealed record Detection : AutoDetectCall
{
    /// <summary>The order in which AutoDetect decides, as X-Debug-Support says it ([SEED], [CAP2025]).</summary>
    public const string Decision =
        "autoDv2 > autoDv1 > fixed db provider > fixed db domain protocols > db provider > db domain protocols";

    /// <summary>What X-Provider-Id says when no provider record was used ([SEED]).</summary>
    public const string UnknownProvider = "Unknown";

    public required EmailAddress Email { get; init; }

    public required DetectionParameters Parameters { get; init; }

    /// <summary>Who opened the connections of this detection.</summary>
    public required Caller Caller { get; init; }

    public required DetectionStatus Status { get; init; }

    public IReadOnlyList<DetectionStep> Steps { get; init; } = [];

    public IReadOnlyList<ServiceEntry> Services { get; init; } = [];

    public IReadOnlyList<ProtocolEntry> Protocols { get; init; } = [];

    /// <summary>The value of X-AutoDv2-Error, or null: no such header.</summary>
    public string? AutoDv2Error { get; init; }

    /// <summary>The provider record that the answer came from, or null.</summary>
    public string? ProviderId { get; init; }

    /// <summary>What AutoDiscover V2 answered, or null.</summary>
    public AutoDiscoverAnswer? AutoDv2 { get; init; }

    /// <summary>What AutoDiscover V1 answered, or null.</summary>
    public AutoDiscoverAnswer? AutoDv1 { get; init; }

    /// <summary>The provider record that was consulted, or null.</summary>
    public ProviderRecord? ProviderRecord { get; init; }

    /// <summary>The domain record that was consulted, or null.</summary>
    public DomainRecordDefinition? DomainRecord { get; init; }

    /// <summary>Whether the answer holds services or protocols.</summary>
    public bool Succeeded => Services.Count > 0 || Protocols.Count > 0;
}

/// <summary>How a call ended ([SEED], [CAP2025]; 202, 204 and 503: [S-PROBE]).</summary>
internal enum DetectionStatus
{
    /// <summary>200: the search ended.</summary>
    Answered = 200,

    /// <summary>202: nothing yet, the search goes on.</summary>
    StillSearching = 202,

    /// <summary>204: nothing exists to be found.</summary>
    NothingFound = 204,

    /// <summary>503: the instance does not serve.</summary>
    Unavailable = 503,
}

/// <summary>An ActiveSync address that AutoDiscover gave.</summary>
/// <param name="Protocol">The protocol as the server echoed it.</param>
/// <param name="Url">The address as the server wrote it.</param>
internal sealed record AutoDiscoverAnswer(string Protocol, string Url);
