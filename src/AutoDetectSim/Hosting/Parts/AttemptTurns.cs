using AutoDetectSim.Network.LoadBalancing;

namespace AutoDetectSim.Hosting.Parts;

/// <summary>
/// Ends the attempts of sessions at the load balancers of a process, as AutoDetect does in a lab of one process: the next attempt begins one node further, however many
/// connections each makes. An attempt ends with the first connection of another session.
/// </summary>
internal sealed class AttemptTurns
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Attempt> _last = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A session makes a connection.</summary>
    public void Begin(LoadBalancer balancer, long session)
    {
        lock (_gate)
        {
            if (_last.TryGetValue(balancer.Name, out var last) && last.Session == session)
            {
                _last[balancer.Name] = last with { Connections = last.Connections + 1 };
                return;
            }

            balancer.EndAttempt(last.Connections);
            _last[balancer.Name] = new Attempt(session, 1);
        }
    }

    private readonly record struct Attempt(long Session, int Connections);
}
