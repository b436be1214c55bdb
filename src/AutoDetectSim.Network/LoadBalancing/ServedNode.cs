using System.Collections.Frozen;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Network.Faults;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Network.LoadBalancing;

/// <summary>
/// One server behind a virtual IP: an identity that connections are given, not a process. When the lab is changed another one
/// takes its place; connections that are open keep the one they were given.
/// </summary>
internal sealed class ServedNode(string name, RequestDelegate handler)
{
    private volatile bool _healthy = true;

    public string Name { get; } = name;

    /// <summary>Answers HTTP requests as this node.</summary>
    public RequestDelegate Handler { get; } = handler;

    /// <summary>What the scenario says of the node; null for a service that belongs to the lab itself.</summary>
    public NodeDefinition? Definition { get; init; }

    /// <summary>Share of connections under the weighted algorithm.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>False when an administrator has drained the node.</summary>
    public bool Up { get; init; } = true;

    /// <summary>The last result of the health probe; true without a probe.</summary>
    public bool Healthy
    {
        get => _healthy;
        set => _healthy = value;
    }

    /// <summary>Whether the balancer gives the node connections.</summary>
    public bool IsAvailable => Up && _healthy;

    /// <summary>What goes wrong on the node's connections.</summary>
    public FaultSource Faults { get; init; } = FaultSource.None;

    /// <summary>The round-trip time that the node adds.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>What the node presents; null where it has no TLS at all.</summary>
    public NodeIdentity? Identity
    {
        get => IdentitySource is null ? field : IdentitySource();
        init;
    }

    /// <summary>Gives <see cref="Identity"/> each time it is asked for, for a node that renews its certificate; null: it keeps the one it has.</summary>
    public Func<NodeIdentity>? IdentitySource { get; init; }

    /// <summary>What the node presents to clients that name no host of its virtual IP in SNI; null where that is the same.</summary>
    public NodeIdentity? WithoutSni { get; init; }

    /// <summary>What the node presents to a load balancer that terminates TLS in front of it; null without one.</summary>
    public NodeIdentity? BackEndIdentity { get; init; }

    /// <summary>What the node does at the ports of mail protocols.</summary>
    public IReadOnlyDictionary<MailProtocol, MailServer> MailServers { get; init; } = FrozenDictionary<MailProtocol, MailServer>.Empty;

    /// <summary>Whether the balancer in front speaks plain HTTP with the node.</summary>
    public bool IsTlsOffloaded { get; init; }

    /// <summary>The certificate of the TLS connections that the node itself ends; null where it ends none.</summary>
    public ReadOnlyMemory<byte>? ServerCertificate => IsTlsOffloaded || (BackEndIdentity ?? Identity) is not { } own ? null : own.Presented().Certificates[0].Der;

    /// <summary>The chain that the node is meant to present; null without TLS.</summary>
    public Func<PresentedChain>? Presented => Identity?.Presented;

    /// <summary>Counts the open connections; shared with the node that follows this one when the lab is changed.</summary>
    public ConnectionCounter OpenConnections { get; init; } = new();

    /// <summary>What the node presents to a client that names a server in SNI, or none; null where the node has no TLS at all.</summary>
    public NodeIdentity? IdentityFor(string? serverName, IReadOnlyList<string> hosts) =>
        WithoutSni is not null && (serverName is null || !hosts.Contains(serverName, StringComparer.OrdinalIgnoreCase)) ? WithoutSni : Identity;
}

/// <summary>A number of connections. Safe for use by several threads.</summary>
internal sealed class ConnectionCounter
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Increment() => Interlocked.Increment(ref _count);

    public void Decrement() => Interlocked.Decrement(ref _count);
}
