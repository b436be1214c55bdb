using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Network;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Observing;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Training.Sessions;

/// <summary>The score of a trainee's work on a case.</summary>
/// <param name="trainingCase">The case.</param>
/// <param name="lab">Its lab in the world that the trainee gets.</param>
internal sealed class CaseScore(TrainingCase trainingCase, Lab lab)
{
    private const double Confidence = 0.95;

    private readonly int _probesNeeded = Math.Max(ScoreRules.FewestProbesNeeded, lab.Network.CustomerVirtualIps.Where(virtualIp => virtualIp.IsHttps).Sum(ProbesNeeded));

    /// <summary>
    /// The same progress with its score, once the case is closed. Nothing lowers the score of a solved case: a diagnosis can still raise it,
    /// until the explanation is shown.
    /// </summary>
    /// <param name="now">The progress.</param>
    public LessonProgress Of(LessonProgress now)
    {
        var isExplained = now is { ExplainedAt: not null, Score: not null };
        if (now.State == LessonState.Open || isExplained)
        {
            return now;
        }

        var reckoned = Reckon(now);
        return now with
        {
            Score = now is { State: LessonState.Solved, Score: { } closed } ? closed with { Diagnosis = Math.Max(closed.Diagnosis, reckoned.Diagnosis) } : reckoned,
        };
    }

    /// <summary>How many faults have not been diagnosed rightly.</summary>
    public int FaultsLeft(LessonProgress now) => Known(now).Count(fault => fault.Values.Any(share => share < 1));

    /// <summary>What has been said of each fault, by all diagnoses together.</summary>
    public IReadOnlyList<IReadOnlyDictionary<Aspect, double>> Known(LessonProgress now) => DiagnosisGrader.Known(Said(now), trainingCase.Faults, trainingCase.Healthy);

    private Score Reckon(LessonProgress now) => ScoreRules.Reckon(new ScoreFacts
    {
        IsSolved = now.State == LessonState.Solved,
        Quality = [.. Known(now).Select(fault => fault.Values.DefaultIfEmpty(1).Average()), .. trainingCase.Questions.Select(question => IsAnswered(now, question) ? 1.0 : 0)],

        // A wrong diagnosis of a fault that is never put right has lost its points already.
        ExtraTries = Math.Max(0, DiagnosisGrader.Wrong(Said(now), trainingCase.Faults, trainingCase.Healthy) - FaultsLeft(now)) + now.Answers.Count(answer => !answer.IsRight),
        Probes = now.Probes,
        ProbesNeeded = _probesNeeded,
        Hints = now.Hints,
        RepairsWithoutEffect = now.CountedRepairs.Count(repair => repair.Effect == RepairEffect.NoEffect),
        HarmfulRepairs = now.CountedRepairs.Count(repair => repair.Effect == RepairEffect.Harmful),
    });

    private static List<TraineeDiagnosis> Said(LessonProgress now) => [.. now.Diagnoses.Select(one => one.Said)];

    /// <summary>Whether a question has been answered rightly.</summary>
    public static bool IsAnswered(LessonProgress now, QuestionDefinition question) => now.Answers.Any(answer => answer.IsRight && string.Equals(answer.Question, question.Name, StringComparison.Ordinal));

    private static int ProbesNeeded(VirtualIp virtualIp)
    {
        var shares = NodeShares.Of(virtualIp.Balancer).Values.ToList();
        return shares.Count == 0 ? 0 : CouponCollector.ProbesNeeded([.. shares.Select(share => Math.Max(share, CouponCollector.SmallestShare))], Confidence);
    }
}
