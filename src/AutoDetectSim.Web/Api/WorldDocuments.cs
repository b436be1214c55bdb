using System.Text.Json.Serialization;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Control;
using AutoDetectSim.Diagnosis.Reports;

namespace AutoDetectSim.Web.Api;

/// <summary>One kind of client.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Title">The client in words.</param>
/// <param name="ShortTitle">Its usual name.</param>
/// <param name="Habits">What it does, a sentence each.</param>
internal sealed record ClientKind(string Name, string Title, string ShortTitle, IReadOnlyList<string> Habits)
{
    /// <summary>The document of a client.</summary>
    public static ClientKind From(ClientProfile profile) => new(profile.Name, profile.Title, profile.ShortTitle, [.. profile.Habits.Select(habit => habit.Statement)]);
}

/// <summary>A lab as one kind of client meets it.</summary>
internal sealed record TopologyDocument
{
    public required string Scenario { get; init; }

    public string? Title { get; init; }

    /// <summary>The address to try first.</summary>
    public required string Email { get; init; }

    /// <summary>How often the lab has been changed.</summary>
    public required long Revision { get; init; }

    /// <summary>The client whose verdicts these are.</summary>
    public required string Client { get; init; }

    /// <summary>The customer's virtual IPs.</summary>
    public required IReadOnlyList<TopologyVirtualIp> VirtualIps { get; init; }

    /// <summary>The services of the lab itself: AutoDetect, Exchange Online and others.</summary>
    public required IReadOnlyList<TopologyService> Services { get; init; }

    /// <summary>What DNS answers for the customer's host names.</summary>
    public required IReadOnlyList<TopologyName> Names { get; init; }
}

/// <summary>A service of the lab itself.</summary>
internal sealed record TopologyService(string Name, IReadOnlyList<string> Hosts, string Address);

/// <summary>A host name in the lab's DNS.</summary>
/// <param name="Name">The name.</param>
/// <param name="Status"><c>noError</c>, <c>serverFailure</c> or <c>nonExistentDomain</c>.</param>
/// <param name="Addresses">Its addresses.</param>
internal sealed record TopologyName(string Name, string Status, IReadOnlyList<string> Addresses);

/// <summary>One virtual IP with its firewall, load balancer and nodes.</summary>
internal sealed record TopologyVirtualIp
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Hosts { get; init; }

    public required string Address { get; init; }

    public string? Ipv6Address { get; init; }

    public required int Port { get; init; }

    public required bool UsesTls { get; init; }

    /// <summary><c>passthrough</c> or <c>terminate</c>.</summary>
    public required string Tls { get; init; }

    public required string Algorithm { get; init; }

    public required IReadOnlyList<string> AllowFrom { get; init; }

    public required IReadOnlyList<string> DenyFrom { get; init; }

    /// <summary>Whether the firewall lets the client in: <c>all</c>, <c>some</c> of its source ranges, or <c>none</c>.</summary>
    public required string Admits { get; init; }

    /// <summary>What goes wrong on the way to the load balancer; null for nothing.</summary>
    public string? Fault { get; init; }

    public string? FaultShare { get; init; }

    public required IReadOnlyList<TopologyChain> Chains { get; init; }

    public required IReadOnlyList<TopologyNode> Nodes { get; init; }
}

/// <summary>A chain that nodes present, and what the client says of it.</summary>
internal sealed record TopologyChain
{
    public required string Label { get; init; }

    /// <summary>The names of the certificates in wire order.</summary>
    public required IReadOnlyList<string> Presents { get; init; }

    /// <summary>The host name for which the verdict holds.</summary>
    public required string Host { get; init; }

    public required bool Accepted { get; init; }

    public required string Code { get; init; }

    /// <summary>What the client itself reports.</summary>
    public required string Words { get; init; }

    public required string Because { get; init; }

    public required int Nodes { get; init; }
}

/// <summary>One node.</summary>
internal sealed record TopologyNode
{
    public required string Name { get; init; }

    public required bool Up { get; init; }

    public required bool Healthy { get; init; }

    /// <summary>The label of the chain that it presents; null without TLS.</summary>
    public string? Chain { get; init; }

    /// <summary>What goes wrong on its connections; null for nothing.</summary>
    public string? Fault { get; init; }

    public string? FaultShare { get; init; }

    /// <summary>Detections that are remembered and met the node.</summary>
    public required int Met { get; init; }

    /// <summary>Those of them in which something failed at the node.</summary>
    public required int Failed { get; init; }
}

/// <summary>One node in full.</summary>
internal sealed record NodeDocument
{
    public required string VirtualIp { get; init; }

    public required string Name { get; init; }

    public required bool Up { get; init; }

    public required bool Healthy { get; init; }

    /// <summary>What the scenario says of the node, as YAML.</summary>
    public required string Settings { get; init; }

    /// <summary>The host name for which the chain is judged.</summary>
    public string? Host { get; init; }

    /// <summary>The chain that it presents and every client's verdict, as <c>check --json</c> has them; null without TLS.</summary>
    public ChainDocument? Chain { get; init; }

    /// <summary>Changes to consider, each in a line.</summary>
    public required IReadOnlyList<string> Suggestions { get; init; }

    /// <summary>Its last connections, the newest first.</summary>
    public required IReadOnlyList<ConnectionState> Connections { get; init; }
}

/// <summary>What has happened in a lab since the last event.</summary>
internal sealed record LabEvent
{
    public required string Scenario { get; init; }

    /// <summary>How often the lab has been changed.</summary>
    public required long Revision { get; init; }

    /// <summary>The change that undo would take back.</summary>
    public string? Undoable { get; init; }

    /// <summary>How many connections it has served.</summary>
    public required long Connections { get; init; }

    /// <summary>How many detections it has made.</summary>
    public required long Detections { get; init; }

    /// <summary>New connections, by load balancer and node: <c>perimeter/ex01</c>.</summary>
    public required IReadOnlyDictionary<string, int> Met { get; init; }
}

/// <summary>Source-generated JSON of the part of the control interface that explains a lab.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IReadOnlyList<ClientKind>))]
[JsonSerializable(typeof(TopologyDocument))]
[JsonSerializable(typeof(NodeDocument))]
[JsonSerializable(typeof(LabEvent))]
internal sealed partial class WorldJson : JsonSerializerContext;
