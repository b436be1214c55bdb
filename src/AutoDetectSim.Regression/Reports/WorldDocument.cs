using AutoDetectSim.Documents;
using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Judging;
using AutoDetectSim.Regression.Worlds;

namespace AutoDetectSim.Regression.Reports;

/// <summary>One world.</summary>
internal sealed record WorldDocument
{
    /// <summary>Characters of an output that are shown.</summary>
    private const int MostShown = 2000;

    /// <summary>The scenario: its id in the library, or its name.</summary>
    public required string Scenario { get; init; }

    /// <summary>What the scenario is like, in one line.</summary>
    public string? Title { get; init; }

    /// <summary><c>asWritten</c> or <c>withoutFault</c>.</summary>
    public required string World { get; init; }

    /// <summary>How the world really is.</summary>
    public required ExpectedDocument Expected { get; init; }

    /// <summary>The tool's verdict; null if it did not run.</summary>
    public SaidDocument? Said { get; init; }

    /// <summary><c>right</c>, <c>missedFault</c>, <c>falseAlarm</c>, <c>wrongCause</c>, <c>noVerdict</c> or <c>notAsked</c>.</summary>
    public required string Judgement { get; init; }

    /// <summary>Why the tool is known to judge this scenario wrong, or null.</summary>
    public string? KnownLimit { get; init; }

    /// <summary>What was asked for, and how the runs went.</summary>
    public required IReadOnlyList<PartDocument> Parts { get; init; }

    /// <summary>How many connections the lab served.</summary>
    public required long Connections { get; init; }

    /// <summary>Whether the tool did not try to connect to the lab: it then has no verdict, whatever it reported.</summary>
    public bool NeverConnected { get; init; }

    /// <summary>The customer's nodes that the tool met; only where the world was not judged right.</summary>
    public IReadOnlyList<MetNode>? Nodes { get; init; }

    /// <summary>The customer's nodes that it did not meet; only where the world was not judged right.</summary>
    public IReadOnlyList<string>? Unmet { get; init; }

    /// <summary>The first connections, a line each; only where the world was not judged right.</summary>
    public IReadOnlyList<string>? Timeline { get; init; }

    /// <summary>One run in full; only where the world was not judged right.</summary>
    public SampleDocument? Sample { get; init; }

    /// <summary>Why the tool was not asked, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>How long the world took, in milliseconds.</summary>
    public required double ElapsedMs { get; init; }

    /// <summary>The document of one world.</summary>
    public static WorldDocument From(TrialResult result) => new()
    {
        Scenario = result.World.Name,
        Title = result.World.Scenario.Title,
        World = result.World.IsRepaired ? "withoutFault" : "asWritten",
        Expected = new ExpectedDocument(Name(result.World.Truth.State), result.World.Truth.Layer, result.World.Truth.Kind),
        Said = result.Said is { } said ? new SaidDocument(Name(said.State), said.Causes) : null,
        Judgement = CamelCase<Judgement>.Of(result.Judgement),
        KnownLimit = result.KnownLimit,
        Parts = [.. result.Parts.Select(PartDocument.From)],
        Connections = result.Connections,
        NeverConnected = result.Traffic is { IsNone: true },
        Nodes = Misjudged(result)?.Nodes,
        Unmet = Misjudged(result)?.Unmet,
        Timeline = Misjudged(result)?.Timeline,
        Sample = result is { Judgement: not Judging.Judgement.Right, Sample: { } sample } ? new SampleDocument(sample.Command, sample.ExitCode, Beginning(sample.Output), Beginning(sample.Error), sample.Report is null ? null : Beginning(sample.Report)) : null,
        Problem = result.Problem,
        ElapsedMs = Math.Round(result.Elapsed.TotalMilliseconds, 1),
    };

    private static WorldTraffic? Misjudged(TrialResult result) => result.Judgement == Judging.Judgement.Right ? null : result.Traffic;

    private static string Name(VerdictState state) => CamelCase<VerdictState>.Of(state);

    private static string Beginning(string text) => text.Length <= MostShown ? text : text[..MostShown] + "...";
}

/// <summary>How a world really is.</summary>
/// <param name="State"><c>healthy</c>, <c>broken</c> or <c>intermittent</c>.</param>
/// <param name="Layer">The layer of the fault, or null.</param>
/// <param name="Kind">The fault's word, or null.</param>
internal sealed record ExpectedDocument(string State, string? Layer, string? Kind);

/// <summary>A tool's verdict on a world.</summary>
/// <param name="State"><c>healthy</c>, <c>broken</c>, <c>intermittent</c> or <c>unknown</c>.</param>
/// <param name="Causes">The faults that it named.</param>
internal sealed record SaidDocument(string State, IReadOnlyList<string> Causes);

/// <summary>The runs for one part of a world.</summary>
/// <param name="Part"><c>autodiscover</c>, <c>activeSync</c> or <c>detect</c>.</param>
/// <param name="Host">The host.</param>
/// <param name="Runs">Number of runs by verdict.</param>
/// <param name="Reasons">How that was read, with the text of the rule: each reason once.</param>
internal sealed record PartDocument(string Part, string Host, IReadOnlyDictionary<string, int> Runs, IReadOnlyList<string> Reasons)
{
    /// <summary>The document of one part.</summary>
    public static PartDocument From(PartResult part) => new(
        CamelCase<AskedPart>.Of(part.Part),
        part.Host,
        part.Runs.CountBy(run => CamelCase<VerdictState>.Of(run.State), StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal),
        [.. part.Runs.Select(run => run.Reason).Distinct(StringComparer.Ordinal)]);
}

/// <summary>One run.</summary>
/// <param name="Command">The program and its arguments.</param>
/// <param name="ExitCode">The exit code; null where it was killed.</param>
/// <param name="Output">The beginning of standard output.</param>
/// <param name="Error">The beginning of standard error.</param>
/// <param name="Report">The beginning of the file for <c>{report}</c>; null without one.</param>
internal sealed record SampleDocument(IReadOnlyList<string> Command, int? ExitCode, string Output, string Error, string? Report);
