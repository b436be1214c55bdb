using System.Text.Json.Serialization;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Cli.Test;

/// <summary>Tests one scenario file: as it stands, and without its fault.</summary>
internal static class ScenarioFileTest
{
    public static async Task<ScenarioFileResult> RunAsync(string path, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var (status, scenario, worlds, problems) = await TestAsync(path, cancellationToken);
        return new ScenarioFileResult
        {
            File = path,
            Name = scenario?.Name ?? Path.GetFileNameWithoutExtension(path),
            Status = status,
            Problems = problems,
            Worlds = worlds,
            ElapsedMs = Math.Round(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds, 1),
        };
    }

    private static async Task<(ScenarioTestStatus Status, Scenario? Scenario, IReadOnlyList<WorldResult> Worlds, IReadOnlyList<string> Problems)> TestAsync(string path, CancellationToken cancellationToken)
    {
        var loaded = ScenarioLibrary.Load(path);
        if (loaded.Scenario is not { } scenario || loaded.Problems.Count > 0)
        {
            return (ScenarioTestStatus.Invalid, loaded.Scenario, [], [.. loaded.Problems.Select(problem => problem.ToString())]);
        }

        if (scenario.Expect.Count == 0)
        {
            return (ScenarioTestStatus.Failed, scenario, [], ["The scenario has no `expect` block."]);
        }

        try
        {
            var worlds = new List<WorldResult> { await WorldAsync("as written", scenario, cancellationToken) };
            if (scenario.Fault is not null)
            {
                worlds.Add(await WorldAsync("without its fault", scenario.WithoutFault(), cancellationToken));
            }

            return (worlds.All(world => world.IsMet) ? ScenarioTestStatus.Passed : ScenarioTestStatus.Failed, scenario, worlds, []);
        }
        catch (Exception exception) when (exception is LabStartException or HttpRequestException)
        {
            return (ScenarioTestStatus.CouldNotStart, scenario, [], [exception.Message]);
        }
    }

    private static async Task<WorldResult> WorldAsync(string name, Scenario scenario, CancellationToken cancellationToken)
    {
        var results = await ScenarioTest.RunAsync(scenario, new LabOptions(), cancellationToken);
        return new WorldResult
        {
            World = name,
            Expectations = [.. results.Select(result => new ExpectationReport
            {
                Detect = result.Expectation.Detect,
                Differences = result.Differences,
                Result = result.IsMet ? null : result.Result,
                Timeline = result.IsMet ? null : NodeTimeline.Of(result.Attempts, result.Expectation.Attempts),
            })],
        };
    }
}

/// <summary>How the test of one file ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScenarioTestStatus>))]
internal enum ScenarioTestStatus
{
    [JsonStringEnumMemberName("passed")]
    Passed,

    [JsonStringEnumMemberName("failed")]
    Failed,

    [JsonStringEnumMemberName("invalid")]
    Invalid,

    [JsonStringEnumMemberName("couldNotStart")]
    CouldNotStart,
}

/// <summary>One tested file.</summary>
internal sealed record ScenarioFileResult
{
    public required string File { get; init; }

    public required string Name { get; init; }

    public required ScenarioTestStatus Status { get; init; }

    public required IReadOnlyList<string> Problems { get; init; }

    public required IReadOnlyList<WorldResult> Worlds { get; init; }

    public required double ElapsedMs { get; init; }
}

/// <summary>One world of a file: as written, or without its fault.</summary>
internal sealed record WorldResult
{
    public required string World { get; init; }

    public required IReadOnlyList<ExpectationReport> Expectations { get; init; }

    [JsonIgnore]
    public bool IsMet => Expectations.All(expectation => expectation.Differences.Count == 0);
}

/// <summary>One expectation and how the lab differed from it.</summary>
internal sealed record ExpectationReport
{
    public required string Detect { get; init; }

    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>What happened; only where it was not as expected.</summary>
    public DetectionRunResult? Result { get; init; }

    /// <summary>Which node each detection met and its result, a line each; only if it was not as expected.</summary>
    public IReadOnlyList<string>? Timeline { get; init; }
}
