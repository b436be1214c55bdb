using System.Net;
using Microsoft.AspNetCore.Connections;

namespace AutoDetectSim.Network.Ports;

/// <summary>Kestrel's listeners on ports that can be closed and opened again while the server runs.</summary>
internal sealed class ClosablePorts(IConnectionListenerFactory inner) : IConnectionListenerFactory
{
    private readonly Lock _gate = new();
    private readonly List<ClosablePort> _ports = [];

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var port = new ClosablePort(inner, await inner.BindAsync(endpoint, cancellationToken));
        lock (_gate)
        {
            _ports.Add(port);
        }

        return port;
    }

    /// <summary>The port that listens at an endpoint, or null.</summary>
    public ClosablePort? Find(EndPoint endpoint)
    {
        lock (_gate)
        {
            return _ports.Find(port => port.EndPoint.Equals(endpoint));
        }
    }
}
