using AutoDetectSim.Regression.Judging;

namespace AutoDetectSim.Regression.Reports;

/// <summary>The counts of a regression run.</summary>
internal sealed record RegressionSummary
{
    /// <summary>Worlds that were tried.</summary>
    public required int Worlds { get; init; }

    /// <summary>Worlds that were judged right.</summary>
    public required int Right { get; init; }

    /// <summary>Faulty worlds that the tool called healthy.</summary>
    public required int MissedFaults { get; init; }

    /// <summary>Healthy worlds that the tool called broken or intermittent.</summary>
    public required int FalseAlarms { get; init; }

    /// <summary>Faulty worlds that the tool called faulty for a wrong reason.</summary>
    public required int WrongCauses { get; init; }

    /// <summary>Worlds on which the tool gave no readable verdict.</summary>
    public required int NoVerdicts { get; init; }

    /// <summary>Worlds whose lab could not start.</summary>
    public required int NotAsked { get; init; }

    /// <summary>How many of those that were not judged right are known limits of the tool.</summary>
    public required int KnownLimits { get; init; }

    /// <summary>Scenarios that the adapter calls known limits, and whose worlds were all judged right.</summary>
    public required IReadOnlyList<string> OvercomeLimits { get; init; }

    /// <summary>All of it in one line.</summary>
    public required string Line { get; init; }

    /// <summary>Counts the results of a run.</summary>
    public static RegressionSummary From(RegressionPlan plan, IReadOnlyList<TrialResult> results)
    {
        int Count(Judgement judgement) => results.Count(result => result.Judgement == judgement);
        var known = results.Count(result => result is { KnownLimit: not null, Judgement: not (Judgement.Right or Judgement.NotAsked) });
        (int Count, string One, string Many)[] wrong =
        [
            (Count(Judgement.MissedFault), "missed fault", "missed faults"),
            (Count(Judgement.FalseAlarm), "false alarm", "false alarms"),
            (Count(Judgement.WrongCause), "wrong cause", "wrong causes"),
            (Count(Judgement.NoVerdict), "without a verdict", "without a verdict"),
            (Count(Judgement.NotAsked), "that could not start", "that could not start"),
            (known, "known limit", "known limits"),
        ];
        return new RegressionSummary
        {
            Worlds = results.Count,
            Right = Count(Judgement.Right),
            MissedFaults = Count(Judgement.MissedFault),
            FalseAlarms = Count(Judgement.FalseAlarm),
            WrongCauses = Count(Judgement.WrongCause),
            NoVerdicts = Count(Judgement.NoVerdict),
            NotAsked = Count(Judgement.NotAsked),
            KnownLimits = known,
            OvercomeLimits =
            [
                .. results.Where(result => result.KnownLimit is not null).GroupBy(result => result.World.Name, StringComparer.Ordinal)
                    .Where(group => group.All(result => result.Judgement == Judgement.Right))
                    .Select(group => group.Key),
            ],
            Line = $"{plan.Adapter.Name}: {Count(Judgement.Right)} of {results.Count} worlds judged correctly"
                + string.Concat(wrong.Where(entry => entry.Count > 0).Select(entry => $", {entry.Count} {(entry.Count == 1 ? entry.One : entry.Many)}")),
        };
    }
}
