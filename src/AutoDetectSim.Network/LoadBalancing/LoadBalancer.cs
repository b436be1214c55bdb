using System.Collections.Frozen;
using AutoDetectSim.Network.Faults;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Network.LoadBalancing;

/// <summary>Everything behind a virtual IP: a firewall, a fault of the path, and the nodes that receive connections.</summary>
internal sealed class LoadBalancer(string name, IReadOnlyList<ServedNode> nodes, NodeSelector selector)
{
    private readonly FrozenDictionary<string, ServedNode> _byName = nodes.ToFrozenDictionary(node => node.Name, StringComparer.OrdinalIgnoreCase);

    public string Name { get; } = name;

    public IReadOnlyList<ServedNode> Nodes { get; } = nodes;

    /// <summary>Chooses among the nodes; shared with the balancer that follows this one when the lab is changed.</summary>
    public NodeSelector Selector { get; } = selector;

    /// <summary>What the scenario says of the balancer; null for a service that belongs to the lab itself.</summary>
    public LoadBalancerDefinition? Definition { get; init; }

    /// <summary>Answers in the balancer's own name when no node is available; null: it then refuses connections.</summary>
    public ServedNode? Own { get; init; }

    /// <summary>Which source addresses may connect.</summary>
    public Firewall Firewall { get; init; } = Firewall.Open;

    /// <summary>What goes wrong on the way to the balancer.</summary>
    public FaultSource Faults { get; init; } = FaultSource.None;

    /// <summary>The round-trip time to the balancer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Whether no node can take a connection, and the client receives an error.</summary>
    public bool RefusesAll
    {
        get
        {
            if (Faults.IsAlways(TransportFault.Refused))
            {
                return true;
            }

            var available = Available();
            return available.Count == 0 ? Own is null : Faults.Kind == TransportFault.None && available.All(node => node.Faults.IsAlways(TransportFault.Refused));
        }
    }

    /// <summary>Assigns a new connection to a node, or to the balancer itself; null when no node can take it.</summary>
    public NodeLease? Choose(Caller caller) => (Selector.Choose(this, caller) ?? Own) is { } node ? new NodeLease(node) : null;

    /// <summary>Ends one client's attempt: see <see cref="NodeSelector.EndAttempt"/>.</summary>
    public void EndAttempt(int connections, bool isContinued = false) => Selector.EndAttempt(this, connections, isContinued);

    /// <summary>Finds a node by name without regard to case.</summary>
    public ServedNode? Find(string nodeName) => _byName.GetValueOrDefault(nodeName);

    /// <summary>The nodes that connections may be given to now, in scenario order.</summary>
    internal IReadOnlyList<ServedNode> Available()
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
}

/// <summary>One connection's hold on a node; disposing it lets the balancer count the connection as closed.</summary>
internal sealed class NodeLease : IDisposable
{
    private int _disposed;

    public NodeLease(ServedNode node)
    {
        Node = node;
        node.OpenConnections.Increment();
    }

    public ServedNode Node { get; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Node.OpenConnections.Decrement();
        }
    }
}
