using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Training.Observing;

/// <summary>
/// Other people use the customer's servers as well. Without their connections, an attempt that makes an even number of connections would
/// meet the same half of the servers however often a person repeats it; with them, each attempt begins one server further.
/// </summary>
/// <param name="lab">The lab.</param>
internal sealed class AttemptTurns(Lab lab)
{
    /// <summary>One attempt of one client has ended.</summary>
    /// <param name="attempt">Its exchanges.</param>
    public void End(IEnumerable<LabHttpExchange?> attempt) => Each(Count(attempt), (balancer, connections) => balancer.EndAttempt(connections));

    /// <summary>An attempt goes on with a second client: both together are one.</summary>
    /// <param name="first">The exchanges of the first client, which has ended.</param>
    /// <param name="second">Those of the second client.</param>
    public void Continue(IEnumerable<LabHttpExchange?> first, IEnumerable<LabHttpExchange?> second)
    {
        var begun = Count(first);
        Each(Count(second), (balancer, connections) => balancer.EndAttempt(connections, isContinued: begun.ContainsKey(balancer.Name)));
    }

    private void Each(Dictionary<string, int> connections, Action<LoadBalancer, int> end)
    {
        foreach (var balancer in lab.Network.CustomerVirtualIps.Select(virtualIp => virtualIp.Balancer).DistinctBy(balancer => balancer.Name, StringComparer.Ordinal))
        {
            if (connections.TryGetValue(balancer.Name, out var made))
            {
                end(balancer, made);
            }
        }
    }

    private static Dictionary<string, int> Count(IEnumerable<LabHttpExchange?> exchanges) =>
        exchanges.Where(exchange => exchange?.Connection is { LoadBalancer: not null, Node: not null }).CountBy(exchange => exchange!.Connection!.LoadBalancer!, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
}
