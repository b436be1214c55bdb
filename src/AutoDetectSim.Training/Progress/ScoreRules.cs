using System.Globalization;

namespace AutoDetectSim.Training.Progress;

/// <summary>What counts, and how much: 100 points in all. How long it took never counts.</summary>
internal static class ScoreRules
{
    /// <summary>Points for the diagnosis; in a lesson about reading, for the answers.</summary>
    public const int Diagnosis = 50;

    /// <summary>Points for not probing more than it takes.</summary>
    public const int Economy = 15;

    /// <summary>Points for using no hints.</summary>
    public const int Hints = 15;

    /// <summary>Points for repairs that help, and no others.</summary>
    public const int Repairs = 20;

    /// <summary>What each diagnosis costs that says something wrong, and each wrong answer to a question.</summary>
    public const int ExtraTry = 4;

    /// <summary>What each hint costs.</summary>
    public const int Hint = 5;

    /// <summary>What a repair without effect costs.</summary>
    public const int RepairWithoutEffect = 4;

    /// <summary>What a harmful repair costs.</summary>
    public const int HarmfulRepair = 10;

    /// <summary>Probes cost nothing up to so many times the statistical minimum.</summary>
    public const double FreeProbes = 3;

    /// <summary>No points for economy are left at so many times the statistical minimum.</summary>
    public const double WastefulProbes = 15;

    /// <summary>Exploring takes some probes even with a single server.</summary>
    public const int FewestProbesNeeded = 20;

    /// <summary>The rules in Markdown, for the guide.</summary>
    public static string Describe() => string.Create(CultureInfo.InvariantCulture, $"""
        | points (of 100) | for | deductions |
        |---|---|---|
        | {Diagnosis} | diagnosis: the mean of host, nodes, fault, layer and certificate, as far as they are asked; in a lesson with questions, the answers as well | {ExtraTry} for each diagnosis that says something wrong, beyond one for each fault that is never diagnosed, and for each wrong answer; nothing for what a diagnosis leaves out |
        | {Economy} | economy: at most {FreeProbes} times the connections that meet every node at 95% confidence (at least {FewestProbesNeeded}) | all of them at {WastefulProbes} times the connections |
        | {Hints} | no hints | {Hint} for each |
        | {Repairs} | repairs that help | {RepairWithoutEffect} for each without effect, {HarmfulRepair} for each harmful one |

        After giving up, only the points of the first line count. Once a lesson is solved, probes, hints, answers and repairs no longer count; a diagnosis can
        still raise the score until the explanation is shown.

        """).ReplaceLineEndings("\n");

    /// <summary>Reckons.</summary>
    public static Score Reckon(ScoreFacts facts)
    {
        var said = facts.Quality.Count == 0 ? 1 : facts.Quality.Average();
        var diagnosis = Math.Max(0, (Diagnosis * said) - (ExtraTry * facts.ExtraTries));
        var times = facts.Probes / (double)Math.Max(1, facts.ProbesNeeded);
        var economy = Economy * Math.Clamp((WastefulProbes - times) / (WastefulProbes - FreeProbes), 0, 1);
        var hints = Math.Max(0, Hints - (Hint * facts.Hints));
        var repairs = Math.Max(0, Repairs - (RepairWithoutEffect * facts.RepairsWithoutEffect) - (HarmfulRepair * facts.HarmfulRepairs));
        return new Score
        {
            Diagnosis = Round(diagnosis),
            Economy = facts.IsSolved ? Round(economy) : 0,
            Hints = facts.IsSolved ? hints : 0,
            Repairs = facts.IsSolved ? repairs : 0,
            Probes = facts.Probes,
            ProbesNeeded = facts.ProbesNeeded,
        };
    }

    private static int Round(double points) => (int)Math.Round(points, MidpointRounding.AwayFromZero);
}

/// <summary>What a score is made of.</summary>
internal sealed record ScoreFacts
{
    /// <summary>Whether the lesson was solved, and not given up.</summary>
    public required bool IsSolved { get; init; }

    /// <summary>The score of each fault and each question, from 0 to 1.</summary>
    public required IReadOnlyList<double> Quality { get; init; }

    /// <summary>Wrong diagnoses beyond one for each fault that was never diagnosed, and wrong answers.</summary>
    public required int ExtraTries { get; init; }

    /// <summary>Connections to the customer's servers and calls of AutoDetect.</summary>
    public required int Probes { get; init; }

    /// <summary>How many it takes to have met every node with 95% confidence.</summary>
    public required int ProbesNeeded { get; init; }

    public required int Hints { get; init; }

    public required int RepairsWithoutEffect { get; init; }

    public required int HarmfulRepairs { get; init; }
}

/// <summary>Points, out of those that <see cref="ScoreRules"/> gives.</summary>
internal sealed record Score
{
    /// <summary>Of 50.</summary>
    public required int Diagnosis { get; init; }

    /// <summary>Of 15.</summary>
    public required int Economy { get; init; }

    /// <summary>Of 15.</summary>
    public required int Hints { get; init; }

    /// <summary>Of 20.</summary>
    public required int Repairs { get; init; }

    /// <summary>Probes that were made.</summary>
    public required int Probes { get; init; }

    /// <summary>Probes that it takes.</summary>
    public required int ProbesNeeded { get; init; }

    /// <summary>Of 100.</summary>
    public int Total => Diagnosis + Economy + Hints + Repairs;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Total} of 100 points: diagnosis {Diagnosis} of {ScoreRules.Diagnosis}, probes {Economy} of {ScoreRules.Economy} ({Probes} made; {ProbesNeeded} are enough to meet every node at 95% confidence), hints {Hints} of {ScoreRules.Hints}, repairs {Repairs} of {ScoreRules.Repairs}");
}
