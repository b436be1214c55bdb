using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Training.Mysteries;

/// <summary>How hard the scenarios of the library are as mysteries.</summary>
internal static class MysteryLevels
{
    /// <summary>The level with two faults.</summary>
    public const int TwoFaults = 4;

    private static readonly string SelectProvider = CamelCase<Outcome>.Of(Outcome.SelectProvider);

    /// <summary>
    /// The level of a scenario with a fault. 1: every detection fails, and it can be seen on the way to the servers. 2: it fails now
    /// and then there, or always and the reason lies in a device or a server. 3: all else, as where the account is added and no mail comes.
    /// </summary>
    public static int Of(Scenario scenario)
    {
        var outcomes = scenario.Expect.Count == 0 ? null : scenario.Expect[0].Outcome;
        var always = outcomes is { Count: 1 } && outcomes.ContainsKey(SelectProvider);
        var sometimes = outcomes is { Count: > 1 };
        var isOnTheWay = scenario.Fault is { Layer: FaultLayer.Certificate or FaultLayer.Tls or FaultLayer.Network or FaultLayer.Dns };
        return (always, sometimes, isOnTheWay) switch
        {
            (true, _, true) => 1,
            (_, true, true) or (true, _, _) => 2,
            _ => 3,
        };
    }
}
