using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios;

/// <summary>What a firewall does with connections that it does not allow.</summary>
public enum Blocking
{
    /// <summary>It drops them silently; the client waits until its own timeout (ETIMEDOUT).</summary>
    Drop,

    /// <summary>It rejects them (ECONNREFUSED).</summary>
    Reject,
}

/// <summary>What happens to connections to an address.</summary>
public enum Reachability
{
    /// <summary>They are served.</summary>
    Open,

    /// <summary>They are dropped silently, and the client waits.</summary>
    Dropped,

    /// <summary>They are refused.</summary>
    Refused,

    /// <summary>They are accepted, but never answered.</summary>
    Silent,
}

/// <summary>How port 80 of a virtual IP behaves.</summary>
public enum PlainHttpPort
{
    /// <summary>It is closed.</summary>
    Closed,

    /// <summary>Every request is redirected (302) to the same URL with https:. With TLS offloading, this is a loop.</summary>
    Redirect,

    /// <summary>The nodes answer there as over TLS.</summary>
    Open,
}

/// <summary>How a load balancer decides which nodes it uses.</summary>
[Shorthand(nameof(Path))]
public sealed record HealthProbeDefinition
{
    /// <summary>The path to which a healthy node responds with status 200; empty: accepting the connection is enough.</summary>
    [StringSyntax(ScalarSyntax.UrlPath)]
    public string Path { get; init; } = "/owa/healthcheck.htm";
}
