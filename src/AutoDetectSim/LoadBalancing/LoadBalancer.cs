using AutoDetectSim.Network;
using AutoDetectSim.Network.Faults;
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
    private volatile FaultSource _faults = FaultSource.None;
    private volatile Firewall _firewall = Firewall.Open;
    private long _latencyTicks;

    public string Name { get; } = name;

    public IReadOnlyList<LabNode> Nodes { get; } = nodes;

    /// <summary>What the scenario says of the balancer; null for a service that belongs to the lab itself.</summary>
    public LoadBalancerDefinition? Definition { get; init; }

    /// <summary>Answers in the balancer's own name when no node is available; null: it then refuses connections.</summary>
    public LabNode? Own { get; init; }

    /// <summary>Which source addresses may connect.</summary>
    public Firewall Firewall
    {
        get => _firewall;
        set => _firewall = value;
    }

    /// <summary>What goes wrong on the way to the balancer.</summary>
    public FaultSource Faults
    {
        get => _faults;
        set => _faults = value;
    }

    /// <summary>The round-trip time to the balancer.</summary>
    public TimeSpan Latency
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _latencyTicks));
        set => Interlocked.Exchange(ref _latencyTicks, value.Ticks);
    }

    /// <summary>Whether there is nobody who would take a connection, and the client is told so.</summary>
    public bool RefusesAll
    {
        get
        {
            if (_faults.IsAlways(TransportFault.Refused))
            {
                return true;
            }

            var available = Available();
            return available.Count == 0 ? Own is null : _faults.Kind == TransportFault.None && available.All(node => node.Faults.IsAlways(TransportFault.Refused));
        }
    }

    /// <summary>Gives a new connection to a node, or to the balancer itself; null when nobody can take it.</summary>
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

            if (key is not null && _persistent.TryGetValue(key, out var kept) && kept.IsAvailable)
            {
                return new NodeLease(kept);
            }

            var available = Available();
            if (available.Count == 0)
            {
                return Own is null ? null : new NodeLease(Own);
            }

            var chosen = policy.Choose(available, caller);
            if (key is not null)
            {
                Keep(key, chosen);
            }

            return new NodeLease(chosen);
        }
    }

    /// <summary>Forgets which connections stay on which node.</summary>
    public void ClearPersistence()
    {
        lock (_gate)
        {
            _persistent.Clear();
            _persistentOrder.Clear();
        }
    }

    /// <summary>Finds a node by name without regard to case.</summary>
    public LabNode? Find(string nodeName) =>
        Nodes.FirstOrDefault(node => string.Equals(node.Name, nodeName, StringComparison.OrdinalIgnoreCase));

    private IReadOnlyList<LabNode> Available()
    {
        foreach (var node in Nodes)
        {
            if (!node.IsAvailable)
            {
                return Nodes.Where(candidate => candidate.IsAvailable).ToList();
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
