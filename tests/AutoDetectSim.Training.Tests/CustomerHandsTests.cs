using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Training.Tests;

public sealed class CustomerHandsTests
{
    private const string World = """
        authorities: { root: { trusted: true }, issuing: { issuer: root } }
        certificates: { mail: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] } }
        loadBalancers: { perimeter: { nodes: [ex01] } }
        """;

    [Theory]
    [InlineData("mail: renew", true)]
    [InlineData("issuing: renew", true)]
    [InlineData("root: renew", false)]
    [InlineData("issuing: trusted true", false)]
    [InlineData("perimeter/ex01: present complete", true)]
    [InlineData("autoDetect/cache: clear", true)]
    [InlineData("autoDetect: replicas 3", false)]
    [InlineData("edition: 2025", false)]
    public void A_repair_is_something_that_somebody_could_do_for_the_customer(string change, bool isAllowed)
    {
        var world = ScenarioLoader.Parse(World, "test.yaml", baseDirectory: null).Scenario;
        Assert.NotNull(world);
        Assert.Equal(isAllowed, AllowedRepairs.Refusal(ScenarioChange.Parse(change), world) is null);
    }
}
