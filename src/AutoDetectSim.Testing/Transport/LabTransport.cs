using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Tls.Engine;

namespace AutoDetectSim.Testing.Transport;

/// <summary>Connects tools of this process to hosts of the lab, and fails like the system if a host cannot be reached.</summary>
/// <param name="lab">The lab.</param>
/// <param name="source">The source address of tools that name no other; null: the usual one.</param>
internal sealed class LabTransport(Lab lab, IPAddress? source)
{
    /// <summary>How long Linux tries to establish a connection without an answer (tcp_syn_retries).</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(127);

    /// <summary>Connects to a host by name or address.</summary>
    /// <exception cref="SocketException">The host cannot be reached.</exception>
    public async ValueTask<Stream> ConnectAsync(string host, int port, IPAddress? from, CancellationToken cancellationToken)
    {
        var network = lab.Network;
        var caller = network.Connections.NewExternalCaller(from ?? source);
        if (!network.IsLabHost(host))
        {
            var error = new NodeError(NodeErrors.NameNotFound, $"{host} is not a host of this lab.");
            network.Journal.Fail(host, port, caller, error);
            throw ToException(error);
        }

        var route = network.FindRoute(host, port, caller);
        try
        {
            await DelayedTransport.WaitAsync(route.Wait, lab.Options.TimeProvider, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            route.Connection?.Lease.Dispose();
            throw;
        }

        return route.Connection is { } connection
            ? new NetworkStream(await network.ConnectAsync(connection, cancellationToken), ownsSocket: true)
            : await FailAsync(route, host, port, caller, cancellationToken);
    }

    private async Task<Stream> FailAsync(Route route, string host, int port, Caller caller, CancellationToken cancellationToken)
    {
        lab.Network.Journal.Fail(host, port, caller, route.Error!);
        switch (route.End)
        {
            case RouteEnd.Silent:
                return new DuplexPipeStream(new SilentPipe());
            case RouteEnd.Dropped:
                await Task.Delay(ConnectTimeout, lab.Options.TimeProvider, cancellationToken);
                break;
        }

        throw ToException(route.Error!);
    }

    private static SocketException ToException(NodeError error) => new(
        (int)(error.Code switch
        {
            NodeErrors.NameNotFound => SocketError.HostNotFound,
            NodeErrors.NameServerFailure => SocketError.TryAgain,
            NodeErrors.TimedOut => SocketError.TimedOut,
            _ => SocketError.ConnectionRefused,
        }),
        $"{error.Code}: {error.Message}");

    /// <summary>Nothing ever comes out of it, and nobody reads what goes in.</summary>
    private sealed class SilentPipe : IDuplexPipe
    {
        public PipeReader Input { get; } = new Pipe().Reader;

        public PipeWriter Output { get; } = new Pipe().Writer;
    }
}
