using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.WhatIf;

/// <summary>The search for the fewest changes where a load balancer has many nodes.</summary>
public sealed class ManyNodesTests
{
    [Fact]
    [Trait("Needs", "time")]
    public async Task The_fewest_changes_cover_every_one_of_a_hundred_nodes()
    {
        using var directory = new TemporaryFolder();
        var scenario = directory.Write("many.yaml", """
            loadBalancers:
              perimeter:
                algorithm: random
                nodes:
                  - { name: "ex{001..060}" }
                  - { name: "ex{061..080}", present: missingIntermediate }
                  - { name: "ex{081..099}", present: missingIntermediate, latency: 1ms }
                  - { name: ex100, fault: reset }
            expect: { detect: your@contoso.com, attempts: 4 }
            """);
        var result = await InProcessCommand.RunAsync("detect", "your@contoso.com", "--scenario", scenario, "--attempts", "100", "--fix", "all", "--json");
        using var document = JsonDocument.Parse(result.Output);
        var whatIf = document.RootElement.GetProperty("whatIf");
        Assert.Equal(["perimeter/ex100: fault none", "perimeter/ex{061..099}: present complete"], whatIf.GetProperty("changes").EnumerateArray().Select(change => change.GetString()!).Order(StringComparer.Ordinal));
        Assert.True(whatIf.GetProperty("isComplete").GetBoolean());
        Assert.Equal(1, whatIf.GetProperty("after").GetProperty("successRate").GetDouble());
    }
}
