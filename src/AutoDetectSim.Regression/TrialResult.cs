using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Judging;
using AutoDetectSim.Regression.Worlds;

namespace AutoDetectSim.Regression;

/// <summary>The result of testing a tool on one world.</summary>
internal sealed record TrialResult
{
    /// <summary>The world.</summary>
    public required RegressionScenario World { get; init; }

    /// <summary>The tool's verdict; null if the lab could not start.</summary>
    public ReportedVerdict? Said { get; init; }

    /// <summary>Whether that is right.</summary>
    public required Judgement Judgement { get; init; }

    /// <summary>Why the tool is known to judge this scenario wrong; null where it is not.</summary>
    public string? KnownLimit { get; init; }

    /// <summary>The runs, by the part that was asked for.</summary>
    public IReadOnlyList<PartResult> Parts { get; init; } = [];

    /// <summary>A run that supports the verdict, as evidence; null without runs.</summary>
    public ToolSample? Sample { get; init; }

    /// <summary>How many connections the lab served; a tool that made none judged something else.</summary>
    public long Connections { get; init; }

    /// <summary>What the tool did in the lab; null if it could not start.</summary>
    public WorldTraffic? Traffic { get; init; }

    /// <summary>Why the tool was not asked, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>How long the world took.</summary>
    public TimeSpan Elapsed { get; init; }
}

/// <summary>The runs for one part of a world.</summary>
internal sealed record PartResult(AskedPart Part, string Host, IReadOnlyList<RunVerdict> Runs);

/// <summary>One run in full.</summary>
internal sealed record ToolSample(IReadOnlyList<string> Command, int? ExitCode, string Output, string Error, string? Report);
