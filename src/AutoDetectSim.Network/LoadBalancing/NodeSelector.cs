using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Network.LoadBalancing;

/// <summary>
/// Chooses nodes by a policy, with or without persistence. It remembers nodes by name, and so continues where it was when
/// a running lab is changed and its balancer gets other nodes of the same names.
/// </summary>
internal sealed class NodeSelector(ILoadBalancingPolicy policy, Persistence persistence)
{
    /// <summary>Entries of one persistence table. A balancer drops the oldest when its table is full; so does this one.</summary>
    internal const int PersistenceTableSize = 16_384;

    private readonly Lock _gate = new();
    private readonly Dictionary<object, string> _persistent = [];
    private readonly Queue<object> _persistentOrder = [];
    private int _turns;
    private int _ownTurns;
    private bool _staysOnOneNode;

    /// <summary>The node for a new connection, or null when none is available.</summary>
    public ServedNode? Choose(LoadBalancer balancer, Caller caller)
    {
        lock (_gate)
        {
            var key = persistence switch
            {
                Persistence.Session => (object)caller.Session,
                Persistence.SourceAddress => caller.Address,
                _ => null,
            };

            if (key is not null && _persistent.TryGetValue(key, out var kept) && balancer.Find(kept) is { IsAvailable: true } node)
            {
                return node;
            }

            var available = balancer.Available();
            if (available.Count == 0)
            {
                return null;
            }

            var chosen = policy.Choose(available, caller);
            _turns++;
            _ownTurns++;
            if (_staysOnOneNode)
            {
                FillCycle(available);
            }

            if (key is not null)
            {
                Keep(key, chosen.Name);
            }

            return chosen;
        }
    }

    /// <summary>
    /// Fills the turns that one attempt has taken up to whole cycles and one turn, as other people's connections would: the next
    /// attempt begins one node further than this one, however many connections each makes.
    /// </summary>
    /// <param name="balancer">The balancer.</param>
    /// <param name="connections">How many connections one client has made to it.</param>
    /// <param name="isContinued">Whether the attempt began with another client, which has ended: this one then adds whole cycles.</param>
    public void EndAttempt(LoadBalancer balancer, int connections, bool isContinued)
    {
        if (connections == 0)
        {
            return;
        }

        lock (_gate)
        {
            // Whether an address was known already, only the turns themselves tell.
            var taken = persistence switch
            {
                Persistence.None => connections,
                Persistence.Session => 1,
                _ => _turns,
            };
            Fill(balancer, taken, isContinued);
        }
    }

    /// <summary>Ends one run of a program that belongs to no attempt: as for <see cref="EndAttempt"/>, the next run begins one node further than this one, however many connections each makes.</summary>
    /// <returns>How often the run had a node chosen for it.</returns>
    public int EndRun(LoadBalancer balancer)
    {
        lock (_gate)
        {
            var own = _ownTurns;
            Fill(balancer, _turns, isContinued: false);
            return own;
        }
    }

    /// <summary>From now on other people's connections fill the cycle between two connections of a run, which therefore meets one node only. Without effect where turns do not decide.</summary>
    public void StayOnOneNode()
    {
        lock (_gate)
        {
            _staysOnOneNode = true;
        }
    }

    /// <summary>The number of turns after which the choice begins again; 0 where turns do not decide.</summary>
    public int Cycle(LoadBalancer balancer)
    {
        lock (_gate)
        {
            return CycleOf(balancer.Available());
        }
    }

    private void Fill(LoadBalancer balancer, int taken, bool isContinued)
    {
        _turns = 0;
        _ownTurns = 0;
        var available = balancer.Available();
        var cycle = CycleOf(available);
        for (var turn = isContinued ? taken : taken - 1; taken > 0 && cycle > 0 && turn % cycle != 0; turn++)
        {
            policy.Choose(available, default);
        }
    }

    private void FillCycle(IReadOnlyList<ServedNode> available)
    {
        for (var turn = 1; turn < CycleOf(available); turn++)
        {
            policy.Choose(available, default);
            _turns++;
        }
    }

    private int CycleOf(IReadOnlyList<ServedNode> available) => available.Count == 0 ? 0 : policy.Cycle(available);

    /// <summary>Forgets which connections stay on which node.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _persistent.Clear();
            _persistentOrder.Clear();
        }
    }

    private void Keep(object key, string node)
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
