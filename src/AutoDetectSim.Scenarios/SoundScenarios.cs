using System.Runtime.CompilerServices;

namespace AutoDetectSim.Scenarios;

/// <summary>
/// Remembers which scenarios have been found complete and sound, so that each is validated once. It remembers the object: a copy
/// made by <c>with</c> is another object and is validated again. Safe for use by several threads.
/// </summary>
internal static class SoundScenarios
{
    private static readonly ConditionalWeakTable<Scenario, object> Known = [];
    private static readonly object Mark = new();

    /// <summary>Whether this very scenario has been validated and has no problems.</summary>
    public static bool Contains(Scenario scenario) => Known.TryGetValue(scenario, out _);

    /// <summary>Remembers a complete scenario that has just been validated without problems, and returns it.</summary>
    public static Scenario Add(Scenario scenario)
    {
        Known.AddOrUpdate(scenario, Mark);
        return scenario;
    }
}
