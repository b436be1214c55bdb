using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Scenarios.Library;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Observing;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Training.Mysteries;

/// <summary>Draws a case from the whole scenario library: a world with its fault, on the highest level with a second fault from another scenario.</summary>
/// <param name="level">How hard it is, from 1 to 4.</param>
/// <param name="seed">The seed of all draws.</param>
internal sealed partial class MysteryDraw(int level, int seed)
{
    // A fault may not show in another world; so many pairs are looked at before that is given up.
    private const int MostTries = 40;
    private const int SecondsForEach = 3;

    /// <summary>The name of the mystery.</summary>
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"mystery-{level}-{seed}");

    /// <summary>The mystery with a name; null for any other name.</summary>
    public static MysteryDraw? Named(string name) =>
        NameForm().Match(name) is { Success: true } match && int.TryParse(match.Groups["seed"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? new MysteryDraw(match.Groups["level"].ValueSpan[0] - '0', seed)
            : null;

    /// <summary>Draws; each fault has been verified in a lab to break the world, so every mystery has an answer.</summary>
    /// <param name="options">How labs are run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LabStartException">The seed has no case.</exception>
    public async Task<TrainingCase> DrawAsync(LabOptions options, CancellationToken cancellationToken)
    {
        // Free ports, and none that somebody waits for.
        var trial = options with { GatewayPort = 0, DnsPort = 0, KeyLogFile = null };
        foreach (var candidate in Candidates().Take(MostTries))
        {
            if (await candidate.VerifiedAsync(trial, cancellationToken) is { } verified)
            {
                return verified;
            }
        }

        throw new LabStartException($"Seed {seed} has no mystery of level {level}: choose another seed.");
    }

    private IEnumerable<Candidate> Candidates()
    {
        var worlds = MysteryLibrary.Draw(level, seed, "world");
        if (level < MysteryLevels.TwoFaults)
        {
            return worlds.Select(entry => Make(entry, second: null)).OfType<Candidate>();
        }

        var seconds = MysteryLibrary.Draw(level, seed, "second").Where(entry => CarriedFault.Of(entry.Scenario) is not null).ToList();
        return worlds.SelectMany((entry, index) => Enumerable.Range(index * SecondsForEach, SecondsForEach).Select(second => Make(entry, seconds[second % seconds.Count]))).OfType<Candidate>();
    }

    private Candidate? Make(LibraryScenario entry, LibraryScenario? second)
    {
        var scenario = entry.Scenario;
        var fault = scenario.Fault!;
        if (scenario.Expect.Count == 0)
        {
            return null;
        }

        var shuffle = new NodeShuffle(scenario, seed);
        Scenario Prepared(Scenario world) => shuffle.Apply(world) with { Seed = seed, Fault = null, Expect = [] };
        var (healthy, broken) = (Prepared(scenario.WithoutFault()), Prepared(scenario));
        var faults = new List<CaseFault> { CaseTruth.Of(healthy, broken, fault) };
        var worlds = new List<Scenario> { broken };
        var both = broken;
        if (second is not null && !TryAdd(second, fault, healthy, faults, worlds, ref both))
        {
            return null;
        }

        var isAccountAdded = MysteryLevels.Of(scenario) == 3;
        return new Candidate(
            new TrainingCase
            {
                Name = Name,
                Title = second is null ? "A mystery" : "A mystery with two faults",
                Level = level,
                Seed = seed,
                Symptom = second is null ? MysteryText.Symptom(entry) : MysteryText.Symptom(entry, second),
                Address = scenario.Expect[0].Detect,
                Healthy = healthy,
                Broken = both,
                Faults = faults,
                Hints = MysteryHints.Of(faults, healthy, isAccountAdded),
                Explanation = second is null ? MysteryText.Explanation(entry) : MysteryText.Explanation(entry, faults[0]) + "\n" + MysteryText.Explanation(second, faults[1]),
                Goals = ["Find, name and repair the fault."],
            },
            worlds);
    }

    private bool TryAdd(LibraryScenario second, FaultDefinition first, Scenario healthy, List<CaseFault> faults, List<Scenario> worlds, ref Scenario both)
    {
        var carried = CarriedFault.Of(second.Scenario)!;
        if (string.Equals(carried.Fault.Kind, first.Kind, StringComparison.Ordinal) || carried.ChangeOf(healthy, seed) is not { } line)
        {
            return false;
        }

        try
        {
            var change = ScenarioChange.Parse(line);
            var alone = change.ApplyTo(healthy);
            var taken = ScenarioDifference.Of(healthy, both).Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
            both = change.ApplyTo(both);
            faults.Add(CaseTruth.Of(healthy, alone, carried.Fault));
            worlds.Add(alone);
            return !ScenarioDifference.Of(healthy, alone).Keys.Any(taken.Contains);
        }
        catch (ScenarioChangeException)
        {
            return false;
        }
    }

    [GeneratedRegex("^mystery-(?<level>[1-4])-(?<seed>[0-9]{1,10})$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameForm();

    /// <summary>A case, and the worlds that have one of its faults each.</summary>
    private sealed record Candidate(TrainingCase Case, IReadOnlyList<Scenario> Worlds)
    {
        /// <summary>The case, if the healthy world is healthy, and each fault alone and all of them together are seen; otherwise null.</summary>
        public async Task<TrainingCase?> VerifiedAsync(LabOptions options, CancellationToken cancellationToken)
        {
            try
            {
                await using var lab = await LessonLab.StartAsync(Case, options, announce: null, cancellationToken);
                LabObservation? seen = null;
                foreach (var world in Worlds.Append(Case.Broken).Distinct())
                {
                    await lab.BecomeAsync(world, cancellationToken);
                    seen = await lab.Observer.ObserveAsync(thorough: true, cancellationToken);
                    if (lab.Goal.Missing(seen).Count == 0)
                    {
                        return null;
                    }
                }

                return Case.Faults.Count == 1 ? Case : Case with { Symptom = $"{Case.Symptom}\n\n{MysteryText.Observed(Case.Broken, seen!)}" };
            }
            catch (LabStartException)
            {
                return null;
            }
        }
    }
}
