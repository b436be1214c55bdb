using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Probing;

/// <summary>The first line of whatever is said of a lab: it is not the field.</summary>
internal static class ReproductionText
{
    /// <summary>Of a lab that runs a scenario.</summary>
    public static string Of(Scenario scenario) => $"Reproduction of scenario {scenario.Name} in a lab: the customer's servers were not contacted.";
}
