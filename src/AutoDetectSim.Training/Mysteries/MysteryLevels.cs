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
    /// The level of a scenario with a fault, by how it shows. 1: every detection fails with an error, and the reason is on the way to the
    /// servers. 2: some detections fail with an error, or all of them because of a device or a server. 3: no detection fails with an error,
    /// as where the account is added and no mail comes.
    /// </summary>
    public static int Of(Scenario scenario)
    {
        var outcomes = scenario.Expect.Count == 0 ? null : scenario.Expect[0].Outcome;
        var fails = outcomes?.ContainsKey(SelectProvider) == true;
        var isOnTheWay = scenario.Fault is { Layer: FaultLayer.Certificate or FaultLayer.Tls or FaultLayer.Network or FaultLayer.Dns };
        return !fails ? 3 : outcomes!.Count == 1 && isOnTheWay ? 1 : 2;
    }
}
