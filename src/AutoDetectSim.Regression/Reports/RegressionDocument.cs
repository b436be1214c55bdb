using System.Text.Json.Serialization;
using AutoDetectSim.Regression.Worlds;

namespace AutoDetectSim.Regression.Reports;

/// <summary>What <c>regress --json</c> prints. Members are added, never renamed.</summary>
internal sealed record RegressionDocument
{
    /// <summary>The adapter's name.</summary>
    public required string Adapter { get; init; }

    /// <summary>The program and its arguments, with placeholders.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The counts.</summary>
    public required RegressionSummary Summary { get; init; }

    /// <summary>Every world, in the order of the packs.</summary>
    public required IReadOnlyList<WorldDocument> Worlds { get; init; }

    /// <summary>How long this process was stalled meanwhile, in milliseconds; the worlds concerned were tried again. Null if it was not.</summary>
    public double? StalledMs { get; init; }
}

/// <summary>The counts of a regression run.</summary>
internal sealed record RegressionSummary
{
    /// <summary>Worlds that were tried.</summary>
    public required int Worlds { get; init; }

    /// <summary>Worlds that were judged right.</summary>
    public required int Right { get; init; }

    /// <summary>Faulty worlds that the tool called healthy.</summary>
    public required int MissedFaults { get; init; }

    /// <summary>Healthy worlds that the tool called broken or intermittent.</summary>
    public required int FalseAlarms { get; init; }

    /// <summary>Faulty worlds that the tool called faulty for a wrong reason.</summary>
    public required int WrongCauses { get; init; }

    /// <summary>Worlds on which the tool gave no readable verdict.</summary>
    public required int NoVerdicts { get; init; }

    /// <summary>Worlds whose lab could not start.</summary>
    public required int NotAsked { get; init; }

    /// <summary>How many of those that were not judged right are known limits of the tool.</summary>
    public required int KnownLimits { get; init; }

    /// <summary>Scenarios that the adapter calls known limits, and whose worlds were all judged right.</summary>
    public required IReadOnlyList<string> OvercomeLimits { get; init; }

    /// <summary>All of it in one line.</summary>
    public required string Line { get; init; }
}

/// <summary>One world.</summary>
internal sealed record WorldDocument
{
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
internal sealed record PartDocument(string Part, string Host, IReadOnlyDictionary<string, int> Runs, IReadOnlyList<string> Reasons);

/// <summary>One run.</summary>
/// <param name="Command">The program and its arguments.</param>
/// <param name="ExitCode">The exit code; null where it was killed.</param>
/// <param name="Output">The begin of standard output.</param>
/// <param name="Error">The begin of standard error.</param>
/// <param name="Report">The beginning of the file for <c>{report}</c>; null without one.</param>
internal sealed record SampleDocument(IReadOnlyList<string> Command, int? ExitCode, string Output, string Error, string? Report);

/// <summary>Source-generated JSON of the document.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RegressionDocument))]
internal sealed partial class RegressionJson : JsonSerializerContext;
