using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Network;
using AutoDetectSim.Roles;
using AutoDetectSim.Scenarios;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Hosting.Parts;

/// <summary>Connects to the other parts of a lab, and to nothing else.</summary>
internal sealed class PartDialer(LabParts parts, TimeProvider time, ILogger<PartDialer> logger) : IElsewhere
{
    /// <summary>How long a part may take to accept a connection.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<PartRole, bool> _silent = new();

    /// <summary>The part that a virtual IP belongs to.</summary>
    public static PartRole RoleOf(VirtualIp virtualIp) =>
        !virtualIp.IsService ? PartRole.OfBalancer(virtualIp.Balancer.Name)
        : virtualIp.Name == PartRole.AutoDetect.ToString() ? PartRole.AutoDetect
        : PartRole.Cloud;

    public bool Serves(VirtualIp virtualIp) => !parts.Is(RoleOf(virtualIp));

    public bool HasNodesOf(VirtualIp virtualIp) => virtualIp.Balancer.Definition is { Tls: TlsHandling.Passthrough };

    public async Task<Socket> ConnectAsync(LabConnection connection, CancellationToken cancellationToken)
    {
        var role = RoleOf(connection.VirtualIp);
        if (connection.VirtualIp.Mail is { } mail)
        {
            throw Refused($"port {mail.Number} of mail programs is served only by a lab in one process");
        }

        if (!parts.Needed.Contains(role))
        {
            throw Refused($"no role of this process connects to {role}");
        }

        var socket = await ConnectAsync(role, cancellationToken);
        if (parts.TakesProxyProtocol(role))
        {
            try
            {
                await socket.SendAsync(ProxyHeader.Write(connection.Caller), cancellationToken);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        return socket;
    }

    /// <summary>Connects to a part that the roles of this process need.</summary>
    /// <exception cref="SocketException">It does not answer.</exception>
    public async Task<Socket> ConnectAsync(PartRole role, CancellationToken cancellationToken)
    {
        var endPoint = parts.AddressOf(role).ToEndPoint();
        var socket = endPoint is IPEndPoint literal
            ? new Socket(literal.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var patience = new CancellationTokenSource(Patience, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(endPoint, linked.Token);
            if (_silent.TryRemove(role, out _))
            {
                logger.PartAnswers(role.ToString(), parts.AddressOf(role).ToString());
            }

            return socket;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            var failure = exception switch
            {
                // A name that leads nowhere belongs to a part that is not there.
                SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => Refused($"{role}: {exception.Message}"),
                SocketException known => known,
                _ => new SocketException((int)SocketError.TimedOut, FormattableString.Invariant($"{role} at {parts.AddressOf(role)} did not accept the connection within {Patience.TotalSeconds:0} s")),
            };
            if (_silent.TryAdd(role, true))
            {
                logger.PartSilent(role.ToString(), parts.AddressOf(role).ToString(), failure.Message);
            }

            throw failure;
        }
    }

    private static SocketException Refused(string message) => new((int)SocketError.ConnectionRefused, message);
}
