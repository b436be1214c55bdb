using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Network.Faults;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.LoadBalancing;

/// <summary>
/// One server behind a virtual IP: an identity that connections are given, not a process. It can be changed while the lab
/// runs; connections that are already open keep what they were given.
/// </summary>
internal sealed class LabNode(string name, RequestDelegate handler)
{
    private int _openConnections;
    private volatile bool _up = true;
    private volatile bool _healthy = true;
    private volatile NodeIdentity? _identity;
    private volatile FaultSource _faults = FaultSource.None;
    private long _latencyTicks;

    public string Name { get; } = name;

    /// <summary>Answers HTTP requests as this node.</summary>
    public RequestDelegate Handler { get; } = handler;

    /// <summary>What the scenario says of the node; null for a service that belongs to the lab itself.</summary>
    public NodeDefinition? Definition { get; init; }

    /// <summary>Share of connections under the weighted algorithm.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Whether somebody has taken the node out of the balancer.</summary>
    public bool Up
    {
        get => _up;
        set => _up = value;
    }

    /// <summary>What the balancer's health probe said last; true where there is no probe.</summary>
    public bool Healthy
    {
        get => _healthy;
        set => _healthy = value;
    }

    /// <summary>Whether the balancer gives the node connections.</summary>
    public bool IsAvailable => _up && _healthy;

    /// <summary>What goes wrong on the node's connections.</summary>
    public FaultSource Faults
    {
        get => _faults;
        set => _faults = value;
    }

    /// <summary>The round-trip time that the node adds.</summary>
    public TimeSpan Latency
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _latencyTicks));
        set => Interlocked.Exchange(ref _latencyTicks, value.Ticks);
    }

    /// <summary>What the node presents; null where it has no TLS at all.</summary>
    public NodeIdentity? Identity
    {
        get => _identity;
        set => _identity = value;
    }

    /// <summary>What the node presents to clients that name no host of its virtual IP in SNI; null where that is the same.</summary>
    public NodeIdentity? WithoutSni { get; init; }

    /// <summary>Makes the TLS settings of the node, or null where it has no TLS at all.</summary>
    public Func<TlsServerSettings>? Tls => _identity?.Settings;

    /// <summary>The chain that the node is meant to present; null without TLS.</summary>
    public Func<PresentedChain>? Presented => _identity?.Presented;

    public int OpenConnections => Volatile.Read(ref _openConnections);

    /// <summary>What the node presents to a client that names a server in SNI, or none; null where the node has no TLS at all.</summary>
    public NodeIdentity? IdentityFor(string? serverName, IReadOnlyList<string> hosts) =>
        WithoutSni is not null && (serverName is null || !hosts.Contains(serverName, StringComparer.OrdinalIgnoreCase)) ? WithoutSni : Identity;

    internal void Opened() => Interlocked.Increment(ref _openConnections);

    internal void Closed() => Interlocked.Decrement(ref _openConnections);
}
