using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Network;
using AutoDetectSim.Network.Faults;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Roles;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Hosting.Parts;

/// <summary>
/// Serves the connections of a process that is a part of a lab. A node answers every connection as itself; a load balancer that passes TLS
/// through relays TCP to the processes of its nodes, one that terminates TLS answers itself; the host that a client names decides which service answers it.
/// Firewalls and addresses that do not answer are in the way of clients, which know their source address in the lab network, and not here.
/// </summary>
internal sealed class PartAcceptor(LabNetwork network, ConnectionService connections, LabParts parts, PartDialer dialer, TimeProvider time, ILogger<PartAcceptor> logger)
{
    private readonly AttemptTurns _turns = new();

    /// <summary>Serves one connection. One on which nothing comes is not counted: load balancers and readiness checks open such.</summary>
    public async Task AcceptAsync(PartRole role, ConnectionContext connection, ConnectionDelegate next)
    {
        if (await FirstFlight.ReadAsync(connection, time) is not { } first)
        {
            connection.Abort();
            return;
        }

        var caller = CallerOf(connection, first);
        if (Find(role, first) is not { } virtualIp)
        {
            ConnectionService.Reset(connection);
            return;
        }

        switch (role.Kind)
        {
            case PartKind.Node:
                await FollowAsync(AtNode(virtualIp, role.Node, caller), virtualIp, caller, connection, next);
                break;
            case PartKind.Balancer:
                await BalanceAsync(virtualIp, first, caller, connection, next);
                break;
            default:
                await FollowAsync(LabNetwork.Admit(virtualIp, virtualIp.Address, caller, isSimulated: false), virtualIp, caller, connection, next);
                break;
        }
    }

    /// <summary>Who connects: the address on the network, or what a part says for whom it connects.</summary>
    private Caller CallerOf(ConnectionContext connection, FirstFlight first)
    {
        var address = first.Proxy?.Source ?? (connection.RemoteEndPoint as IPEndPoint)?.Address;
        var caller = network.Connections.NewExternalCaller(address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address);
        return first.Proxy?.Session is { } session ? caller with { Session = session } : caller;
    }

    /// <summary>The virtual IP that a connection is for: the one with its host, else the first that speaks its protocol.</summary>
    private VirtualIp? Find(PartRole role, FirstFlight first)
    {
        var owner = role.Kind == PartKind.Node ? PartRole.OfBalancer(role.Balancer) : role;
        var candidates = network.VirtualIps.Where(virtualIp => virtualIp.Mail is null && PartDialer.RoleOf(virtualIp) == owner).ToList();
        return candidates.Where(virtualIp => virtualIp.UsesTls == first.IsTls)
            .OrderByDescending(virtualIp => first.Host is not null && virtualIp.Hosts.Contains(first.Host, StringComparer.OrdinalIgnoreCase))
            .Concat(candidates).FirstOrDefault();
    }

    private static Route AtNode(VirtualIp virtualIp, string name, Caller caller)
    {
        var node = virtualIp.Balancer.Find(name)!;
        return LabNetwork.Give(virtualIp, new NodeLease(node.BackEndIdentity is null && !node.IsTlsOffloaded ? node : BehindTermination(node)), ConnectionFault.None, virtualIp.Address, caller, isSimulated: false);
    }

    /// <summary>A node as the load balancer in front of it sees it, which terminates TLS.</summary>
    private static ServedNode BehindTermination(ServedNode node) => new(node.Name, node.Handler)
    {
        Definition = node.Definition,
        Faults = node.Faults,
        Latency = node.Latency,
        Identity = node.IsTlsOffloaded ? null : node.BackEndIdentity,
        MailServers = node.MailServers,
        IsTlsOffloaded = node.IsTlsOffloaded,
    };

    private async Task BalanceAsync(VirtualIp virtualIp, FirstFlight first, Caller caller, ConnectionContext connection, ConnectionDelegate next)
    {
        var balancer = virtualIp.Balancer;
        var fault = balancer.Faults.Next();
        if (fault.Kind != TransportFault.None || !dialer.HasNodesOf(virtualIp))
        {
            await FollowAsync(LabNetwork.Assign(virtualIp, virtualIp.Address, caller, isSimulated: false, fault), virtualIp, caller, connection, next);
            return;
        }

        if (first.Proxy?.Session is { } session)
        {
            _turns.Begin(balancer, session);
        }

        using var lease = balancer.Choose(caller);
        if (lease is null)
        {
            await FollowAsync(LabNetwork.NoNode(virtualIp, virtualIp.Address), virtualIp, caller, connection, next);
            return;
        }

        var node = PartRole.OfNode(balancer.Name, lease.Node.Name);
        if (parts.Is(node))
        {
            await FollowAsync(AtNode(Find(node, first)!, node.Node, caller), virtualIp, caller, connection, next);
            return;
        }

        try
        {
            var end = await TcpRelay.RunAsync(connection, await dialer.ConnectAsync(node, connection.ConnectionClosed), time);
            logger.ConnectionRelayed(caller.Address.ToString(), balancer.Name, node.Node, end.Sent, end.Received, end.Words);
        }
        catch (SocketException exception)
        {
            network.Journal.Fail(virtualIp.Hosts[0], virtualIp.Port, caller, new NodeError(NodeErrors.ConnectionRefused, $"{node} does not answer: {exception.Message}"));
            ConnectionService.Reset(connection);
        }
        catch (OperationCanceledException)
        {
            // The client has gone.
        }
    }

    private async Task FollowAsync(Route route, VirtualIp virtualIp, Caller caller, ConnectionContext connection, ConnectionDelegate next)
    {
        if (route.Error is { } error)
        {
            network.Journal.Fail(virtualIp.Hosts[0], virtualIp.Port, caller, error);
        }

        if (route.Connection is { } lab)
        {
            await connections.ServeAsync(lab, connection, next);
        }
        else if (route.IsEndless)
        {
            await connections.HoldAsync(connection);
        }
        else
        {
            ConnectionService.Reset(connection);
        }
    }
}
