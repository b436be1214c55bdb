using System.Net;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Network;

/// <summary>One address and port of the lab network, the host names that resolve to it, and the balancer that owns it.</summary>
internal sealed class VirtualIp(string name, IPAddress address, int port, IReadOnlyList<string> hosts, LoadBalancer balancer)
{
    /// <summary>The name of the load balancer, or of the service of the lab; port 80 has a separate name.</summary>
    public string Name { get; } = name;

    /// <summary>The IPv4 address in the lab network; nothing listens there for real.</summary>
    public IPAddress Address { get; } = address;

    /// <summary>The IPv6 address in the lab network, or null.</summary>
    public IPAddress? Ipv6Address { get; init; }

    /// <summary>How connections to <see cref="Ipv6Address"/> end.</summary>
    public Reachability Ipv6 { get; init; }

    /// <summary>The port in the lab network.</summary>
    public int Port { get; } = port;

    public IReadOnlyList<string> Hosts { get; } = hosts;

    public LoadBalancer Balancer { get; } = balancer;

    /// <summary>Whether this is a service of the lab itself, as opposed to a part of the customer's world.</summary>
    public bool IsService { get; init; }

    /// <summary>Whether clients speak TLS on this port.</summary>
    public bool UsesTls { get; init; } = true;

    /// <summary>Whether clients speak HTTPS on this port.</summary>
    public bool IsHttps => UsesTls && Mail is null;

    /// <summary>The mail protocol that is spoken on this port; null for HTTP.</summary>
    public MailPort? Mail { get; init; }

    /// <summary>Answers HTTP instead of the nodes; null: they answer.</summary>
    public RequestDelegate? Handler { get; init; }

    /// <summary>Where the virtual IP can be reached on this machine; set when the lab listens.</summary>
    public IPEndPoint? EndPoint { get; set; }

    /// <summary>Whether every connection from an address is refused: the port is closed as far as that address can tell.</summary>
    public bool RefusesAll(IPAddress source) =>
        (Balancer.Firewall.Blocking == Blocking.Reject && !Balancer.Firewall.Allows(source))
        || (Balancer.Firewall.Allows(source) && Balancer.RefusesAll);

    /// <summary>What a node presents on this port; null where it has no TLS here.</summary>
    public NodeIdentity? IdentityOf(ServedNode node) => Mail is { } mail ? node.MailServers.GetValueOrDefault(mail.Protocol)?.Identity : node.Identity;

    /// <summary>How connections to one of its addresses end.</summary>
    public Reachability ReachabilityOf(IPAddress target) => target.Equals(Ipv6Address) ? Ipv6 : Reachability.Open;
}
