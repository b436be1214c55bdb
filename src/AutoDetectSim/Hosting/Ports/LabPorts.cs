using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace AutoDetectSim.Hosting.Ports;

/// <summary>
/// Kestrel's listeners. Each of them may be given more ports while the server runs, which can be closed and opened again;
/// a connection's LocalEndPoint tells on which port it came.
/// </summary>
internal sealed class LabPorts(IConnectionListenerFactory inner, Func<ConnectionContext, bool> admits) : IConnectionListenerFactory
{
    private readonly Lock _gate = new();
    private readonly List<PortGroup> _groups = [];

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var group = new PortGroup(inner, admits);
        group.EndPoint = (await group.OpenAsync(endpoint, cancellationToken)).EndPoint;
        lock (_gate)
        {
            _groups.Add(group);
        }

        return group;
    }

    /// <summary>The listener whose first port is at an endpoint.</summary>
    public PortGroup Find(EndPoint endPoint)
    {
        lock (_gate)
        {
            return _groups.First(group => group.EndPoint.Equals(endPoint));
        }
    }
}

/// <summary>One listener on any number of ports.</summary>
internal sealed class PortGroup(IConnectionListenerFactory factory, Func<ConnectionContext, bool> admits) : IConnectionListener
{
    private readonly Channel<ConnectionContext> _accepted = Channel.CreateUnbounded<ConnectionContext>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _gate = new();
    private readonly List<LabPort> _ports = [];

    /// <summary>The first port.</summary>
    public EndPoint EndPoint { get; set; } = new IPEndPoint(IPAddress.Loopback, 0);

    /// <summary>Opens one more port.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public async Task<LabPort> OpenAsync(EndPoint endPoint, CancellationToken cancellationToken)
    {
        var port = await LabPort.OpenAsync(factory, endPoint, _accepted.Writer, admits, cancellationToken);
        lock (_gate)
        {
            _ports.Add(port);
        }

        return port;
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _accepted.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_accepted.Reader.TryRead(out var connection))
            {
                return connection;
            }
        }

        return null;
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        LabPort[] ports;
        lock (_gate)
        {
            ports = [.. _ports];
            _ports.Clear();
        }

        await Task.WhenAll(ports.Select(port => port.DisposeAsync().AsTask()));
        _accepted.Writer.TryComplete();
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        while (_accepted.Reader.TryRead(out var connection))
        {
            await connection.DisposeAsync();
        }
    }
}
