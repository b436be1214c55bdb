using System.Net;

namespace AutoDetectSim.Network;

/// <summary>
/// Who opens connections in the lab network: one session of one client. All connections of one detection have the same
/// caller, which lets a load balancer with session persistence keep them on one node; every connection of a real tool
/// through the gateway is a separate caller.
/// </summary>
/// <param name="Address">The source address that firewalls and source-hash balancers see.</param>
/// <param name="Session">A number that no other caller of the lab has.</param>
/// <param name="Kind">What kind of client it is.</param>
internal readonly record struct Caller(IPAddress Address, long Session, CallerKind Kind = CallerKind.Program);
