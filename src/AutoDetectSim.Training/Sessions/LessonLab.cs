using AutoDetectSim.Documents;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Observing;

namespace AutoDetectSim.Training.Sessions;

/// <summary>The lab of a case, and what its healthy world was seen to do.</summary>
internal sealed class LessonLab : IAsyncDisposable
{
    private readonly string _name;

    private LessonLab(string name, Lab lab, EmailAddress address, CaseObserver observer, LabObservation healthy)
    {
        _name = name;
        Lab = lab;
        Address = address;
        Observer = observer;
        Goal = new HealthyBaseline(healthy);
    }

    public Lab Lab { get; }

    /// <summary>The address that the customer speaks of.</summary>
    public EmailAddress Address { get; }

    public CaseObserver Observer { get; }

    /// <summary>What the lab should do.</summary>
    public HealthyBaseline Goal { get; }

    /// <summary>Starts the lab in its healthy world, and observes it.</summary>
    /// <param name="trainingCase">The case.</param>
    /// <param name="options">How the lab is run; it always has a DNS server.</param>
    /// <param name="announce">Called before detections that are not the trainee's; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LabStartException">The lab could not start, or the healthy world is not healthy.</exception>
    public static async Task<LessonLab> StartAsync(TrainingCase trainingCase, LabOptions options, Action<int>? announce, CancellationToken cancellationToken)
    {
        var address = EmailAddress.TryParse(trainingCase.Address, out var parsed) ? parsed : throw new LabStartException($"'{trainingCase.Address}' is not an e-mail address.");
        var lab = await Lab.StartAsync(trainingCase.Healthy, options with { DnsPort = options.DnsPort ?? 0, Tools = trainingCase.Tools.Count == 0 ? null : string.Join(", ", trainingCase.Tools.Select(CamelCase<LessonTool>.Of)) }, cancellationToken);
        try
        {
            var observer = new CaseObserver(lab, [address]) { Announce = announce };
            var healthy = await observer.ObserveAsync(thorough: false, cancellationToken);
            return healthy.Addresses[0].Outcomes.Count == 1
                ? new LessonLab(trainingCase.Name, lab, address, observer, healthy)
                : throw new LabStartException($"The healthy world of {trainingCase.Name} is faulty: detections of {address.Text} end with {string.Join(" and ", healthy.Addresses[0].Outcomes.Keys)}.");
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Goes on with another world, as if the lab had been started with it.</summary>
    /// <exception cref="LabStartException">The lab cannot become it.</exception>
    public async Task BecomeAsync(Scenario world, CancellationToken cancellationToken)
    {
        try
        {
            await Lab.Control.RestartAsync(world, "The case begins.", cancellationToken);
        }
        catch (ScenarioChangeException exception)
        {
            throw new LabStartException($"The case {_name} cannot be set up: {exception.Message}", exception);
        }
    }

    public ValueTask DisposeAsync() => Lab.DisposeAsync();
}
