using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Worlds;

namespace AutoDetectSim.Regression.Judging;

/// <summary>The verdict of all runs of a tool together.</summary>
internal sealed record ReportedVerdict
{
    /// <summary>No verdict: the tool never connected to the lab, and whatever it reported is about something else.</summary>
    public static ReportedVerdict None { get; } = new() { State = VerdictState.Unknown, Causes = [] };

    /// <summary>The verdict.</summary>
    public required VerdictState State { get; init; }

    /// <summary>The causes that were named, the most frequent first.</summary>
    public required IReadOnlyList<string> Causes { get; init; }

    /// <summary>Sums up: a part of the world that worked sometimes is intermittent, and the world is as bad as its worst part.</summary>
    /// <param name="parts">The runs, by the part that was asked for.</param>
    public static ReportedVerdict Of(IEnumerable<IReadOnlyList<RunVerdict>> parts)
    {
        var runs = parts.Select(part => part.ToList()).ToList();
        var states = runs.Select(StateOf).ToList();
        return new ReportedVerdict
        {
            State = states.Contains(VerdictState.Broken) ? VerdictState.Broken
                : states.Contains(VerdictState.Intermittent) ? VerdictState.Intermittent
                : states.Count == 0 || states.Contains(VerdictState.Unknown) ? VerdictState.Unknown
                : VerdictState.Healthy,
            Causes =
            [
                .. runs.SelectMany(part => part).Where(run => run.State is VerdictState.Broken or VerdictState.Intermittent)
                    .SelectMany(run => run.Causes)
                    .CountBy(cause => cause, StringComparer.OrdinalIgnoreCase)
                    .OrderByDescending(cause => cause.Value)
                    .Select(cause => cause.Key),
            ],
        };
    }

    /// <summary>Whether more runs would change nothing: the part was seen to work and to fail.</summary>
    public static bool IsSettled(IReadOnlyList<RunVerdict> part) => StateOf(part) == VerdictState.Intermittent;

    /// <summary>Holds a verdict against the truth.</summary>
    public Judgement Judge(ExpectedVerdict truth)
    {
        if (State == VerdictState.Unknown)
        {
            return Judgement.NoVerdict;
        }

        if (truth.State == VerdictState.Healthy)
        {
            return State == VerdictState.Healthy ? Judgement.Right : Judgement.FalseAlarm;
        }

        return State == VerdictState.Healthy ? Judgement.MissedFault
            : Causes.Count == 0 || Causes.Any(truth.IsCause) ? Judgement.Right
            : Judgement.WrongCause;
    }

    private static VerdictState StateOf(IReadOnlyList<RunVerdict> part)
    {
        bool Has(VerdictState state) => part.Any(run => run.State == state);
        return Has(VerdictState.Intermittent) || (Has(VerdictState.Healthy) && Has(VerdictState.Broken)) ? VerdictState.Intermittent
            : Has(VerdictState.Broken) ? VerdictState.Broken
            : part.Count == 0 || Has(VerdictState.Unknown) ? VerdictState.Unknown
            : VerdictState.Healthy;
    }
}
