using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>What a firewall does with connections that it does not let in.</summary>
public enum Blocking
{
    /// <summary>It answers nothing, and the client waits until its own time is up (ETIMEDOUT).</summary>
    Drop,

    /// <summary>It refuses them (ECONNREFUSED).</summary>
    Reject,
}

/// <summary>What becomes of connections to an address.</summary>
public enum Reachability
{
    /// <summary>They are served.</summary>
    Open,

    /// <summary>They vanish, and the client waits.</summary>
    Dropped,

    /// <summary>They are refused.</summary>
    Refused,

    /// <summary>They are accepted, and nothing is ever answered.</summary>
    Silent,
}

/// <summary>What port 80 of a virtual IP does.</summary>
public enum PlainHttpPort
{
    /// <summary>It is closed.</summary>
    Closed,

    /// <summary>Every request is sent to the same address with https: (302). Behind a balancer that offloads TLS that is a loop.</summary>
    Redirect,

    /// <summary>The nodes answer there as they do over TLS.</summary>
    Open,
}

/// <summary>How a balancer finds out which nodes it may use.</summary>
[Shorthand(nameof(Path))]
public sealed record HealthProbeDefinition
{
    /// <summary>The path that a healthy node answers with status 200; empty: the node only has to accept connections.</summary>
    [StringSyntax(ScalarSyntax.UrlPath)]
    public string Path { get; init; } = "/owa/healthcheck.htm";
}
