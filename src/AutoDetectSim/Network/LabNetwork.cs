using System.Net;
using System.Net.Sockets;
using AutoDetectSim.LoadBalancing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Network;

/// <summary>The routes of a lab: from a name over DNS, address and firewall to a node. Nothing outside the lab can be reached.</summary>
internal sealed class LabNetwork
{
    private readonly Dictionary<(IPAddress Address, int Port), VirtualIp> _byAddress;

    public LabNetwork(IReadOnlyList<VirtualIp> virtualIps, DnsZone zone)
    {
        VirtualIps = virtualIps;
        Zone = zone;
        _byAddress = virtualIps.ToDictionary(virtualIp => (virtualIp.Address, virtualIp.Port));
    }

    public IReadOnlyList<VirtualIp> VirtualIps { get; }

    public DnsZone Zone { get; }

    public ConnectionTable Connections { get; } = new();

    /// <summary>Whether a name is known to the lab at all; what the gateway may serve.</summary>
    public bool IsLabHost(string host) =>
        IPAddress.TryParse(host, out var address)
            ? VirtualIps.Any(virtualIp => virtualIp.Address.Equals(address))
            : Zone.Query(host, DnsRecordType.A) is { Status: not DnsStatus.NonExistentDomain };

    /// <summary>Finds the way to a node for a new connection, as far as it leads.</summary>
    public Route FindRoute(string host, int port, Caller caller)
    {
        if (!IPAddress.TryParse(host, out var address))
        {
            var answer = Zone.Query(host, DnsRecordType.A);
            if (answer.Status == DnsStatus.ServerFailure)
            {
                return Route.Failed(new LabNetworkError("EAI_AGAIN", $"The name server of {host} fails (SERVFAIL)."));
            }

            if (answer.Records.Count == 0 || !IPAddress.TryParse(answer.Records[0], out address))
            {
                return Route.Failed(new LabNetworkError("ENOTFOUND", $"The name {host} has no address in DNS."));
            }
        }

        if (!_byAddress.TryGetValue((address, port), out var virtualIp))
        {
            return VirtualIps.Any(candidate => candidate.Address.Equals(address))
                ? Route.Failed(new LabNetworkError("ECONNREFUSED", $"{address} does not listen on port {port}."), address)
                : Route.Dropped(new LabNetworkError(LabNetworkError.TimedOut, $"{address} answers nothing on port {port}."), address);
        }

        if (!virtualIp.Firewall.Allows(caller.Address))
        {
            return Route.Dropped(
                new LabNetworkError(LabNetworkError.TimedOut, $"The firewall in front of {virtualIp.Name} lets nothing in from {caller.Address}."),
                address,
                virtualIp);
        }

        var lease = virtualIp.Balancer.Choose(caller);
        if (lease is null)
        {
            return Route.Failed(new LabNetworkError("ECONNREFUSED", $"No node of {virtualIp.Name} is up."), address, virtualIp);
        }

        if (lease.Node.Fault == TransportFault.Refused)
        {
            lease.Dispose();
            return new Route { Address = address, VirtualIp = virtualIp, Node = lease.Node, Error = new LabNetworkError("ECONNREFUSED", $"{lease.Node.Name} refuses connections.") };
        }

        return new Route { Address = address, VirtualIp = virtualIp, Node = lease.Node, Connection = new LabConnection(virtualIp, lease, caller) };
    }

    /// <summary>Connects to the listener of a route that was found, and tells it which node was chosen.</summary>
    /// <exception cref="SocketException">The listener of the lab cannot be reached.</exception>
    public async Task<Socket> ConnectAsync(LabConnection connection, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var localPort = 0;
        try
        {
            // Bound before it connects: the listener may see the connection before ConnectAsync comes back.
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            localPort = ((IPEndPoint)socket.LocalEndPoint!).Port;
            Connections.Add(localPort, connection);
            await socket.ConnectAsync(connection.VirtualIp.EndPoint!, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            if (localPort != 0)
            {
                Connections.Take(localPort)?.Lease.Dispose();
            }

            throw;
        }
    }
}

/// <summary>How far the way to a node leads: <see cref="Connection"/> is set where a connection can be made, else <see cref="Error"/>.</summary>
internal sealed record Route
{
    public IPAddress? Address { get; init; }

    public VirtualIp? VirtualIp { get; init; }

    public LabNode? Node { get; init; }

    public LabConnection? Connection { get; init; }

    public LabNetworkError? Error { get; init; }

    /// <summary>Whether a client would learn nothing and wait until its own time is up.</summary>
    public bool IsDropped { get; init; }

    public static Route Failed(LabNetworkError error, IPAddress? address = null, VirtualIp? virtualIp = null) =>
        new() { Error = error, Address = address, VirtualIp = virtualIp };

    public static Route Dropped(LabNetworkError error, IPAddress? address = null, VirtualIp? virtualIp = null) =>
        new() { Error = error, Address = address, VirtualIp = virtualIp, IsDropped = true };
}
