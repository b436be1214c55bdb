using System.Net;

namespace AutoDetectSim.Network;

/// <summary>
/// Who opens connections in the lab network: one session of one client. All connections of one detection have the same
/// caller, so that a balancer with session persistence keeps them on one node; every connection of a real tool that comes
/// in through the gateway is a caller of its own.
/// </summary>
/// <param name="Address">The source address that firewalls and source-hash balancers see.</param>
/// <param name="Session">A number that no other caller of the lab has.</param>
public readonly record struct Caller(IPAddress Address, long Session);
