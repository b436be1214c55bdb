using AutoDetectSim.Scenarios;
using Microsoft.Extensions.Time.Testing;

namespace AutoDetectSim.Tests.Clients;

public sealed class StaleDeviceTests
{
    private const string World = """
        organizations:
          contoso: { domains: [contoso.com], auth: basic, password: secret, lockout: { threshold: 5, duration: 10m }, mailboxSettings: { your@contoso.com: { staleDevices: 1 } } }
        loadBalancers: { perimeter: { nodes: [ex01] } }
        """;

    [Fact]
    public async Task A_stale_device_locks_the_account_and_goes_on_every_minute_until_it_is_gone()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var scenario = ScenarioLoader.Parse(World, "test.yaml", baseDirectory: null).Scenario!;
        await using var lab = await Lab.StartAsync(scenario, new LabOptions { TimeProvider = time }, TestContext.Current.CancellationToken);
        Assert.Equal(ProvisioningOutcome.SignIn, await ProvisionAsync(lab));

        for (var minute = 1; minute <= 3; minute++)
        {
            await AdvanceUntilRequestAsync(lab, time);
        }

        // Any other change leaves the account locked; whoever takes the device away unlocks it.
        await lab.ChangeAsync("perimeter/ex01: latency 1ms", TestContext.Current.CancellationToken);
        Assert.Equal(ProvisioningOutcome.SignIn, await ProvisionAsync(lab));
        await lab.ChangeAsync(scenario with { Organizations = [scenario.Organizations[0] with { MailboxSettings = new Dictionary<string, MailboxSettings>() }] }, TestContext.Current.CancellationToken);
        Assert.Equal(ProvisioningOutcome.Provisioned, await ProvisionAsync(lab));
        await lab.ResetAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ProvisioningOutcome.SignIn, await ProvisionAsync(lab));
    }

    [Fact]
    public async Task A_device_that_a_change_brings_asks_every_minute_from_then_on()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var scenario = ScenarioLoader.Parse(World, "test.yaml", baseDirectory: null).Scenario!;
        var without = scenario with { Organizations = [scenario.Organizations[0] with { MailboxSettings = new Dictionary<string, MailboxSettings>() }] };
        await using var lab = await Lab.StartAsync(without, new LabOptions { TimeProvider = time }, TestContext.Current.CancellationToken);
        await lab.ChangeAsync(scenario, TestContext.Current.CancellationToken);

        for (var minute = 1; minute <= 5; minute++)
        {
            await AdvanceUntilRequestAsync(lab, time);
        }

        Assert.Equal(ProvisioningOutcome.SignIn, await ProvisionAsync(lab));
    }

    private static async Task AdvanceUntilRequestAsync(Lab lab, FakeTimeProvider time)
    {
        var before = Requests(lab);
        time.Advance(TimeSpan.FromMinutes(1));
        while (Requests(lab) == before)
        {
            await Task.Yield();
        }

        // The next minute may end the wait for an answer that is still under way.
        Assert.True(await lab.Network.Journal.WhenIdleAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private static int Requests(Lab lab) => lab.Network.Journal.All().Sum(connection => connection.Requests.Count);

    private static async Task<ProvisioningOutcome> ProvisionAsync(Lab lab) =>
        (await lab.Provisioning.ProvisionAsync(LabWithClients.Address("your@contoso.com"), TestContext.Current.CancellationToken)).Outcome;
}
