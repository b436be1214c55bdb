using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Hosting.Parts;
using AutoDetectSim.Hosting.Ports;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Roles;
using AutoDetectSim.Tls;
using AutoDetectSim.Tls.Kestrel;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AutoDetectSim.Hosting;

/// <summary>
/// One Kestrel that accepts the connections of all virtual IPs and of the gateway, each on its own loopback port, and
/// those that are dialled inside the lab, on one more. A connection first learns which node it belongs to, then TLS is spoken as that node, then HTTP is answered as that node.
/// </summary>
internal sealed class LabServer : IAsyncDisposable
{
    /// <summary>How long the connections of a part may take to end when it stops.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly LabNetwork _network;
    private readonly Gateway _gateway;
    private readonly ConnectionService _connections;
    private readonly LabApplication _application;
    private readonly MailService _mail;
    private readonly TimeProvider _time;
    private readonly KestrelServer _server;
    private readonly ServiceProvider _services;
    private readonly LabPorts _ports;
    private readonly Dictionary<string, LabPort> _portsByName = new(StringComparer.Ordinal);
    private volatile FrozenDictionary<IPEndPoint, VirtualIp> _virtualIps = FrozenDictionary<IPEndPoint, VirtualIp>.Empty;
    private readonly LabParts? _parts;
    private readonly PartAcceptor? _acceptor;
    private readonly ILogger _logger;
    private volatile FrozenDictionary<int, PartRole> _rolesByPort = FrozenDictionary<int, PartRole>.Empty;
    private ListenOptions? _gatewayListener;
    private ListenOptions? _dialledListener;

    public LabServer(LabNetwork network, TimeProvider time, ILoggerFactory loggers, IPEndPoint gateway, LoopbackPlan loopback, string? tools, int? maximumClients, LabParts? parts = null, PartDialer? dialer = null)
    {
        Loopback = loopback;
        _logger = loggers.CreateLogger<LabServer>();
        _parts = parts;
        _network = network;
        _time = time;
        _connections = new ConnectionService(network.Journal, time);
        _mail = new MailService(time);
        _gateway = new Gateway(network, _connections, time, loggers.CreateLogger<Gateway>());
        _application = new LabApplication(new PlainGateway(network, tools, time, loggers.CreateLogger<Gateway>()), time, loggers.CreateLogger<LabApplication>());
        _acceptor = _parts is null ? null : new PartAcceptor(network, _connections, _parts, dialer!, time, loggers.CreateLogger<PartAcceptor>());
        _services = new ServiceCollection().AddSingleton(loggers).BuildServiceProvider();

        var options = new KestrelServerOptions
        {
            AddServerHeader = false,
            ApplicationServices = _services,
            AllowSynchronousIO = false,

            // A client that speaks TLS below HttpClient, as the lab's own does, names the scheme http over HTTP/2.
            AllowAlternateSchemes = true,

            // A URL as request target names the host, whatever the Host header says (RFC 9112 3.2.2).
            AllowHostHeaderOverride = true,
        };
        options.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
        options.Limits.MaxRequestHeadersTotalSize = 64 * 1024;

        // Kestrel's clock goes on while the machine is stalled: a client of the lab that was about to ask must find its connection open.
        // Real programs that send nothing at all are not waited for as long: see FirstBytes.
        options.Limits.KeepAliveTimeout = TimeSpan.FromDays(1);
        options.Listen(IPAddress.Loopback, 0, listen =>
        {
            _dialledListener = listen;
            listen.Use(next => connection => AcceptAsync(connection, next));
            AddProtocols(listen);
        });
        GatewayEndPoint = _parts is null ? gateway : _parts.Has(PartKind.Gateway) ? _parts.EndPointOf(new PartRole(PartKind.Gateway)) : null;
        if (GatewayEndPoint is not null)
        {
            options.Listen(GatewayEndPoint, listen =>
            {
                _gatewayListener = listen;
                listen.Use(next => connection => _gateway.AcceptAsync(connection, next));
                AddProtocols(listen);
            });
        }

        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions { Backlog = 1024 }), loggers);
        var clients = new ClientLimit(maximumClients ?? ClientLimit.OfThisProcess());
        _ports = new LabPorts(transport, connection => connection.LocalEndPoint!.Equals(_network.EndPoint) || clients.TryEnter(connection));
        _server = new KestrelServer(Options.Create(options), _ports, loggers);
    }

    /// <summary>Where the gateway listens; until the server has started, where it was asked to. Null: this process has no gateway.</summary>
    public IPEndPoint? GatewayEndPoint { get; private set; }

    /// <summary>Where on this computer the virtual IPs listen.</summary>
    public LoopbackPlan Loopback { get; }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="IOException">The port of the gateway cannot be opened; the message says what the system wants to have done first.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _server.StartAsync(_application, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException or AddressInUseException)
        {
            throw new IOException(GatewayEndPoint is null ? exception.Message : LoopbackPlan.Explain(GatewayEndPoint, exception), exception);
        }

        GatewayEndPoint = _gatewayListener?.IPEndPoint;
        _network.EndPoint = _dialledListener!.IPEndPoint!;
    }

    /// <summary>Opens a port for every virtual IP that has none yet, and tells each where it can be reached. A name keeps its port; at real ports, an address does.</summary>
    /// <exception cref="IOException">No port can be opened; the message says what the system wants to have done first.</exception>
    public async Task OpenPortsAsync(IReadOnlyList<VirtualIp> virtualIps, CancellationToken cancellationToken)
    {
        if (_parts is not null)
        {
            return;
        }

        var group = _ports.Find(_network.EndPoint!);
        foreach (var virtualIp in virtualIps)
        {
            var endPoint = Loopback.EndPointOf(virtualIp);
            var name = Loopback.HasStandardPorts ? endPoint.ToString() : virtualIp.Name;
            if (!_portsByName.TryGetValue(name, out var port))
            {
                _portsByName[name] = port = await OpenAsync(group, endPoint, cancellationToken);
            }

            virtualIp.EndPoint = port.EndPoint;
        }
    }

    /// <summary>Lets connections to the ports reach these virtual IPs, which have their ports already.</summary>
    public void Serve(IReadOnlyList<VirtualIp> virtualIps)
    {
        if (_parts is null)
        {
            _virtualIps = virtualIps.ToFrozenDictionary(virtualIp => virtualIp.EndPoint!);
        }
    }

    /// <summary>Opens the ports of the roles of this process, once it has a world to serve.</summary>
    /// <exception cref="IOException">No port can be opened; the message says what the system wants to have done first.</exception>
    public async Task OpenPartsAsync(CancellationToken cancellationToken)
    {
        _rolesByPort = (_parts?.Roles ?? [])
            .Where(role => role.Kind is PartKind.Node or PartKind.Balancer or PartKind.AutoDetect or PartKind.Cloud)
            .ToFrozenDictionary(role => _parts!.EndPointOf(role).Port);
        foreach (var role in _rolesByPort.Values)
        {
            await OpenAsync(_ports.Find(_network.EndPoint!), _parts!.EndPointOf(role), cancellationToken);
        }

        foreach (var role in _parts?.Roles ?? [])
        {
            _logger.PartListens(role.ToString(), _parts!.EndPointOf(role).ToString());
        }
    }

    /// <summary>Closes the ports of virtual IPs that are gone or refuse every real program, and opens the others.</summary>
    /// <exception cref="IOException">A port that was closed is in use by another program.</exception>
    public async Task UpdatePortsAsync()
    {
        var served = _virtualIps;
        foreach (var port in _portsByName.Values)
        {
            await port.SetClosedAsync(!served.TryGetValue(port.EndPoint, out var virtualIp) || virtualIp.RefusesAll(ConnectionTable.ExternalAddress));
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A cancelled token: open connections are ended at once instead of being waited for, unless other processes wait for their end.
        if (_parts is not null)
        {
            _logger.PartStops(string.Join(' ', _parts.Roles), (int)Grace.TotalSeconds);
        }

        using var patience = _parts is null ? null : new CancellationTokenSource(Grace, _time);
        await _server.StopAsync(patience?.Token ?? new CancellationToken(canceled: true));
        _server.Dispose();
        await _services.DisposeAsync();
    }

    private static async Task<LabPort> OpenAsync(PortGroup group, IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        try
        {
            return await group.OpenAsync(endPoint, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException or AddressInUseException)
        {
            throw new IOException(LoopbackPlan.Explain(endPoint, exception), exception);
        }
    }

    private void AddProtocols(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.Use(plain =>
        {
            var builder = new ConnectionBuilder(_services);
            builder.UsePresentedChain(
                static (connection, hello, _) => ValueTask.FromResult(ConnectionService.Settings(connection, hello)),
                new TlsServerOptions { TimeProvider = _time });
            ConnectionDelegate secure = null!;
            ConnectionDelegate served = connection => connection.Features.Get<LabConnection>()?.VirtualIp.Mail is null ? FirstBytes.ServeAsync(connection, _time, plain) : _mail.ServeAsync(connection, secure);
            builder.Use(_ => connection =>
            {
                connection.Features.Get<LabConnection>()!.Entry?.Handshaken(connection.Features.Get<IPresentedChainFeature>()!.Handshake, failure: null);
                return served(connection);
            });
            secure = builder.Build();
            return connection => connection.Features.Get<LabConnection>() is { UsesTls: true } ? secure(connection) : served(connection);
        });
        listen.UseWireHeaderOrder();
    }

    private Task AcceptAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var endPoint = (IPEndPoint)connection.LocalEndPoint!;
        if (endPoint.Equals(_network.EndPoint))
        {
            return AcceptDialledAsync(connection, next);
        }

        if (_acceptor is not null && _rolesByPort.TryGetValue(endPoint.Port, out var role))
        {
            return _acceptor.AcceptAsync(role, connection, next);
        }

        if (_virtualIps.TryGetValue(endPoint, out var virtualIp))
        {
            return AcceptAsync(virtualIp, connection, next);
        }

        ConnectionService.Reset(connection);
        return Task.CompletedTask;
    }

    /// <summary>Takes a connection that was dialled inside the lab, and for which a node has been chosen.</summary>
    private async Task AcceptDialledAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (connection.RemoteEndPoint is IPEndPoint remote && _network.Connections.Take(remote.Port) is { } lab)
        {
            await _connections.ServeAsync(lab, connection, next);
        }
    }

    /// <summary>Takes a connection of a real program.</summary>
    private async Task AcceptAsync(VirtualIp virtualIp, ConnectionContext connection, ConnectionDelegate next)
    {
        var caller = _network.Connections.NewExternalCaller();
        var route = LabNetwork.Admit(virtualIp, virtualIp.Address, caller, isSimulated: false);
        if (route.Error is { } error)
        {
            _network.Journal.Fail(virtualIp.Hosts[0], virtualIp.Port, caller, error);
        }

        if (route.Connection is { } lab)
        {
            await _connections.ServeAsync(lab, connection, next);
        }
        else if (route.IsEndless)
        {
            await _connections.HoldAsync(connection);
        }
        else
        {
            ConnectionService.Reset(connection);
        }
    }
}
