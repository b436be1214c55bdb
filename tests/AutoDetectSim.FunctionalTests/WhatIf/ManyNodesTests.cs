using System.Text.Json;

namespace AutoDetectSim.FunctionalTests.WhatIf;

/// <summary>The search for the fewest changes where a load balancer has many nodes.</summary>
public sealed class ManyNodesTests
{
    [Fact]
    [Trait("Needs", "time")]
    public async Task The_fewest_changes_cover_every_one_of_four_hundred_nodes()
    {
        using var directory = new TemporaryFolder();
        var scenario = directory.Write("many.yaml", """
            loadBalancers:
              perimeter:
                algorithm: random
                nodes:
                  - { name: "ex{001..280}" }
                  - { name: "ex{281..324}", present: missingIntermediate }
                  - { name: "ex{325..399}", present: missingIntermediate, latency: 1ms }
                  - { name: ex400, fault: reset }
            expect: { detect: your@contoso.com, attempts: 4 }
            """);
        var result = await Tool.RunAsync("dotnet", [Tool.CommandAssembly, "detect", "your@contoso.com", "--scenario", scenario, "--attempts", "100", "--fix", "all", "--json"], limit: TimeSpan.FromMinutes(5));
        using var document = JsonDocument.Parse(result.Output);
        var whatIf = document.RootElement.GetProperty("whatIf");
        Assert.Equal(["perimeter/ex400: fault none", "perimeter/ex{281..399}: present complete"], whatIf.GetProperty("changes").EnumerateArray().Select(change => change.GetString()!).Order(StringComparer.Ordinal));
        Assert.True(whatIf.GetProperty("isComplete").GetBoolean());
        Assert.Equal(1, whatIf.GetProperty("after").GetProperty("successRate").GetDouble());
    }
}
