using System.Net;
using AutoDetectSim.Http;
using AutoDetectSim.Tls.Kestrel;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AutoDetectSim.Network;

/// <summary>
/// One Kestrel that accepts the connections of all virtual IPs and of the gateway, each on a loopback port of its own. A
/// connection first learns which node it belongs to, then TLS is spoken as that node, then HTTP is answered as that node.
/// </summary>
internal sealed class LabServer : IAsyncDisposable
{
    private readonly LabNetwork _network;
    private readonly Gateway _gateway;
    private readonly TimeProvider _time;
    private readonly KestrelServer _server;
    private readonly ServiceProvider _services;
    private readonly List<(VirtualIp VirtualIp, ListenOptions Listen)> _listeners = [];
    private ListenOptions? _gatewayListener;

    public LabServer(LabNetwork network, TimeProvider time, ILoggerFactory loggers, int gatewayPort)
    {
        _network = network;
        _time = time;
        _gateway = new Gateway(network, loggers.CreateLogger<Gateway>());
        _services = new ServiceCollection().AddSingleton(loggers).BuildServiceProvider();

        var options = new KestrelServerOptions
        {
            AddServerHeader = false,
            ApplicationServices = _services,
            AllowSynchronousIO = false,

            // A client that speaks TLS below HttpClient, as the lab's own does, names the scheme http over HTTP/2.
            AllowAlternateSchemes = true,
        };
        options.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
        options.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
        foreach (var virtualIp in network.VirtualIps)
        {
            options.Listen(IPAddress.Loopback, 0, listen =>
            {
                _listeners.Add((virtualIp, listen));
                listen.Use(next => connection => AcceptAsync(virtualIp, connection, next));
                AddProtocols(listen);
            });
        }

        options.Listen(IPAddress.Loopback, gatewayPort, listen =>
        {
            _gatewayListener = listen;
            listen.Use(next => connection => _gateway.AcceptAsync(connection, next));
            AddProtocols(listen);
        });

        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions { Backlog = 1024 }), loggers);
        _server = new KestrelServer(Options.Create(options), transport, loggers);
    }

    /// <summary>Where the gateway listens; set when the server has started.</summary>
    public IPEndPoint GatewayEndPoint { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>Starts to listen, and tells every virtual IP where it can be reached.</summary>
    /// <exception cref="IOException">A port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _server.StartAsync(new Application(_gateway), cancellationToken);
        foreach (var (virtualIp, listen) in _listeners)
        {
            virtualIp.EndPoint = listen.IPEndPoint;
        }

        GatewayEndPoint = _gatewayListener!.IPEndPoint!;
    }

    public async ValueTask DisposeAsync()
    {
        // A cancelled token: open connections are ended at once instead of being waited for.
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
        await _services.DisposeAsync();
    }

    private void AddProtocols(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.Use(plain =>
        {
            var builder = new ConnectionBuilder(_services);
            builder.UsePresentedChain(static (connection, _, _) => ValueTask.FromResult(connection.Features.Get<LabConnection>()!.Node.Tls!()));
            builder.Use(_ => plain);
            var secure = builder.Build();
            return connection => connection.Features.Get<LabConnection>() is { Node.Tls: not null } ? secure(connection) : plain(connection);
        });
        listen.UseWireHeaderOrder();
    }

    private async Task AcceptAsync(VirtualIp virtualIp, ConnectionContext connection, ConnectionDelegate next)
    {
        var labConnection = connection.RemoteEndPoint is IPEndPoint remote ? _network.Connections.Take(remote.Port) : null;
        if (labConnection is null)
        {
            var caller = _network.Connections.NewExternalCaller();
            var lease = virtualIp.Firewall.Allows(caller.Address) ? virtualIp.Balancer.Choose(caller) : null;
            if (lease is null)
            {
                await HoldAsync(connection);
                return;
            }

            labConnection = new LabConnection(virtualIp, lease, caller);
        }

        await ServeAsync(labConnection, connection, next, _time);
    }

    /// <summary>Serves one connection as the node that was chosen for it.</summary>
    internal static async Task ServeAsync(LabConnection labConnection, ConnectionContext connection, ConnectionDelegate next, TimeProvider time)
    {
        using (labConnection.Lease)
        {
            if (labConnection.Node.Fault == Scenarios.TransportFault.Refused)
            {
                connection.Abort(new ConnectionAbortedException("The node refuses connections."));
                return;
            }

            connection.Features.Set(labConnection);
            await next(connection);
        }
    }

    /// <summary>What a dropping firewall looks like to a program whose TCP connection this machine has accepted: silence.</summary>
    private async Task HoldAsync(ConnectionContext connection)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMinutes(2), _time, connection.ConnectionClosed);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        connection.Abort();
    }

    private sealed class Application(Gateway gateway) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(Microsoft.AspNetCore.Http.Features.IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) =>
            context.Features.Get<LabConnection>() is { } connection
                ? connection.Node.Handler(context)
                : gateway.HandleAsync(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
