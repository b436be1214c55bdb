using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Diagnosis.Tests.Observing;

/// <summary>Templates, each as it is and with another domain and number of servers.</summary>
public sealed class TemplateTests
{
    public static TheoryData<string> Names => [.. ScenarioTemplates.All.Select(template => template.Name)];

    [Fact]
    public void There_is_a_template_for_each_common_topology() =>
        Assert.Equal(["balancer", "hybrid", "mail-provider", "one-server", "terminating-device"], ScenarioTemplates.All.Select(template => template.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_template_is_a_healthy_world_whatever_the_domain_and_the_number_of_servers(string name)
    {
        var template = ScenarioTemplates.Find(name)!;
        var text = ScenarioTemplates.Text(template, "Fabrikam.co.uk", template.Nodes is null ? null : 3);
        Assert.DoesNotContain("contoso.com", text, StringComparison.Ordinal);
        Assert.Contains("# ", text, StringComparison.Ordinal);
        var scenario = Load(text);
        Assert.NotEmpty(scenario.Title!);
        Assert.Equal(template.Nodes is null ? 1 : 3, scenario.LoadBalancers.Sum(balancer => balancer.Nodes.Count));
        Assert.NotEmpty(scenario.Expect);
        var results = await ScenarioTest.RunAsync(scenario, new LabOptions(), TestContext.Current.CancellationToken);
        Assert.Empty(results.SelectMany(result => result.Differences));
        Assert.Equal(template.Nodes ?? 1, Load(ScenarioTemplates.Text(template, domain: null, nodes: null)).LoadBalancers.Sum(balancer => balancer.Nodes.Count));
    }

    [Theory]
    [InlineData("balancer", "no domain", null, "'no domain' is not a domain name such as contoso.com.")]
    [InlineData("balancer", "com", null, "'com' is not a domain name such as contoso.com.")]
    [InlineData("balancer", null, 0, "The number of servers must be 1 to 10000, not 0.")]
    [InlineData("one-server", null, 4, "The template one-server has one server; the number of servers cannot be chosen.")]
    public void What_cannot_be_is_refused(string name, string? domain, int? nodes, string problem) =>
        Assert.Equal(problem, Assert.Throws<FormatException>(() => ScenarioTemplates.Text(ScenarioTemplates.Find(name)!, domain, nodes)).Message);

    private static Scenario Load(string text)
    {
        var loaded = ScenarioLoader.Parse(text, "template.yaml", baseDirectory: null);
        Assert.True(loaded.Scenario is not null && loaded.Problems.Count == 0, string.Join('\n', loaded.Problems));
        return loaded.Scenario;
    }
}
