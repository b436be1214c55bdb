using AutoDetectSim.Documents;
using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Judging;
using AutoDetectSim.Regression.Worlds;

namespace AutoDetectSim.Regression.Reports;

/// <summary>Makes the document of a regression run.</summary>
internal static class RegressionDocumentMaker
{
    /// <summary>Characters of an output that are shown.</summary>
    private const int MostShown = 2000;

    public static RegressionDocument Make(RegressionPlan plan, IReadOnlyList<TrialResult> results) => new()
    {
        Adapter = plan.Adapter.Name,
        Command = plan.Command,
        Summary = Summary(plan, results),
        Worlds = [.. results.Select(World)],
    };

    private static RegressionSummary Summary(RegressionPlan plan, IReadOnlyList<TrialResult> results)
    {
        int Count(Judgement judgement) => results.Count(result => result.Judgement == judgement);
        var known = results.Count(result => result is { KnownLimit: not null, Judgement: not (Judgement.Right or Judgement.NotAsked) });
        (int Count, string One, string Many)[] wrong =
        [
            (Count(Judgement.MissedFault), "missed fault", "missed faults"),
            (Count(Judgement.FalseAlarm), "false alarm", "false alarms"),
            (Count(Judgement.WrongCause), "wrong cause", "wrong causes"),
            (Count(Judgement.NoVerdict), "without a verdict", "without a verdict"),
            (Count(Judgement.NotAsked), "that could not start", "that could not start"),
            (known, "known limit", "known limits"),
        ];
        return new RegressionSummary
        {
            Worlds = results.Count,
            Right = Count(Judgement.Right),
            MissedFaults = Count(Judgement.MissedFault),
            FalseAlarms = Count(Judgement.FalseAlarm),
            WrongCauses = Count(Judgement.WrongCause),
            NoVerdicts = Count(Judgement.NoVerdict),
            NotAsked = Count(Judgement.NotAsked),
            KnownLimits = known,
            OvercomeLimits =
            [
                .. results.Where(result => result.KnownLimit is not null).GroupBy(result => result.World.Name, StringComparer.Ordinal)
                    .Where(group => group.All(result => result.Judgement == Judgement.Right))
                    .Select(group => group.Key),
            ],
            Line = $"{plan.Adapter.Name}: {Count(Judgement.Right)} of {results.Count} worlds judged correctly"
                + string.Concat(wrong.Where(entry => entry.Count > 0).Select(entry => $", {entry.Count} {(entry.Count == 1 ? entry.One : entry.Many)}")),
        };
    }

    private static WorldDocument World(TrialResult result) => new()
    {
        Scenario = result.World.Name,
        Title = result.World.Scenario.Title,
        World = result.World.IsRepaired ? "withoutFault" : "asWritten",
        Expected = new ExpectedDocument(Name(result.World.Truth.State), result.World.Truth.Layer, result.World.Truth.Kind),
        Said = result.Said is { } said ? new SaidDocument(Name(said.State), said.Causes) : null,
        Judgement = CamelCase<Judgement>.Of(result.Judgement),
        KnownLimit = result.KnownLimit,
        Parts = [.. result.Parts.Select(Part)],
        Connections = result.Connections,
        NeverConnected = result.Traffic is { IsNone: true },
        Nodes = Misjudged(result)?.Nodes,
        Unmet = Misjudged(result)?.Unmet,
        Timeline = Misjudged(result)?.Timeline,
        Sample = result is { Judgement: not Judgement.Right, Sample: { } sample } ? new SampleDocument(sample.Command, sample.ExitCode, Begin(sample.Output), Begin(sample.Error), sample.Report is null ? null : Begin(sample.Report)) : null,
        Problem = result.Problem,
        ElapsedMs = Math.Round(result.Elapsed.TotalMilliseconds, 1),
    };

    private static WorldTraffic? Misjudged(TrialResult result) => result.Judgement == Judgement.Right ? null : result.Traffic;

    private static PartDocument Part(PartResult part) => new(
        CamelCase<AskedPart>.Of(part.Part),
        part.Host,
        part.Runs.CountBy(run => Name(run.State), StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal),
        [.. part.Runs.Select(run => run.Reason).Distinct(StringComparer.Ordinal)]);

    private static string Name(VerdictState state) => CamelCase<VerdictState>.Of(state);

    private static string Begin(string text) => text.Length <= MostShown ? text : text[..MostShown] + "...";
}
