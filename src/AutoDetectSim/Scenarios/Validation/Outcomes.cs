using AutoDetectSim.Clients;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>What the person with the phone can see.</summary>
internal static class Outcomes
{
    public static IReadOnlyList<string> All => OutcomeNames.All;
}
