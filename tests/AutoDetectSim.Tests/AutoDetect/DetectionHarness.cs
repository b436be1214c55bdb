using System.Text;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.Clients;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AutoDetectSim.Tests.AutoDetect;

/// <summary>An AutoDetect service on a fake network.</summary>
internal sealed class DetectionHarness : IDisposable
{
    public DetectionHarness(FakeNetwork network, AutoDetectDefinition? definition = null, Edition edition = Edition.Node2021, int seed = 20210515)
    {
        Network = network;
        Scenario = new Scenario { Name = "test", Seed = seed, Edition = edition, AutoDetect = definition ?? new AutoDetectDefinition() };
        Service = new AutoDetectService(Scenario, network, network, Time, NullLoggerFactory.Instance);
    }

    public FakeNetwork Network { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2021, 5, 15, 16, 46, 20, 178, TimeSpan.Zero));

    public Scenario Scenario { get; }

    public AutoDetectService Service { get; }

    public Task<Detection> DetectAsync(string email = "your@contoso.com", string query = "")
    {
        Assert.True(EmailAddress.TryParse(email, out var address));
        return Service.DetectAsync(
            new DetectionRequest { Email = address, Parameters = DetectionParameters.Parse(query) },
            TestContext.Current.CancellationToken);
    }

    public static string Body(Detection detection) => Encoding.UTF8.GetString(AnswerBody.Render(detection));

    public static Outcome Outcome(Detection detection, MailboxHome home = MailboxHome.Unknown) =>
        Phone.OutcomeOf(PhoneAnswer.Parse((int)detection.Status, AnswerBody.Render(detection)), home);

    public void Dispose() => Service.Dispose();
}
