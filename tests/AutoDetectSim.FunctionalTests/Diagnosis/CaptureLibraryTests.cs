using AutoDetectSim.Diagnosis.Capture;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests.Diagnosis;

/// <summary>Scenario to lab, capture, new scenario, lab: every verdict is the same.</summary>
[Trait("Needs", "time")]
public sealed class CaptureLibraryTests
{
    /// <summary>Scenarios in a usual run; AUTODETECTSIM_SAMPLES=1000 takes all of chains and certificates.</summary>
    public static TheoryData<string> Files() => [.. Samples.Of(Labs.ChainScenarios(), 16), "one-in-twenty.yaml", "activesync-host-broken.yaml", "balancer-terminates-without-intermediate.yaml"];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_lab_made_from_a_capture_gives_the_same_verdicts_per_node_and_client(string file)
    {
        var scenario = Labs.Load(file);
        var email = scenario.Expect[^1].Detect;
        var request = new CheckRequest { Host = "autodiscover." + email[(email.IndexOf('@', StringComparison.Ordinal) + 1)..], Email = email };
        await using var lab = await Lab.StartAsync(scenario, cancellationToken: TestContext.Current.CancellationToken);
        var (check, world) = await new CaptureRunner(LabEnvironment.Of(lab)).RunAsync(request, progress: null, TestContext.Current.CancellationToken);

        var written = ScenarioLoader.Parse(ScenarioWriter.Write(new ScenarioReproduction(world).Make().Scenario), "captured.yaml", baseDirectory: null);
        Assert.Empty(written.Problems);
        await using var again = await Lab.StartAsync(written.Scenario!, cancellationToken: TestContext.Current.CancellationToken);
        var checkedAgain = await new CheckRunner(LabEnvironment.Of(again)).RunAsync(request, progress: null, TestContext.Current.CancellationToken);

        Assert.Equal([], CaptureComparison.Compare(check, checkedAgain));
        Assert.Equal(check.Verdict, checkedAgain.Verdict);
        Assert.Equal(check.Warnings.Count(AboutServerName), checkedAgain.Warnings.Count(AboutServerName));
    }

    private static bool AboutServerName(string warning) => warning.Contains("(SNI)", StringComparison.Ordinal);
}
