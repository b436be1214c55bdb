using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>The fault of a scenario, and how the repaired world differs.</summary>
public sealed record FaultDefinition
{
    /// <summary>The layer in which the fault is.</summary>
    public required FaultLayer Layer { get; init; }

    /// <summary>The kind of fault; if a setting has a value for it, that value: <c>missingIntermediate</c>.</summary>
    [StringSyntax(ScalarSyntax.Name)]
    public required string Kind { get; init; }

    /// <summary>Why the fault has this effect, in a few sentences; shown once the fault is found.</summary>
    public string? Explanation { get; init; }

    /// <summary>The changes that repair the fault, in the form of the scenario itself: the parts listed here are changed, and <c>null</c> restores the default of a key.</summary>
    [Overlay("remedy")]
    public required Scenario Repaired { get; init; }

    /// <summary>The expected results in the repaired world.</summary>
    [FilledIn("every address of `expect` is detected every time and, if `expect` covers that, provisioned and set up by Outlook on the desktop")]
    public IReadOnlyList<Expectation> ExpectFixed { get; init; } = [];
}

/// <summary>The layer of a fault.</summary>
public enum FaultLayer
{
    /// <summary>Name resolution.</summary>
    Dns,

    /// <summary>Reachability: firewalls, lost or refused connections, latency.</summary>
    Network,

    /// <summary>A load balancer or other device in front of the servers.</summary>
    Balancer,

    /// <summary>TLS versions, alerts, handshakes.</summary>
    Tls,

    /// <summary>Certificates and the chains in which they are presented.</summary>
    Certificate,

    /// <summary>Exchange on-premises: virtual directories, authentication, builds.</summary>
    Exchange,

    /// <summary>The hybrid relationship with Exchange Online and Entra.</summary>
    Hybrid,

    /// <summary>The AutoDetect service itself: its database and its cache.</summary>
    Service,
}
