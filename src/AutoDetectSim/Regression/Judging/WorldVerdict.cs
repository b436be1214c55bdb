namespace AutoDetectSim.Regression.Judging;

/// <summary>What all runs of a tool together say of a world.</summary>
internal sealed record WorldVerdict
{
    /// <summary>The verdict.</summary>
    public required WorldState State { get; init; }

    /// <summary>The causes that were named, the most frequent first.</summary>
    public required IReadOnlyList<string> Causes { get; init; }

    /// <summary>Sums up: a part of the world that worked sometimes is intermittent, and the world is as bad as its worst part.</summary>
    /// <param name="parts">The runs, by the part that was asked for.</param>
    public static WorldVerdict Of(IEnumerable<IReadOnlyList<RunVerdict>> parts)
    {
        var runs = parts.Select(part => part.ToList()).ToList();
        var states = runs.Select(StateOf).ToList();
        return new WorldVerdict
        {
            State = states.Contains(WorldState.Broken) ? WorldState.Broken
                : states.Contains(WorldState.Intermittent) ? WorldState.Intermittent
                : states.Count == 0 || states.Contains(WorldState.Unknown) ? WorldState.Unknown
                : WorldState.Healthy,
            Causes =
            [
                .. runs.SelectMany(part => part).Where(run => run.State is WorldState.Broken or WorldState.Intermittent)
                    .SelectMany(run => run.Causes)
                    .CountBy(cause => cause, StringComparer.OrdinalIgnoreCase)
                    .OrderByDescending(cause => cause.Value)
                    .Select(cause => cause.Key),
            ],
        };
    }

    /// <summary>Whether more runs would change nothing: the part was seen to work and to fail.</summary>
    public static bool IsSettled(IReadOnlyList<RunVerdict> part) => StateOf(part) == WorldState.Intermittent;

    /// <summary>Holds a verdict against the truth.</summary>
    public Judgement Judge(WorldTruth truth)
    {
        if (State == WorldState.Unknown)
        {
            return Judgement.NoVerdict;
        }

        if (truth.State == WorldState.Healthy)
        {
            return State == WorldState.Healthy ? Judgement.Right : Judgement.FalseAlarm;
        }

        return State == WorldState.Healthy ? Judgement.MissedFault
            : Causes.Count == 0 || Causes.Any(truth.IsCause) ? Judgement.Right
            : Judgement.WrongCause;
    }

    private static WorldState StateOf(IReadOnlyList<RunVerdict> part)
    {
        bool Has(WorldState state) => part.Any(run => run.State == state);
        return Has(WorldState.Intermittent) || (Has(WorldState.Healthy) && Has(WorldState.Broken)) ? WorldState.Intermittent
            : Has(WorldState.Broken) ? WorldState.Broken
            : part.Count == 0 || Has(WorldState.Unknown) ? WorldState.Unknown
            : WorldState.Healthy;
    }
}
