using AutoDetectSim.Network.Faults;
using AutoDetectSim.Network.Journal;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Network;

/// <summary>What the lab knows of one connection; a feature of the connection, and so of every request on it.</summary>
internal sealed class LabConnection(VirtualIp virtualIp, NodeLease lease, Caller caller)
{
    private long _waitTicks;
    private volatile Action? _stalled;

    public VirtualIp VirtualIp { get; } = virtualIp;

    public NodeLease Lease { get; } = lease;

    public ServedNode Node => Lease.Node;

    public Caller Caller { get; } = caller;

    /// <summary>What goes wrong on this connection.</summary>
    public ConnectionFault Fault { get; init; }

    /// <summary>The round-trip time of this connection.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Whether the client counts waiting times instead of waiting them out.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Whether TLS is spoken on this connection.</summary>
    public bool UsesTls => VirtualIp.UsesTls && VirtualIp.IdentityOf(Node) is not null && Fault.Kind != TransportFault.PlainHttp && !IsProbe;

    /// <summary>Whether another process serves the connection; its node is not known here.</summary>
    public bool IsElsewhere { get; private init; }

    /// <summary>Whether the balancer itself asks whether the node is healthy.</summary>
    public bool IsProbe { get; init; }

    /// <summary>Whether the lab reads back what it presents itself.</summary>
    public bool IsSelfTest { get; init; }

    /// <summary>Where this connection is written down; null for those that the lab makes for itself.</summary>
    public JournalEntry? Entry { get; set; }

    /// <summary>The time that the client would have waited so far.</summary>
    public TimeSpan SimulatedWait => TimeSpan.FromTicks(Interlocked.Read(ref _waitTicks));

    /// <summary>A connection that another process serves, from the client's side.</summary>
    public static LabConnection ToElsewhere(VirtualIp virtualIp, Caller caller, bool isSimulated) =>
        new(virtualIp, new NodeLease(new ServedNode(virtualIp.Balancer.Name, static _ => Task.CompletedTask)), caller) { IsSimulated = isSimulated, IsElsewhere = true };

    /// <summary>Counts time that the client does not wait out.</summary>
    public void AddWait(TimeSpan wait) => Interlocked.Add(ref _waitTicks, wait.Ticks);

    /// <summary>Notifies a client that does not wait when nothing more will come; null when it has stopped listening.</summary>
    public void OnStalled(Action? tell) => _stalled = tell;

    /// <summary>Says that nothing more will come.</summary>
    public void Stall() => _stalled?.Invoke();
}
