using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>What is wrong with the world of a scenario, and what the world is like once that is put right.</summary>
public sealed record FaultDefinition
{
    /// <summary>Which part of the world the fault is in.</summary>
    public required FaultLayer Layer { get; init; }

    /// <summary>The fault's word, the same as in the part that has it where there is one: <c>missingIntermediate</c>.</summary>
    [StringSyntax(ScalarSyntax.Name)]
    public required string Kind { get; init; }

    /// <summary>Why the fault has the effect that it has, in a few sentences; shown once the fault is found.</summary>
    public string? Explanation { get; init; }

    /// <summary>The changes that put the fault right, in the scenario's own form: parts that it names are changed, <c>null</c> takes a key away and so brings its default back.</summary>
    [Overlay("remedy")]
    public required Scenario Repaired { get; init; }

    /// <summary>What must be true of the repaired world.</summary>
    [FilledIn("every address of `expect` is detected every time, and provisioned and found by Outlook on the desktop where `expect` speaks of that")]
    public IReadOnlyList<Expectation> ExpectFixed { get; init; } = [];
}

/// <summary>The part of the world that a fault is in.</summary>
public enum FaultLayer
{
    /// <summary>Name resolution.</summary>
    Dns,

    /// <summary>Reachability: firewalls, lost or refused connections, latency.</summary>
    Network,

    /// <summary>A load balancer or another device in front of the servers.</summary>
    Balancer,

    /// <summary>TLS versions, alerts, handshakes.</summary>
    Tls,

    /// <summary>Certificates and the chains in which they are presented.</summary>
    Certificate,

    /// <summary>Exchange on-premises: virtual directories, authentication, builds.</summary>
    Exchange,

    /// <summary>The hybrid relation with Exchange Online and Entra.</summary>
    Hybrid,

    /// <summary>What the AutoDetect service itself holds: its database and its cache.</summary>
    Service,
}
