using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Observing;

namespace AutoDetectSim.Training.Sessions;

/// <summary>Distinguishes helpful, ineffective and harmful repairs, by observations before and after.</summary>
/// <param name="trainingCase">The case.</param>
/// <param name="goal">What the lab should do.</param>
internal sealed class RepairJudge(TrainingCase trainingCase, HealthyBaseline goal)
{
    private readonly IReadOnlyDictionary<string, (string Before, string After)> _broken = ScenarioDifference.Of(trainingCase.Healthy, trainingCase.Broken);

    /// <summary>
    /// Judges. A fault behind another one cannot be seen from outside until that one is repaired, so a setting that is as in the
    /// healthy world again counts as help as well.
    /// </summary>
    public RepairEffect Judge((Scenario World, LabObservation Seen) before, (Scenario World, LabObservation Seen) after)
    {
        var (old, now) = (ScenarioDifference.Settings(before.World), ScenarioDifference.Settings(after.World));
        bool Is(IReadOnlyDictionary<string, string> settings, string key, string value) => string.Equals(settings.GetValueOrDefault(key, string.Empty), value, StringComparison.Ordinal);
        var isRestored = _broken.Any(setting => !Is(old, setting.Key, setting.Value.Before) && Is(now, setting.Key, setting.Value.Before));
        var isBrokenAgain = _broken.Any(setting => Is(old, setting.Key, setting.Value.Before) && !Is(now, setting.Key, setting.Value.Before));
        return isBrokenAgain || goal.IsWorse(before.Seen, after.Seen) ? RepairEffect.Harmful
            : isRestored || goal.IsBetter(before.Seen, after.Seen) ? RepairEffect.Helped
            : RepairEffect.NoEffect;
    }
}
