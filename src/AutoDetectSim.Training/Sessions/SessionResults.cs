using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Training.Sessions;

/// <summary>The result of a repair.</summary>
internal sealed record RepairResult
{
    public required string Change { get; init; }

    public required RepairEffect Effect { get; init; }

    /// <summary>The same in a sentence.</summary>
    public required string Sentence { get; init; }
}

/// <summary>Whether the lesson is solved.</summary>
internal sealed record VerificationResult
{
    /// <summary>Whether the world is as it should be, and every question is answered.</summary>
    public required bool IsSolved { get; init; }

    /// <summary>What does not work yet, a sentence each, without naming the fault.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>What could still be done, in a sentence, or null.</summary>
    public string? Next { get; init; }

    /// <summary>The score; null while the lesson is open.</summary>
    public Score? Score { get; init; }
}

/// <summary>What is right in a diagnosis.</summary>
internal sealed record DiagnosisResult
{
    /// <summary>Whether all that is asked for is right.</summary>
    public required bool IsRight { get; init; }

    /// <summary>For each field: <c>right</c>, <c>wrong</c>, <c>partly</c>, <c>notSaid</c>, or <c>notAsked</c>.</summary>
    public required IReadOnlyDictionary<string, string> Aspects { get; init; }

    /// <summary>How many of the nodes that were named have the fault.</summary>
    public required int NodesRight { get; init; }

    /// <summary>How many of the nodes that were named do not have it.</summary>
    public required int NodesWrong { get; init; }

    /// <summary>How many nodes have it; null while that is not known to the trainee.</summary>
    public int? NodesAll { get; init; }

    /// <summary>How many faults have no correct diagnosis yet; null while this one is not right.</summary>
    public int? FaultsLeft { get; init; }

    /// <summary>All of it in sentences.</summary>
    public required IReadOnlyList<string> Sentences { get; init; }
}

/// <summary>One hint.</summary>
/// <param name="Number">Which one, from 1; 0 where there are none left.</param>
/// <param name="Text">The hint, in Markdown.</param>
/// <param name="Left">How many are left.</param>
internal sealed record HintResult(int Number, string Text, int Left);

/// <summary>The result of an answer.</summary>
/// <param name="IsRight">Whether it is right.</param>
/// <param name="Left">How many questions are not answered yet.</param>
internal sealed record AnswerResult(bool IsRight, int Left);

/// <summary>The explanation at the end of a lesson.</summary>
internal sealed record ExplanationResult
{
    /// <summary>Why it was so, in Markdown.</summary>
    public required string Text { get; init; }

    /// <summary>What was wrong, a sentence for each fault.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    public required LessonState State { get; init; }

    public required Score Score { get; init; }
}

/// <summary>Something that cannot be done in the present state of a session; the message gives the reason and the alternative.</summary>
/// <param name="message">The message.</param>
internal sealed class SessionException(string message) : Exception(message)
{
    /// <summary>Whether the request is invalid in any state, such as an unknown name.</summary>
    public bool IsInvalid { get; init; }
}

/// <summary>Where a lesson stands, and what a trainee needs to work on it.</summary>
internal sealed record SessionStatus
{
    public required string Lesson { get; init; }

    public required string Title { get; init; }

    public required int Level { get; init; }

    public required string Trainee { get; init; }

    public required LessonState State { get; init; }

    public required string Symptom { get; init; }

    public required string Address { get; init; }

    public required IReadOnlyList<string> Goals { get; init; }

    public required IReadOnlyList<QuestionStatus> Questions { get; init; }

    /// <summary>Whether there is something to diagnose and repair.</summary>
    public required bool HasFaults { get; init; }

    /// <summary>Whether a fault has not been diagnosed rightly yet.</summary>
    public required bool NeedsDiagnosis { get; init; }

    /// <summary>The tools that the lesson offers.</summary>
    public required IReadOnlyList<LessonTool> Tools { get; init; }

    /// <summary>Lessons that should be solved before this one, and are not.</summary>
    public required IReadOnlyList<string> Recommended { get; init; }

    public required int HintsUsed { get; init; }

    public required int Diagnoses { get; init; }

    public required IReadOnlyList<RecordedRepair> Repairs { get; init; }

    public required int Probes { get; init; }

    public required SessionTopology Topology { get; init; }

    public Score? Score { get; init; }

    /// <summary>Where a case stands.</summary>
    public static SessionStatus Of(TrainingCase trainingCase, SessionRecord record, int probes, Lab lab, int faultsLeft)
    {
        var now = record.Now;
        return new SessionStatus
        {
            Lesson = trainingCase.Name,
            Title = trainingCase.Title,
            Level = trainingCase.Level,
            Trainee = record.Trainee,
            State = now.State,
            Symptom = trainingCase.Symptom,
            Address = trainingCase.Address,
            Goals = trainingCase.Goals,
            Questions = [.. trainingCase.Questions.Select(question => new QuestionStatus(question.Name, question.Ask, CaseScore.IsAnswered(now, question)))],
            HasFaults = trainingCase.Faults.Count > 0,
            NeedsDiagnosis = faultsLeft > 0,
            Tools = [.. Enum.GetValues<LessonTool>().Where(trainingCase.Allows)],
            Recommended = record.Recommended,
            HintsUsed = now.Hints,
            Diagnoses = now.Diagnoses.Count,
            Repairs = now.Repairs,
            Probes = probes,
            Topology = SessionTopology.Of(lab),
            Score = now.Score,
        };
    }
}

/// <summary>One question.</summary>
internal sealed record QuestionStatus(string Name, string Ask, bool IsAnswered);
