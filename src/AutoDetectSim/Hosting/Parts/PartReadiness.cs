using System.Collections.Concurrent;
using System.Net.Sockets;
using AutoDetectSim.Roles;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Hosting.Parts;

/// <summary>
/// Whether the parts that this process needs accept connections. A gateway, which people ask whether the lab is ready, waits at its start for every node
/// of its parts file as well: a load balancer gives connections to a node that is not there yet, and resets them.
/// </summary>
internal sealed class PartReadiness(LabParts parts, Scenario scenario, PartDialer dialer, TimeProvider time)
{
    /// <summary>How long a gateway waits for a node that has never answered, from the first question on.</summary>
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(30);

    /// <summary>How long an answer counts: each check is a connection, which a load balancer between may count.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly long _began = time.GetTimestamp();
    private readonly ConcurrentDictionary<PartRole, long> _answered = new();
    private readonly ConcurrentDictionary<PartRole, bool> _awaited = new(
        parts.Has(PartKind.Gateway) ? parts.Nodes.Except(parts.Needed).Where(node => !parts.Is(node)).Select(node => KeyValuePair.Create(node, true)) : []);

    /// <summary>Checks every part.</summary>
    public async Task<IReadOnlyList<PartState>> CheckAsync(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_began) > Start)
        {
            _awaited.Clear();
        }

        return await Task.WhenAll(parts.Needed.Concat(_awaited.Keys).Select(role => CheckAsync(role, cancellationToken)));
    }

    /// <summary>Whether this process can do its work: a load balancer with one node, every other role with all that it needs, and a gateway that starts with every node.</summary>
    public bool IsReady(IReadOnlyList<PartState> states)
    {
        if (states.Any(state => !state.Answers && _awaited.ContainsKey(state.Role)))
        {
            return false;
        }

        var answering = states.Where(state => state.Answers).Select(state => state.Role).ToHashSet();
        return parts.Roles.All(role =>
        {
            var needs = PartNeeds.Of(scenario, role).Where(need => !parts.Is(need)).ToList();
            return role.Kind == PartKind.Balancer ? needs.Count == 0 || needs.Exists(answering.Contains) || PartNeeds.Of(scenario, role).Any(parts.Is) : needs.TrueForAll(answering.Contains);
        });
    }

    private async Task<PartState> CheckAsync(PartRole role, CancellationToken cancellationToken)
    {
        var address = parts.AddressOf(role);
        if (_answered.TryGetValue(role, out var when) && time.GetElapsedTime(when) < Fresh)
        {
            return new PartState(role, address, true, null);
        }

        try
        {
            (await dialer.ConnectAsync(role, cancellationToken)).Dispose();
            _answered[role] = time.GetTimestamp();
            _awaited.TryRemove(role, out _);
            return new PartState(role, address, true, null);
        }
        catch (SocketException exception)
        {
            _answered.TryRemove(role, out _);
            return new PartState(role, address, false, exception.Message);
        }
    }
}

/// <summary>Whether a part answers.</summary>
/// <param name="Role">The part.</param>
/// <param name="Address">Where it should be.</param>
/// <param name="Answers">Whether it accepts connections.</param>
/// <param name="Problem">Why not.</param>
internal sealed record PartState(PartRole Role, PartAddress Address, bool Answers, string? Problem);
