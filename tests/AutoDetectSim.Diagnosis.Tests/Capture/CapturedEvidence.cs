using AutoDetectSim.Diagnosis.Tests.Checking;
using AutoDetectSim.Diagnosis.Capture;
using AutoDetectSim.Evidence;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Diagnosis.Capture.Judging;
using AutoDetectSim.Diagnosis.Capture.Observations;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Tests.Capture;

/// <summary>Evidence as <c>capture --from</c> takes it: read, made into a scenario, run as a lab, and held against itself.</summary>
internal sealed record CapturedEvidence
{
    private const int Attempts = 20;

    public required Scenario Scenario { get; init; }

    public required DetectionRunResult Run { get; init; }

    /// <summary>What the lab says otherwise than the evidence.</summary>
    public required IReadOnlyCollection<string> Differences { get; init; }

    public required EvidenceObservations Observations { get; init; }

    public required IReadOnlyList<string> Guesses { get; init; }

    public IReadOnlyList<NodeDefinition> Nodes => [.. Scenario.LoadBalancers.SelectMany(balancer => balancer.Nodes)];

    public static Task<CapturedEvidence> OfFileAsync(string name, string? host = null, string? email = null) => MakeAsync(EvidenceReader.Load(Fixture(name)).Calls, host, email);

    public static Task<CapturedEvidence> OfTextAsync(string text, string? host = null, string? email = null) => MakeAsync(EvidenceReader.Parse(text, "mail.txt").Calls, host, email);

    public static EvidenceQuestion Question(string? host = null, string? email = null) => new() { Host = host, Email = email, SavedAt = new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero) };

    public static string Fixture(string name)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "AutoDetectSim.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        return Path.Combine(root, "tests", "AutoDetectSim.Diagnosis.Tests", "Capture", "Fixtures", name);
    }

    /// <summary>The message with which evidence is refused.</summary>
    public static string Refuse(string text, string? host = null) =>
        Assert.Throws<EvidenceException>(() => new ScenarioReproduction(EvidenceWorld.Make(EvidenceReader.Parse(text, "mail.txt").Calls, Question(host)).World).Make()).Message;

    public static async Task<CapturedEvidence> MakeAsync(IReadOnlyList<EvidenceCall> calls, string? host = null, string? email = null)
    {
        var observations = EvidenceWorld.Make(calls, Question(host, email));
        var reproduced = new ScenarioReproduction(observations.World).Make();
        var scenario = CheckedLab.Load(ScenarioWriter.Write(reproduced.Scenario));
        await using var lab = await Lab.StartAsync(scenario, cancellationToken: TestContext.Current.CancellationToken);
        var organization = scenario.Organizations[0];
        using var client = LabFrontDoor.CreateClient(lab, concurrency: 1);
        var run = await new ProbeRun(client, lab, TimeProvider.System).RunAsync(
            organization.Mailboxes.Count > 0 ? organization.Mailboxes[0] : "your@" + organization.Domains[0], Attempts, concurrency: 1, progress: null, TestContext.Current.CancellationToken);
        return new CapturedEvidence
        {
            Scenario = scenario,
            Run = run,
            Differences = new EvidenceJudge(lab, observations.World, reproduced, anonymizer: null).Judge(run),
            Observations = observations,
            Guesses = [.. observations.Guesses, .. reproduced.Guesses],
        };
    }

    /// <summary>Asserts that every detection ends alike, and that the lab agrees with the evidence.</summary>
    public CapturedEvidence AssertAll(string? error)
    {
        Assert.Equal(error is null ? 1 : 0, Run.SuccessRate);
        if (error is not null)
        {
            Assert.Equal(error, Assert.Single(Run.Errors).Key);
        }

        Assert.Empty(Differences);
        return this;
    }
}
