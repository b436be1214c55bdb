using AutoDetectSim.Protocols.Randomness;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Exchange.Connections;

/// <summary>The connections on which requests reach a node: the clients' own, or those of a proxy in front.</summary>
internal sealed class NodeConnections(string node, BackEndConnections kind, SeededStream random)
{
    private const int PoolSize = 4;

    private readonly Key _key = new(node);
    private readonly ConnectionLogon[] _pool = [.. Enumerable.Range(0, PoolSize).Select(_ => new ConnectionLogon())];

    /// <summary>The connection on which a request arrives at the node.</summary>
    public ConnectionLogon For(HttpContext context)
    {
        if (kind == BackEndConnections.Shared)
        {
            return _pool[random.Next(PoolSize)];
        }

        // A proxy's client may ask several nodes on one connection.
        return kind == BackEndConnections.PerRequest || context.Features.Get<IConnectionItemsFeature>()?.Items is not { } items
            ? new ConnectionLogon()
            : Own(items);
    }

    private ConnectionLogon Own(IDictionary<object, object?> items)
    {
        lock (items)
        {
            if (items.TryGetValue(_key, out var known))
            {
                return (ConnectionLogon)known!;
            }

            var own = new ConnectionLogon();
            items[_key] = own;
            return own;
        }
    }

    private sealed record Key(string Node);
}
