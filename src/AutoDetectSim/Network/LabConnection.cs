using AutoDetectSim.LoadBalancing;

namespace AutoDetectSim.Network;

/// <summary>What the lab knows of one connection; a feature of the connection, and so of every request on it.</summary>
internal sealed class LabConnection(VirtualIp virtualIp, NodeLease lease, Caller caller)
{
    public VirtualIp VirtualIp { get; } = virtualIp;

    public NodeLease Lease { get; } = lease;

    public LabNode Node => Lease.Node;

    public Caller Caller { get; } = caller;
}
