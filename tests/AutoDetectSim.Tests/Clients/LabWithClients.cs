using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Clients;

/// <summary>Starts labs from YAML for tests of the clients in them.</summary>
internal static class LabWithClients
{
    public static async Task<Lab> StartAsync(string yaml)
    {
        var result = ScenarioLoader.Parse(yaml, "test.yaml", baseDirectory: null);
        Assert.True(result.Scenario is not null, string.Join('\n', result.Problems));
        return await Lab.StartAsync(result.Scenario, cancellationToken: TestContext.Current.CancellationToken);
    }

    public static EmailAddress Address(string text)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        return address;
    }
}
