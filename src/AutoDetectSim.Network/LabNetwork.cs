using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Network.Faults;
using AutoDetectSim.Network.Journal;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Network;

/// <summary>The routes of a lab: from a name over DNS, address and firewall to a node. Nothing outside the lab can be reached.</summary>
internal sealed class LabNetwork
{
    /// <summary>
    /// How long Node.js 20 gives an address before it tries the next one of the other family (net.setDefaultAutoSelectFamilyAttemptTimeout,
    /// measured). The last address has all the time that the caller has.
    /// </summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromMilliseconds(250);

    private volatile Destinations _destinations = new([]);

    public LabNetwork(TimeProvider time, LabTrust trust) => Journal = new ConnectionJournal(time, trust);

    public IReadOnlyList<VirtualIp> VirtualIps => _destinations.VirtualIps;

    /// <summary>Those of the customer's network: all but the services of the lab itself, such as AutoDetect and Exchange Online.</summary>
    public IEnumerable<VirtualIp> CustomerVirtualIps => VirtualIps.Where(virtualIp => !virtualIp.IsService);

    public DnsZone Zone { get; } = new();

    public ConnectionTable Connections { get; } = new();

    /// <summary>Where connections that are dialled inside the lab arrive; set when the lab listens.</summary>
    public IPEndPoint? EndPoint { get; set; }

    /// <summary>What other processes serve; null: this one serves the whole lab.</summary>
    public IElsewhere? Elsewhere { get; init; }

    /// <summary>What connections the lab has served.</summary>
    public ConnectionJournal Journal { get; }

    /// <summary>Replaces the virtual IPs and the zone. Open connections stay open.</summary>
    /// <exception cref="ArgumentException">Two virtual IPs have the same address and port.</exception>
    public void Switch(IReadOnlyList<VirtualIp> virtualIps, DnsZone zone)
    {
        _destinations = new Destinations(virtualIps);
        Zone.Become(zone);
    }

    /// <summary>Whether a name or an address is known to the lab at all; what the gateway may serve.</summary>
    public bool IsLabHost(string host) => IPAddress.TryParse(host, out var address) ? IsAddress(address) : Zone.Owns(host);

    /// <summary>
    /// Finds the way to a node for a new connection, as far as it leads. A host with several addresses is tried as Node.js
    /// does it: one after the other, the families in turns, and what counts is the error of the first.
    /// </summary>
    /// <param name="host">A name, or an address.</param>
    /// <param name="port">The port in the lab network.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="isSimulated">Whether the client counts waiting times instead of waiting them out.</param>
    public Route FindRoute(string host, int port, Caller caller, bool isSimulated = false)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return FindRoute(literal, port, caller, isSimulated);
        }

        var resolved = Zone.Resolve(host);
        if (resolved.Addresses.Count == 0)
        {
            var error = resolved.Status == DnsStatus.ServerFailure
                ? new NodeError(NodeErrors.NameServerFailure, resolved.Delay >= DnsZone.Patience ? $"The name server of {host} does not answer." : $"The name server of {host} fails (SERVFAIL).")
                : new NodeError(NodeErrors.NameNotFound, $"The name {host} has no address in DNS.");
            return Route.Failed(error) with { Wait = resolved.Delay };
        }

        var wait = resolved.Delay;
        NodeError? first = null;
        for (var index = 0; ; index++)
        {
            var route = FindRoute(resolved.Addresses[index], port, caller, isSimulated);
            if (index == resolved.Addresses.Count - 1)
            {
                return route with { Wait = wait, Error = route.Error is not null && !route.IsEndless ? first ?? route.Error : route.Error };
            }

            if (route.End == RouteEnd.Dropped || route.Connection?.Latency > AttemptTimeout)
            {
                route.Connection?.Lease.Dispose();
                wait += AttemptTimeout;
                first ??= new NodeError(NodeErrors.TimedOut, $"{route.Address} did not answer within {AttemptTimeout.TotalMilliseconds} ms.");
            }
            else if (route.Error is null || route.End == RouteEnd.Silent)
            {
                return route with { Wait = wait };
            }
            else
            {
                first ??= route.Error;
            }
        }
    }

    /// <summary>Routes a new connection that has reached a virtual IP.</summary>
    public static Route Admit(VirtualIp virtualIp, IPAddress address, Caller caller, bool isSimulated) =>
        Enter(virtualIp, address, caller) ?? Assign(virtualIp, address, caller, isSimulated, virtualIp.Balancer.Faults.Next());

    /// <summary>Routes a new connection that the firewall has let in: to a node, or into a fault on the way.</summary>
    public static Route Assign(VirtualIp virtualIp, IPAddress address, Caller caller, bool isSimulated, ConnectionFault fault)
    {
        var balancer = virtualIp.Balancer;
        if (Blocked(fault, balancer.Name) is { } blocked)
        {
            return blocked with { Address = address, VirtualIp = virtualIp };
        }

        return balancer.Choose(caller) is { } lease
            ? Give(virtualIp, lease, fault, address, caller, isSimulated)
            : NoNode(virtualIp, address);
    }

    /// <summary>Refuses a new connection because no node is up.</summary>
    public static Route NoNode(VirtualIp virtualIp, IPAddress address) =>
        Route.Failed(new NodeError(NodeErrors.ConnectionRefused, $"No node of {virtualIp.Balancer.Name} is up."), address, virtualIp);

    /// <summary>Routes a new connection to a node.</summary>
    /// <param name="virtualIp">The virtual IP.</param>
    /// <param name="lease">The node.</param>
    /// <param name="fault">What goes wrong on the way to it.</param>
    /// <param name="address">The address that was connected to.</param>
    /// <param name="caller">Who connects.</param>
    /// <param name="isSimulated">Whether the client counts waiting times instead of waiting them out.</param>
    public static Route Give(VirtualIp virtualIp, NodeLease lease, ConnectionFault fault, IPAddress address, Caller caller, bool isSimulated)
    {
        var balancer = virtualIp.Balancer;
        if (virtualIp.Mail is { } mail && lease.Node.MailServers.GetValueOrDefault(mail.Protocol) is not { IsRunning: true })
        {
            lease.Dispose();
            var error = new NodeError(NodeErrors.ConnectionRefused, $"{lease.Node.Name} does not listen on port {mail.Number}.");
            return Route.Failed(error, address, virtualIp, lease.Node);
        }

        if (fault.Kind == TransportFault.None)
        {
            fault = lease.Node.Faults.Next();
            if (Blocked(fault, lease.Node.Name) is { } refused)
            {
                lease.Dispose();
                return refused with { Address = address, VirtualIp = virtualIp, Node = lease.Node };
            }
        }

        var connection = new LabConnection(virtualIp, lease, caller)
        {
            Fault = fault,
            Latency = balancer.Latency + lease.Node.Latency,
            IsSimulated = isSimulated,
        };
        return new Route { Address = address, VirtualIp = virtualIp, Node = ReferenceEquals(lease.Node, balancer.Own) ? null : lease.Node, Connection = connection };
    }

    /// <summary>What keeps a new connection from a virtual IP: a firewall, or an address that does not answer; null: nothing.</summary>
    private static Route? Enter(VirtualIp virtualIp, IPAddress address, Caller caller)
    {
        var balancer = virtualIp.Balancer;
        if (!balancer.Firewall.Allows(caller.Address))
        {
            return balancer.Firewall.Blocking == Blocking.Reject
                ? Route.Failed(new NodeError(NodeErrors.ConnectionRefused, $"The firewall in front of {balancer.Name} rejects connections from {caller.Address}."), address, virtualIp)
                : Route.Dropped($"The firewall in front of {balancer.Name} drops connections from {caller.Address}.", address, virtualIp);
        }

        return virtualIp.ReachabilityOf(address) switch
        {
            Reachability.Dropped => Route.Dropped($"{address} does not answer on port {virtualIp.Port}.", address, virtualIp),
            Reachability.Refused => Route.Failed(new NodeError(NodeErrors.ConnectionRefused, $"{address} refuses connections on port {virtualIp.Port}."), address, virtualIp),
            Reachability.Silent => Route.Silent($"{address} accepts connections on port {virtualIp.Port} but does not answer.", address, virtualIp),
            _ => null,
        };
    }

    /// <summary>Connects along a route that was found, and tells it which node was chosen.</summary>
    /// <exception cref="SocketException">The listener of the lab cannot be reached.</exception>
    public async Task<Socket> ConnectAsync(LabConnection connection, CancellationToken cancellationToken)
    {
        if (connection.IsElsewhere)
        {
            // It is in the journal of the process that serves it.
            return await Elsewhere!.ConnectAsync(connection, cancellationToken);
        }

        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var localPort = 0;

        // Recorded before it is dialled: after dialling, the caller finds it in the journal.
        connection.Entry = connection.IsProbe || connection.IsSelfTest ? null : Journal.Open(connection);
        try
        {
            // Bound before it connects: the listener may see the connection before ConnectAsync comes back.
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            localPort = ((IPEndPoint)socket.LocalEndPoint!).Port;
            Connections.Add(localPort, connection);
            await socket.ConnectAsync(EndPoint!, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            if (localPort != 0)
            {
                Connections.Take(localPort)?.Lease.Dispose();
            }

            connection.Entry?.Closed();
            throw;
        }
    }

    private Route FindRoute(IPAddress address, int port, Caller caller, bool isSimulated)
    {
        if (_destinations.ByAddress.TryGetValue((address, port), out var virtualIp))
        {
            return Elsewhere?.Serves(virtualIp) == true
                ? Enter(virtualIp, address, caller) ?? new Route { Address = address, VirtualIp = virtualIp, Connection = LabConnection.ToElsewhere(virtualIp, caller, isSimulated) }
                : Admit(virtualIp, address, caller, isSimulated);
        }

        return IsAddress(address)
            ? Route.Failed(new NodeError(NodeErrors.ConnectionRefused, $"{address} does not listen on port {port}."), address)
            : Route.Dropped($"{address} does not answer on port {port}.", address);
    }

    private bool IsAddress(IPAddress address) =>
        VirtualIps.Any(virtualIp => virtualIp.Address.Equals(address) || address.Equals(virtualIp.Ipv6Address));

    private sealed class Destinations
    {
        public Destinations(IReadOnlyList<VirtualIp> virtualIps)
        {
            VirtualIps = virtualIps;
            foreach (var virtualIp in virtualIps)
            {
                ByAddress.Add((virtualIp.Address, virtualIp.Port), virtualIp);
                if (virtualIp.Ipv6Address is { } ipv6)
                {
                    ByAddress.Add((ipv6, virtualIp.Port), virtualIp);
                }
            }
        }

        public IReadOnlyList<VirtualIp> VirtualIps { get; }

        public Dictionary<(IPAddress Address, int Port), VirtualIp> ByAddress { get; } = [];
    }

    private static Route? Blocked(ConnectionFault fault, string name) => fault.Kind switch
    {
        TransportFault.Refused => Route.Failed(new NodeError(NodeErrors.ConnectionRefused, $"{name} refuses connections.")),
        TransportFault.Dropped => Route.Dropped($"{name} does not answer: the connection is never established.", null),
        _ => null,
    };
}
