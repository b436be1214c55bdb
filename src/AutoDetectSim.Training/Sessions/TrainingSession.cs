using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Observing;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Training.Sessions;

/// <summary>
/// One trainee's work on one case: a lab that runs, and a record of all that was done. Whatever is recorded is on disk before it is
/// answered: a killed process loses nothing, and a restarted session resumes where it was. Safe
/// for use by several threads; what changes or looks at the lab is done one at a time.
/// </summary>
internal sealed partial class TrainingSession : IAsyncDisposable
{
    private static readonly TimeSpan LogPatience = TimeSpan.FromSeconds(2);

    private readonly LessonLab _lab;
    private readonly SessionRecord _record;
    private readonly ProbeCounter _probes;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _answers;
    private readonly RepairJudge _judge;
    private readonly CaseScore _score;
    private readonly ServerLog _log;
    private readonly AttemptTurns _turns;
    private readonly Stack<Scenario> _before = [];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private LabObservation? _seen;
    private LabObservation? _seenAtStart;
    private volatile bool _isFresh;
    private int _hintsAfterwards;

    private TrainingSession(TrainingCase trainingCase, LessonLab lab, SessionRecord record, ProbeCounter probes, IReadOnlyDictionary<string, IReadOnlyList<string>> answers)
    {
        Case = trainingCase;
        _lab = lab;
        _record = record;
        _probes = probes;
        _answers = answers;
        _judge = new RepairJudge(trainingCase, lab.Goal);
        _score = new CaseScore(trainingCase, lab.Lab);
        _log = new ServerLog(lab.Lab);
        _turns = new AttemptTurns(lab.Lab);
    }

    /// <summary>The case.</summary>
    public TrainingCase Case { get; }

    /// <summary>The lab.</summary>
    public Lab Lab => _lab.Lab;

    /// <summary>Starts the lab of a case, and resumes from the record.</summary>
    /// <param name="trainingCase">The case.</param>
    /// <param name="store">Where progress is kept; <see cref="ProgressStore.OpenAsync"/> has been called.</param>
    /// <param name="options">How the lab is run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LabStartException">The lab could not start, or the case is not sound.</exception>
    /// <exception cref="ProgressException">The progress cannot be read or written.</exception>
    public static async Task<TrainingSession> StartAsync(TrainingCase trainingCase, ProgressStore store, LabOptions options, CancellationToken cancellationToken)
    {
        var record = await SessionRecord.StartAsync(store, trainingCase, options.TimeProvider, cancellationToken);
        var probes = ProbeCounter.Open(store.Folder, trainingCase.Name, record.Now.Attempt);
        LessonLab? lab = null;
        try
        {
            lab = await LessonLab.StartAsync(trainingCase, options, probes.Expect, cancellationToken);
            await lab.BecomeAsync(trainingCase.Broken, cancellationToken);
            var answers = await new AnswerObserver(lab.Lab, lab.Address).AnswersAsync(trainingCase, cancellationToken);
            var session = new TrainingSession(trainingCase, lab, record, probes, answers);
            await session.RepeatRepairsAsync(cancellationToken);
            session.CountProbes();
            return session;
        }
        catch
        {
            probes.Dispose();
            if (lab is not null)
            {
                await lab.DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>Where the lesson stands.</summary>
    public SessionStatus Status() => SessionStatus.Of(Case, _record, _record.Counted(_probes.Count), Lab, _score.FaultsLeft(_record.Now));

    /// <summary>Applies the trainee's repair to the lab, and reports its effect.</summary>
    /// <exception cref="ScenarioChangeException">The change cannot be made; nothing is different.</exception>
    /// <exception cref="SessionException">The customer cannot make it.</exception>
    public Task<RepairResult> RepairAsync(string change, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        ThrowIfExplained();
        var parsed = ScenarioChange.Parse(change);
        if (AllowedRepairs.Refusal(parsed, Lab.Scenario) is { } refusal)
        {
            throw new SessionException(refusal) { IsInvalid = true };
        }

        var before = (Lab.Scenario, _seen ??= await ObserveAsync(cancellationToken));
        await Lab.ChangeAsync(change, cancellationToken);
        _before.Push(before.Scenario);
        var after = await ObserveAsync(CancellationToken.None);
        _seen = after;
        var effect = _judge.Judge(before, (Lab.Scenario, after));
        await RecordAsync(now => now with { Repairs = [.. now.Repairs, new RecordedRepair { At = _record.Time, Change = parsed.Text, Effect = effect, Meaning = RepairMeaning.Of(parsed, before.Scenario, Case), IsPractice = !now.IsOpen }] });
        return new RepairResult { Change = parsed.Text, Effect = effect, Sentence = SessionText.Of(effect) };
    }, cancellationToken);

    /// <summary>Takes back the last repair that has not been taken back; what AutoDetect has forgotten stays forgotten.</summary>
    /// <exception cref="SessionException">There is nothing to undo.</exception>
    public Task<string> UndoAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        ThrowIfExplained();
        var last = _record.Now.Repairs.ToList().FindLastIndex(repair => !repair.IsUndone);
        if (last < 0)
        {
            throw new SessionException("There is nothing to undo.");
        }

        await Lab.ChangeAsync(_before.Peek(), cancellationToken);
        _before.Pop();
        _seen = null;
        await RecordAsync(now => now with { Repairs = [.. now.Repairs.Select((repair, index) => index == last ? repair with { IsUndone = true } : repair)] });
        return _record.Now.Repairs[last].Change;
    }, cancellationToken);

    /// <summary>Checks whether everything in the lab works, and closes the lesson if it does.</summary>
    public Task<VerificationResult> VerifyAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        var isFresh = _isFresh;
        _seen = await ObserveAsync(cancellationToken);
        _seenAtStart ??= isFresh ? _seen : null;
        var missing = _lab.Goal.Missing(_seen).ToList();
        missing.AddRange(missing.Count == 0 ? await MissingExpectationsAsync(cancellationToken) : []);
        missing.AddRange(Case.Questions.Where(question => !CaseScore.IsAnswered(_record.Now, question)).Select(question => $"The question `{question.Name}` is not answered: {question.Ask}"));
        var now = await RecordAsync(
            now => now with
            {
                Verifications = now.IsOpen ? now.Verifications + 1 : now.Verifications,
                State = now.State == LessonState.Open && missing.Count == 0 ? LessonState.Solved : now.State,
                EndedAt = now.EndedAt ?? (missing.Count == 0 ? _record.Time : null),
            });
        return new VerificationResult
        {
            IsSolved = missing.Count == 0,
            Missing = missing,
            Next = missing.Count > 0 ? null : SessionText.Next(now, faultsLeft: _score.FaultsLeft(now)),
            Score = now.Score,
        };
    }, cancellationToken);

    /// <summary>Sets the lab back to what the trainee gets; what has been recorded stays.</summary>
    public Task BeginAgainAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        await _lab.BecomeAsync(Case.Broken, cancellationToken);
        _before.Clear();

        // What was once seen of a lab that had just begun would be seen again.
        _isFresh = true;
        _seen = _seenAtStart;
        return true;
    }, cancellationToken);

    /// <summary>Adds the account on a phone once more, and reads the logs of the customer's servers; it counts as a detection.</summary>
    /// <exception cref="SessionException">The lesson is done without it.</exception>
    public Task<PhoneResult> TryPhoneAsync(CancellationToken cancellationToken)
    {
        ThrowIfForbidden(LessonTool.Phone, "learn phone");
        return InTurnAsync(() => new PhoneTrial(Lab, _lab.Address).RunAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Reads the logs of one of the customer's servers.</summary>
    /// <exception cref="SessionException">There is no such server, or the lesson is done without it.</exception>
    public async Task<ServerLogResult> ReadLogAsync(string server, CancellationToken cancellationToken)
    {
        ThrowIfForbidden(LessonTool.Log, "learn log");

        // A program that has its answer is ahead of the server's journal.
        await Lab.Network.Journal.WhenSettledAsync(LogPatience, cancellationToken);
        return _log.Read(server);
    }

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        _probes.Dispose();
        _turn.Dispose();
    }

    private Task<LessonProgress> RecordAsync(Func<LessonProgress, LessonProgress> change) =>
        _record.UpdateAsync(now => _score.Of(change(now)), _probes.Count);

    private async Task RepeatRepairsAsync(CancellationToken cancellationToken)
    {
        foreach (var repair in _record.Now.Repairs.Where(repair => !repair.IsUndone))
        {
            _before.Push(Lab.Scenario);
            await Lab.ChangeAsync(repair.Change, cancellationToken);
        }
    }

    private void CountProbes()
    {
        _probes.Begin();
        Lab.Network.Journal.Opened = connection =>
        {
            if (connection is { IsSimulated: false, VirtualIp.IsService: false })
            {
                _isFresh = false;
                _probes.Add();
            }
        };
        Lab.Journal.Added = detection =>
        {
            _isFresh = false;
            _probes.Add();
            _turns.End(detection.Steps.Select(step => step.Exchange));
        };
        _log.Begin();
    }

    private async Task<IReadOnlyList<string>> MissingExpectationsAsync(CancellationToken cancellationToken)
    {
        if (Case.Repaired.Count == 0)
        {
            return [];
        }

        _probes.Expect(Case.Repaired.Sum(expectation => expectation.Attempts));
        var results = await _log.WithoutAsync(() => ScenarioTest.RunAsync(Lab, Case.Repaired, cancellationToken));
        return [.. results.SelectMany(result => result.Differences.Select(difference => $"{result.Expectation.Detect}: {difference}"))];
    }

    private Task<LabObservation> ObserveAsync(CancellationToken cancellationToken) => _log.WithoutAsync(() => _lab.Observer.ObserveAsync(thorough: true, cancellationToken));

    private bool IsHost(string name) =>
        PartNames.Hosts(Case.Healthy).Concat(PartNames.Hosts(Case.Broken)).Contains(name, StringComparer.OrdinalIgnoreCase) || Lab.Network.IsLabHost(name);

    private void ThrowIfForbidden(LessonTool tool, string command)
    {
        if (!Case.Allows(tool))
        {
            throw new SessionException($"This lesson is done without {command}. Its tools are: {string.Join(", ", Case.Tools.Select(CamelCase<LessonTool>.Of))}.") { IsInvalid = true };
        }
    }

    private void ThrowIfExplained()
    {
        if (_record.Now.ExplainedAt is not null)
        {
            throw new SessionException($"The lesson is over. To repeat it with a new variant, stop it and run: learn reset {Case.Name}");
        }
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }
}
