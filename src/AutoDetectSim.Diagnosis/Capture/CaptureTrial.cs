using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Protocols.Timing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>A lab with a scenario that a capture has made, and what detections come to in it.</summary>
internal sealed class CaptureTrial : IAsyncDisposable
{
    private const int FewestDetections = 20;

    private CaptureTrial(Lab lab, Scenario scenario, IReadOnlyList<string> deviations, Anonymizer? anonymizer, DetectionRunResult run) =>
        (Lab, Scenario, Deviations, Anonymizer, Run) = (lab, scenario, deviations, anonymizer, run);

    /// <summary>The lab.</summary>
    public Lab Lab { get; }

    /// <summary>The scenario, which expects what detections came to.</summary>
    public Scenario Scenario { get; }

    /// <summary>What it does not have in common with the original, in sentences without a full stop.</summary>
    public IReadOnlyList<string> Deviations { get; }

    /// <summary>What replaced the names; null where they are the original's.</summary>
    public Anonymizer? Anonymizer { get; }

    /// <summary>The detections.</summary>
    public DetectionRunResult Run { get; }

    /// <summary>Starts the lab, and makes detections until every node can have been met.</summary>
    /// <param name="reproduced">What the capture has made.</param>
    /// <param name="anonymize">Whether names of customers, people, servers and authorities are replaced.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LabStartException">The lab cannot start.</exception>
    public static async Task<CaptureTrial> StartAsync(ReproducedScenario reproduced, bool anonymize, CancellationToken cancellationToken)
    {
        var anonymizer = anonymize ? new Anonymizer() : null;
        var scenario = anonymizer?.Apply(reproduced.Scenario) ?? reproduced.Scenario;
        var lab = await Lab.StartAsync(scenario, new LabOptions(), cancellationToken);
        try
        {
            var organization = scenario.Organizations[0];
            var email = organization.Mailboxes.Count > 0 ? organization.Mailboxes[0] : "your@" + organization.Domains[0];
            var attempts = Math.Max(FewestDetections, scenario.LoadBalancers.Sum(balancer => balancer.Nodes.Count));
            using var client = LabFrontDoor.CreateClient(lab, concurrency: 1);
            var run = await new ProbeRun(client, lab, RunningTime.Shared).RunAsync(email, attempts, concurrency: 1, progress: null, cancellationToken);
            var expectation = new Expectation { Detect = email, Attempts = attempts, SuccessRate = run.SuccessRate, Errors = run.Errors, Outcome = run.Outcomes };
            return new CaptureTrial(lab, scenario with { Expect = [expectation] }, anonymizer is null ? reproduced.Deviations : [.. anonymizer.Deviations], anonymizer, run);
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Lab.DisposeAsync();
}
