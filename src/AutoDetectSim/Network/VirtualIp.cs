using System.Net;
using AutoDetectSim.LoadBalancing;

namespace AutoDetectSim.Network;

/// <summary>One address and port of the lab network, the host names that resolve to it, and the balancer that owns it.</summary>
internal sealed class VirtualIp(string name, IPAddress address, int port, IReadOnlyList<string> hosts, LoadBalancer balancer)
{
    /// <summary>The name of the load balancer, or of the service of the lab.</summary>
    public string Name { get; } = name;

    /// <summary>The address in the lab network; nothing listens there for real.</summary>
    public IPAddress Address { get; } = address;

    /// <summary>The port in the lab network.</summary>
    public int Port { get; } = port;

    public IReadOnlyList<string> Hosts { get; } = hosts;

    public LoadBalancer Balancer { get; } = balancer;

    /// <summary>Whether this is a service of the lab itself, as opposed to a part of the customer's world.</summary>
    public bool IsService { get; init; }

    /// <summary>Which source addresses may connect.</summary>
    public Firewall Firewall { get; set; } = Firewall.Open;

    /// <summary>Where the virtual IP can be reached on this machine; set when the lab listens.</summary>
    public IPEndPoint? EndPoint { get; set; }
}
