using System.Text.Json.Serialization;

namespace AutoDetectSim.Cli.Test;

/// <summary>The whole test run as JSON.</summary>
internal sealed record TestReport
{
    public TestReport(IReadOnlyList<ScenarioFileResult> scenarios)
    {
        Scenarios = scenarios;
        Passed = scenarios.Count(scenario => scenario.Status == ScenarioTestStatus.Passed);
        Failed = scenarios.Count - Passed;
    }

    public int Passed { get; }

    public int Failed { get; }

    public IReadOnlyList<ScenarioFileResult> Scenarios { get; }

    /// <summary>How long this process was stalled meanwhile, in milliseconds, which no result counts; null if it was not.</summary>
    public double? StalledMs { get; init; }
}

/// <summary>Source-generated JSON of test runs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TestReport))]
internal sealed partial class TestJson : JsonSerializerContext;
