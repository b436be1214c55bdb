namespace AutoDetectSim.Scenarios.Tests;

public sealed class WrittenNameTests
{
    [Fact]
    public void Ten_thousand_nodes_are_as_many_as_the_messages_allow()
    {
        var loaded = ScenarioLoader.Parse("loadBalancers: { perimeter: { nodes: 10000 } }\nexpect: { detect: your@contoso.com }\n", "s.yaml", null);

        Assert.Empty(loaded.Problems);
        Assert.Equal(10_000, loaded.Scenario!.LoadBalancers[0].Nodes.Count);
    }

    [Fact]
    public void An_internationalized_domain_is_kept_in_its_ascii_form()
    {
        var loaded = ScenarioLoader.Parse("organizations: { m: { domains: [müller.de] } }\nexpect: { detect: your@Müller.de }\n", "s.yaml", null);

        Assert.Empty(loaded.Problems);
        Assert.Equal(["xn--mller-kva.de"], loaded.Scenario!.Organizations[0].Domains);
        Assert.Equal("your@xn--mller-kva.de", loaded.Scenario.Expect[0].Detect);
    }
}
