using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Training.Observing;

/// <summary>What can be seen of a lab at one moment.</summary>
internal sealed record LabObservation
{
    /// <summary>What detections of each address do.</summary>
    public required IReadOnlyList<AddressObservation> Addresses { get; init; }

    /// <summary>
    /// A strict client's verdict on the chain that a node presents at one of its hosts, by node and host with a space between: a
    /// code of <see cref="NodeErrors"/>, or <c>no handshake</c>.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Chains { get; init; }

    /// <summary>The nodes that balancers give connections to.</summary>
    public required IReadOnlySet<string> NodesInService { get; init; }

    /// <summary>The nodes and hosts at which a strict client accepts the chain.</summary>
    public IEnumerable<string> AcceptedChains => Chains.Where(chain => string.Equals(chain.Value, NodeErrors.Ok, StringComparison.Ordinal)).Select(chain => chain.Key);
}

/// <summary>What detections of one address do.</summary>
internal sealed record AddressObservation
{
    public required string Address { get; init; }

    /// <summary>How many detections were made.</summary>
    public required int Attempts { get; init; }

    /// <summary>How often the phone showed what.</summary>
    public required IReadOnlyDictionary<string, int> Outcomes { get; init; }

    /// <summary>The same for the detections that met each node.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> OutcomesByNode { get; init; }

    /// <summary>How far detections came into the customer's network on average: a point for each stage that each host let them pass.</summary>
    public required double Reach { get; init; }

    /// <summary>How often each result of provisioning the cached mailbox occurred; null if it was not tried.</summary>
    public IReadOnlyDictionary<string, int>? Provisioning { get; init; }

    /// <summary>The most frequent outcome.</summary>
    public string MainOutcome => Most(Outcomes);

    /// <summary>The most frequent result of provisioning; null if it was not tried.</summary>
    public string? MainProvisioning => Provisioning is null ? null : Most(Provisioning);

    private static string Most(IReadOnlyDictionary<string, int> counts) => counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).First().Key;
}
