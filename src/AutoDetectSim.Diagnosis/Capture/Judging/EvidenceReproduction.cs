using AutoDetectSim.Diagnosis.Capture.Observations;
using AutoDetectSim.Evidence;

namespace AutoDetectSim.Diagnosis.Capture.Judging;

/// <summary>
/// The way from evidence to a scenario, the same for the command, the console and assistants: what was read and what was concluded, and then a lab
/// that is held against the evidence's own verdicts.
/// </summary>
internal sealed class EvidenceReproduction
{
    private readonly CapturedWorld _world;
    private readonly ReproducedScenario _reproduced;

    private EvidenceReproduction(EvidenceObservations observations, ReproducedScenario reproduced, IReadOnlyList<string> notes) =>
        (_world, _reproduced, Read, Notes, Assumed, HasVerdict) = (observations.World, reproduced, observations.Taken, notes, [.. observations.Guesses, .. reproduced.Guesses], observations.HasVerdict);

    /// <summary>What was taken from where, one sentence without a full stop for each call.</summary>
    public IReadOnlyList<string> Read { get; }

    /// <summary>What the reader should know.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>What was concluded and not read.</summary>
    public IReadOnlyList<string> Assumed { get; }

    /// <summary>Whether the evidence says of any connection how it ended, so that a lab can agree with it.</summary>
    public bool HasVerdict { get; }

    /// <summary>Makes a scenario of what files say.</summary>
    /// <param name="readings">The files.</param>
    /// <param name="question">What is asked of them.</param>
    /// <exception cref="EvidenceException">They do not say enough; the message says what to ask for.</exception>
    public static EvidenceReproduction Make(IReadOnlyList<EvidenceReading> readings, EvidenceQuestion question)
    {
        var observations = EvidenceWorld.Make([.. readings.SelectMany(reading => reading.Calls)], question);
        var reproduced = new ScenarioReproduction(observations.World).Make();
        observations = observations with { Guesses = [.. readings.SelectMany(reading => reading.Unread), .. observations.Guesses] };
        return new EvidenceReproduction(observations, reproduced, [.. readings.SelectMany(reading => reading.Remarks), .. observations.Remarks]);
    }

    /// <summary>Starts a lab with the scenario.</summary>
    /// <param name="anonymize">Whether names of customers, people, servers and authorities are replaced.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LabStartException">The lab cannot start.</exception>
    public Task<CaptureTrial> StartAsync(bool anonymize, CancellationToken cancellationToken) => CaptureTrial.StartAsync(_reproduced, anonymize, cancellationToken);

    /// <summary>Where the lab and the evidence do not agree, in sentences without a full stop.</summary>
    public IReadOnlyCollection<string> Differences(CaptureTrial trial) => new EvidenceJudge(trial.Lab, _world, _reproduced, trial.Anonymizer).Judge(trial.Run);
}
