using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Training.Sessions;

/// <content>Diagnoses, answers, hints and the explanation.</content>
internal sealed partial class TrainingSession
{
    /// <summary>Grades a diagnosis. Once all faults have been diagnosed, further diagnoses do not count.</summary>
    /// <exception cref="SessionException">It names what does not exist, or the lesson is over.</exception>
    public Task<DiagnosisResult> DiagnoseAsync(TraineeDiagnosis diagnosis, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        ThrowIfExplained();
        if (Case.Faults.Count == 0)
        {
            throw new SessionException("This lesson has no fault to diagnose, only questions: see learn status.");
        }

        diagnosis = DiagnosisGrader.InOwnWords(diagnosis);
        var problems = DiagnosisGrader.Problems(diagnosis, Case.Healthy, IsHost);
        if (problems.Count > 0)
        {
            throw new SessionException(string.Join(Environment.NewLine, problems)) { IsInvalid = true };
        }

        var earlier = _record.Now.Diagnoses.Select(one => one.Said).ToList();
        var fault = DiagnosisGrader.BestFault(diagnosis, earlier, Case.Faults, Case.Healthy);
        var fit = DiagnosisGrader.Fit(diagnosis, fault, Case.Healthy);
        var known = DiagnosisGrader.Known([.. earlier, diagnosis], Case.Faults, Case.Healthy)[Case.Faults.ToList().IndexOf(fault)];
        var recorded = new RecordedDiagnosis { At = _record.Time, Said = diagnosis, Quality = Math.Round(known.Values.Average(), 3), IsFaultWrong = diagnosis.Fault is not null && fit.Aspects[Aspect.Fault] == 0 };
        var now = _score.FaultsLeft(_record.Now) == 0 ? _record.Now : await RecordAsync(now => now with { Diagnoses = [.. now.Diagnoses, recorded] });
        return SessionText.Of(fit, known, _score.FaultsLeft(now));
    }, cancellationToken);

    /// <summary>Gives the next hint; from then on it counts, unless the lesson has been solved.</summary>
    public Task<HintResult> HintAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        ThrowIfExplained();
        var given = _record.Now.Hints + _hintsAfterwards;
        if (given >= Case.Hints.Count)
        {
            return new HintResult(0, "There are no more hints. " + Case.Hints[^1], 0);
        }

        if (_record.Now.IsOpen)
        {
            await RecordAsync(now => now with { Hints = now.Hints + 1 });
        }
        else
        {
            _hintsAfterwards++;
        }

        return new HintResult(given + 1, Case.Hints[given], Case.Hints.Count - given - 1);
    }, cancellationToken);

    /// <summary>Takes the answer to a question.</summary>
    /// <exception cref="SessionException">The question is unknown, or the lesson is over.</exception>
    public Task<AnswerResult> AnswerAsync(string name, string value, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        ThrowIfExplained();
        if (Case.Questions.FirstOrDefault(question => string.Equals(question.Name, name, StringComparison.OrdinalIgnoreCase)) is not { } asked)
        {
            var names = Case.Questions.Select(question => question.Name).ToList();
            throw new SessionException(names.Count == 0 ? "This lesson asks no questions." : $"Unknown question '{name}'. Choose from: {string.Join(", ", names)}.") { IsInvalid = true };
        }

        if (AnswerForms.Problem(asked, value, IsHost) is { } problem)
        {
            throw new SessionException(problem) { IsInvalid = true };
        }

        var isRight = AnswerObserver.IsRight(value, _answers[asked.Name]);
        var now = !_record.Now.IsOpen ? _record.Now : await RecordAsync(now => now with { Answers = [.. now.Answers, new RecordedAnswer { At = _record.Time, Question = asked.Name, Value = value, IsRight = isRight }] });
        return new AnswerResult(isRight, Case.Questions.Count(question => !CaseScore.IsAnswered(now, question)));
    }, cancellationToken);

    /// <summary>Tells why it was so, once the lesson is solved, or when the trainee gives up.</summary>
    /// <exception cref="SessionException">It is not solved, and the trainee does not give up.</exception>
    /// <param name="givesUp">Whether the trainee gives up.</param>
    /// <param name="withoutDiagnosis">Whether the trainee does without the points of the diagnosis.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<ExplanationResult> ExplainAsync(bool givesUp, bool withoutDiagnosis, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        if (_record.Now.State == LessonState.Open && !givesUp)
        {
            throw new SessionException("The lesson is not solved yet: learn verify shows what is missing. To see the solution anyway, give up: learn explain --give-up.");
        }

        if (_record.Now is { State: LessonState.Solved, ExplainedAt: null } && !givesUp && !withoutDiagnosis && _score.FaultsLeft(_record.Now) > 0)
        {
            throw new SessionException("The fault has not been diagnosed yet. A diagnosis is worth up to half of the points, and after the explanation nothing counts: learn diagnose. To read the explanation now: learn explain --without-diagnosis.");
        }

        var now = await RecordAsync(
            now => now with
            {
                State = now.State == LessonState.Open ? LessonState.GivenUp : now.State,
                EndedAt = now.EndedAt ?? _record.Time,
                ExplainedAt = now.ExplainedAt ?? _record.Time,
            });
        return new ExplanationResult
        {
            Text = Case.Explanation,
            Faults = [.. Case.Faults.Select(fault => SessionText.Of(fault, Case.Healthy))],
            State = now.State,
            Score = now.Score!,
        };
    }, cancellationToken);
}
