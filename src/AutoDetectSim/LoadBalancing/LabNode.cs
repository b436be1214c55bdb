using AutoDetectSim.Certificates.Issuance;
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

    public string Name { get; } = name;

    /// <summary>Answers HTTP requests as this node.</summary>
    public RequestDelegate Handler { get; } = handler;

    /// <summary>What the scenario says of the node; null for a service that belongs to the lab itself.</summary>
    public NodeDefinition? Definition { get; init; }

    /// <summary>Share of connections under the weighted algorithm.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Whether the balancer gives the node connections.</summary>
    public bool Up { get; set; } = true;

    /// <summary>What goes wrong below HTTP.</summary>
    public TransportFault Fault { get; set; }

    /// <summary>Makes the TLS settings for one connection, or null where the node speaks plain HTTP.</summary>
    public Func<TlsServerSettings>? Tls { get; set; }

    /// <summary>The chain that the node is meant to present; null without TLS.</summary>
    public Func<PresentedChain>? Presented { get; set; }

    public int OpenConnections => Volatile.Read(ref _openConnections);

    internal void Opened() => Interlocked.Increment(ref _openConnections);

    internal void Closed() => Interlocked.Decrement(ref _openConnections);
}
