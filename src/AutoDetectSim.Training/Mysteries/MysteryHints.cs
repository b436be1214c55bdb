using System.Globalization;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Cases;

namespace AutoDetectSim.Training.Mysteries;

/// <summary>The hints of a mystery: a question, where to look, and what is wrong without the names of those who have it.</summary>
internal static class MysteryHints
{
    /// <summary>Makes the hints.</summary>
    /// <param name="faults">What is wrong.</param>
    /// <param name="world">The healthy world.</param>
    /// <param name="isAccountAdded">Whether the phone adds the account all the same.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<CaseFault> faults, Scenario world, bool isAccountAdded) =>
    [
        Question(faults, world, isAccountAdded),
        string.Join(" And ", faults.Select(Pointer)),
        string.Join(" And ", faults.Select(fault => Answer(fault, world))),
    ];

    private static string Question(IReadOnlyList<CaseFault> faults, Scenario world, bool isAccountAdded) =>
        faults.Count > 1 ? "Whoever has found one reason has found one reason. Does what you have found explain every call that goes wrong?"
        : isAccountAdded ? "The account is found, or seems to be. What has to happen after that, and who asks whom for it?"
        : faults[0].Nodes.Count > 0 && faults[0].Nodes.Count < All(world) ? "Does the same call end in the same way each time? How often would you have to ask to know?"
        : "Which is the first step of AutoDetect that does not end well, and how far does it come there?";

    private static string Pointer(CaseFault fault)
    {
        var place = fault.Layers[0] switch
        {
            FaultLayer.Dns => "Look at what the name server answers",
            FaultLayer.Network => "Look at how connections come about and how they end",
            FaultLayer.Balancer => "Look at what the device in front of the servers does with a request",
            FaultLayer.Tls => "Look at the handshake before any certificate is judged",
            FaultLayer.Certificate => "Look at the certificates that are presented",
            FaultLayer.Exchange => "Look at what the servers answer, and to whom",
            FaultLayer.Hybrid => "Look at what the cloud and the servers know of one another",
            _ => "Look at what AutoDetect itself remembers",
        };
        return fault.Hosts.Count == 0 ? place + "." : $"{place} at {string.Join(" or ", fault.Hosts)}.";
    }

    private static string Answer(CaseFault fault, Scenario world)
    {
        var meaning = FaultCatalogue.MeaningOf(fault.Kinds[0]);
        return fault.Nodes.Count == 0
            ? $"This is it: {meaning}."
            : string.Create(CultureInfo.InvariantCulture, $"This is it, on {fault.Nodes.Count} of {All(world)} servers: {meaning}.");
    }

    private static int All(Scenario world) => world.LoadBalancers.Sum(balancer => balancer.Nodes.Count);
}
