using AutoDetectSim.Protocols.Randomness;
using AutoDetectSim.Scenarios.Library;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Training.Mysteries;

/// <summary>The scenarios of the library that can be a mystery: there is a fault, a customer who speaks of it, and a repair in the customer's hands.</summary>
internal static class MysteryLibrary
{
    /// <summary>The scenarios of a level, in the order in which a seed draws them.</summary>
    /// <param name="level">The level; those of two faults are of all levels.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="purpose">What is drawn: the same for the same purpose.</param>
    public static IEnumerable<LibraryScenario> Draw(int level, int seed, string purpose)
    {
        var left = ScenarioLibrary.All.Where(entry => entry.Scenario.Fault is not null && entry.Symptom.Length > 0 && (level == MysteryLevels.TwoFaults || MysteryLevels.Of(entry.Scenario) == level)).ToList();
        var random = new Seed(seed).Stream(purpose);
        while (left.Count > 0)
        {
            var index = random.Next(left.Count);
            var drawn = left[index];
            left.RemoveAt(index);
            if (AllowedRepairs.Reach(ScenarioDifference.Of(drawn.Scenario.WithoutFault(), drawn.Scenario).Keys))
            {
                yield return drawn;
            }
        }
    }
}
