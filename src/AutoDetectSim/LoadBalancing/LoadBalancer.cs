using AutoDetectSim.Network;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.LoadBalancing;

/// <summary>Gives connections to nodes by a policy, with or without persistence.</summary>
internal sealed class LoadBalancer(string name, IReadOnlyList<LabNode> nodes, ILoadBalancingPolicy policy, Persistence persistence)
{
    /// <summary>Entries of one persistence table. A balancer drops the oldest when its table is full; so does this one.</summary>
    internal const int PersistenceTableSize = 16_384;

    private readonly Lock _gate = new();
    private readonly Dictionary<object, LabNode> _persistent = [];
    private readonly Queue<object> _persistentOrder = [];

    public string Name { get; } = name;

    public IReadOnlyList<LabNode> Nodes { get; } = nodes;

    /// <summary>Gives a new connection to a node, or returns null when no node is up.</summary>
    public NodeLease? Choose(Caller caller)
    {
        lock (_gate)
        {
            var key = persistence switch
            {
                Persistence.Session => (object)caller.Session,
                Persistence.SourceAddress => caller.Address,
                _ => null,
            };

            if (key is not null && _persistent.TryGetValue(key, out var kept) && kept.Up)
            {
                return new NodeLease(kept);
            }

            var available = Available();
            if (available.Count == 0)
            {
                return null;
            }

            var chosen = policy.Choose(available, caller);
            if (key is not null)
            {
                Keep(key, chosen);
            }

            return new NodeLease(chosen);
        }
    }

    /// <summary>Finds a node by name without regard to case.</summary>
    public LabNode? Find(string nodeName) =>
        Nodes.FirstOrDefault(node => string.Equals(node.Name, nodeName, StringComparison.OrdinalIgnoreCase));

    private IReadOnlyList<LabNode> Available()
    {
        foreach (var node in Nodes)
        {
            if (!node.Up)
            {
                return Nodes.Where(candidate => candidate.Up).ToList();
            }
        }

        return Nodes;
    }

    private void Keep(object key, LabNode node)
    {
        if (!_persistent.ContainsKey(key))
        {
            if (_persistentOrder.Count == PersistenceTableSize)
            {
                _persistent.Remove(_persistentOrder.Dequeue());
            }

            _persistentOrder.Enqueue(key);
        }

        _persistent[key] = node;
    }
}

/// <summary>One connection's hold on a node; disposing it lets the balancer count the connection as closed.</summary>
internal sealed class NodeLease : IDisposable
{
    private int _disposed;

    public NodeLease(LabNode node)
    {
        Node = node;
        node.Opened();
    }

    public LabNode Node { get; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Node.Closed();
        }
    }
}
