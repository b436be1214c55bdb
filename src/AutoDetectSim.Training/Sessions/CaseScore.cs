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

    private readonly int _probesNeeded = Math.Max(ScoreRules.FewestProbesNeeded, lab.Network.CustomerVirtualIps.Where(virtualIp => virtualIp.UsesTls).Sum(ProbesNeeded));

    /// <summary>The same progress with its score, once the case is closed. Actions after the explanation do not count.</summary>
    /// <param name="now">The progress.</param>
    /// <param name="probes">How many probes there were.</param>
    public LessonProgress Of(LessonProgress now, int probes)
    {
        var isExplained = now is { ExplainedAt: not null, Score: not null };
        if (now.State == LessonState.Open || isExplained)
        {
            return now;
        }

        var said = now.Diagnoses.Select(one => one.Said).ToList();
        var matched = DiagnosisGrader.Match(said, trainingCase.Faults, trainingCase.Healthy);
        return now with
        {
            Score = ScoreRules.Reckon(new ScoreFacts
            {
                IsSolved = now.State == LessonState.Solved,
                Quality =
                [
                    .. trainingCase.Faults.Select((fault, index) => matched[index] < 0 ? 0 : DiagnosisGrader.Fit(said[matched[index]], fault, trainingCase.Healthy).Quality),
                    .. trainingCase.Questions.Select(question => IsAnswered(now, question) ? 1.0 : 0),
                ],
                ExtraTries = Math.Max(0, said.Count - trainingCase.Faults.Count) + now.Answers.Count(answer => !answer.IsRight),
                Probes = probes,
                ProbesNeeded = _probesNeeded,
                Hints = now.Hints,
                RepairsWithoutEffect = now.Repairs.Count(repair => repair.Effect == RepairEffect.NoEffect),
                HarmfulRepairs = now.Repairs.Count(repair => repair.Effect == RepairEffect.Harmful),
            }),
        };
    }

    /// <summary>How many faults no diagnosis has named rightly.</summary>
    public int FaultsLeft(LessonProgress now) =>
        trainingCase.Faults.Count(fault => !now.Diagnoses.Any(one => DiagnosisGrader.Fit(one.Said, fault, trainingCase.Healthy).IsRight));

    /// <summary>Whether a question has been answered rightly.</summary>
    public static bool IsAnswered(LessonProgress now, QuestionDefinition question) => now.Answers.Any(answer => answer.IsRight && string.Equals(answer.Question, question.Name, StringComparison.Ordinal));

    private static int ProbesNeeded(VirtualIp virtualIp)
    {
        var shares = NodeShares.Of(virtualIp.Balancer).Values.ToList();
        return shares.Count == 0 ? 0 : CouponCollector.ProbesNeeded([.. shares.Select(share => Math.Max(share, CouponCollector.SmallestShare))], Confidence);
    }
}
