using System.Text.Json.Serialization;

namespace AutoDetectSim.Control;

/// <summary>A lab as it is now.</summary>
internal sealed record LabState
{
    public required string Scenario { get; init; }

    public string? Title { get; init; }

    /// <summary><c>2021</c> or <c>2025</c>.</summary>
    public required string Edition { get; init; }

    /// <summary>The address to try first.</summary>
    public required string Email { get; init; }

    /// <summary>How often the lab has been changed since it started.</summary>
    public required long Revision { get; init; }

    /// <summary>The change that undo would take back; absent without one.</summary>
    public string? Undoable { get; init; }

    public required int Seed { get; init; }

    public required string Gateway { get; init; }

    public string? Dns { get; init; }

    public required string DetectUrl { get; init; }

    /// <summary>How many connections it has served.</summary>
    public required long Connections { get; init; }

    /// <summary>The customer's virtual IPs.</summary>
    public required IReadOnlyList<VirtualIpState> VirtualIps { get; init; }
}

/// <summary>One virtual IP.</summary>
internal sealed record VirtualIpState
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>The address in the lab network.</summary>
    public required string Address { get; init; }

    /// <summary>The port in the lab network.</summary>
    public required int Port { get; init; }

    /// <summary>Where this machine reaches it.</summary>
    public required string Endpoint { get; init; }

    public required IReadOnlyList<NodeState> Nodes { get; init; }
}

/// <summary>One node.</summary>
internal sealed record NodeState
{
    public required string Name { get; init; }

    /// <summary>False when an administrator has drained the node.</summary>
    public required bool Up { get; init; }

    /// <summary>The last result of the health probe; true without a probe.</summary>
    public required bool Healthy { get; init; }

    /// <summary>Names of the certificates that it presents, in wire order.</summary>
    public required IReadOnlyList<string> Presents { get; init; }
}

/// <summary>A change that is asked for.</summary>
/// <param name="Change">The change in a line.</param>
internal sealed record WantedChange([property: JsonRequired] string Change);

/// <summary>A scenario that a lab is to continue with.</summary>
/// <param name="Yaml">Its text.</param>
/// <param name="Name">The name of its file, for problems and as its name; null: <c>scenario.yaml</c>.</param>
internal sealed record WantedScenario([property: JsonRequired] string Yaml, string? Name);

/// <summary>A request without members.</summary>
internal sealed record EmptyRequest;

/// <summary>A change that was made.</summary>
/// <param name="At">When.</param>
/// <param name="Change">What.</param>
internal sealed record MadeChange(DateTimeOffset At, string Change);

/// <summary>One connection that the lab has served.</summary>
internal sealed record ConnectionState
{
    public required long Number { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public required string VirtualIp { get; init; }

    public required string Node { get; init; }

    public required string Source { get; init; }

    /// <summary>Whether AutoDetect connected.</summary>
    public required bool IsAutoDetect { get; init; }

    /// <summary>What kind of client connected: <c>program</c> for a real one; <c>autoDetect</c>, <c>exchangeOnline</c>, <c>outlookDesktop</c>, <c>forgottenDevice</c> or <c>exchangeServer</c>.</summary>
    public required string Client { get; init; }

    /// <summary>Whether a service of the lab itself was reached, such as AutoDetect.</summary>
    public bool IsService { get; init; }

    public string? ServerName { get; init; }

    public required IReadOnlyList<string> Presented { get; init; }

    public string? TlsVersion { get; init; }

    public string? HandshakeFailure { get; init; }

    public required IReadOnlyList<RequestState> Requests { get; init; }
}

/// <summary>One HTTP request.</summary>
/// <param name="Line">The request line.</param>
/// <param name="Status">The status of the answer; null when there was none.</param>
internal sealed record RequestState(string Line, int? Status);

/// <summary>Source-generated JSON of the lab's control server.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(LabState))]
[JsonSerializable(typeof(WantedChange))]
[JsonSerializable(typeof(WantedScenario))]
[JsonSerializable(typeof(EmptyRequest))]
[JsonSerializable(typeof(MadeChange))]
[JsonSerializable(typeof(IReadOnlyList<MadeChange>))]
[JsonSerializable(typeof(IReadOnlyList<ConnectionState>))]
internal sealed partial class LabApiJson : JsonSerializerContext;
