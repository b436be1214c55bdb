using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios.Library;
using AutoDetectSim.Training.Observing;

namespace AutoDetectSim.Training.Tests;

/// <summary>What decides whether a repair is complete.</summary>
public sealed class CaseObserverTests
{
    [Fact]
    public async Task A_missing_record_is_repaired_by_the_record_as_well_as_by_the_load_balancer()
    {
        var token = TestContext.Current.CancellationToken;
        var broken = Assert.Single(ScenarioLibrary.Find("network/outlook-climbs-above-domain")).Scenario;
        Assert.True(EmailAddress.TryParse("your@contoso.com", out var address));
        await using var healthy = await Lab.StartAsync(broken.WithoutFault(), cancellationToken: token);
        await using var repaired = await Lab.StartAsync(broken, cancellationToken: token);
        var baseline = new HealthyBaseline(await new CaseObserver(healthy, [address]).ObserveAsync(thorough: true, token));
        var observer = new CaseObserver(repaired, [address]);
        Assert.NotEmpty(baseline.Missing(await observer.ObserveAsync(thorough: true, token)));

        var perimeter = repaired.Network.CustomerVirtualIps.First(virtualIp => virtualIp.Hosts.Contains("mail.contoso.com"));
        await repaired.ChangeAsync($"dns/autodiscover.contoso.com: A {perimeter.Address}", token);

        var seen = await observer.ObserveAsync(thorough: true, token);
        Assert.Equal(NodeErrors.Ok, seen.Chains["ex01 autodiscover.contoso.com"]);
        Assert.Empty(baseline.Missing(seen));
    }
}
