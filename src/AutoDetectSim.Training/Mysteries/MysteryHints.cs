using System.Globalization;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Cases;

namespace AutoDetectSim.Training.Mysteries;

/// <summary>The hints of a mystery: a question, where to look, and the fault without the names of the faulty servers.</summary>
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
        faults.Count > 1 ? "One reason may not be the only one. Does what you have found explain every call that fails?"
        : isAccountAdded ? "The account is found, or seems to be. What has to happen next, and who sends requests to whom?"
        : faults[0].Nodes.Count > 0 && faults[0].Nodes.Count < All(world) ? "Does the same call always have the same result? How many calls do you need to be sure?"
        : "Which step of AutoDetect is the first to fail, and how far does it get?";

    private static string Pointer(CaseFault fault)
    {
        var place = fault.Layers[0] switch
        {
            FaultLayer.Dns => "Look at the name server's answers",
            FaultLayer.Network => "Look at how connections begin and end",
            FaultLayer.Balancer => "Look at what the device in front of the servers does to a request",
            FaultLayer.Tls => "Look at the handshake before any certificate is judged",
            FaultLayer.Certificate => "Look at the certificates that are presented",
            FaultLayer.Exchange => "Look at what the servers answer, and to whom",
            FaultLayer.Hybrid => "Look at what the cloud and the servers know about each other",
            _ => "Look at what AutoDetect itself remembers",
        };
        return fault.Hosts.Count == 0 ? place + "." : $"{place} at {string.Join(" or ", fault.Hosts)}.";
    }

    private static string Answer(CaseFault fault, Scenario world)
    {
        var meaning = FaultCatalogue.MeaningOf(fault.Kinds[0]);
        return fault.Nodes.Count == 0
            ? $"The fault: {meaning}."
            : string.Create(CultureInfo.InvariantCulture, $"The fault, on {fault.Nodes.Count} of {All(world)} servers: {meaning}.");
    }

    private static int All(Scenario world) => world.LoadBalancers.Sum(balancer => balancer.Nodes.Count);
}
