using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Diagnosis;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Diagnosis;

/// <summary>The check sees a lab from outside only; what it says is held against the scenario file here.</summary>
public sealed class ChainLibraryTests
{
    public static TheoryData<string> Files() => [.. Labs.ChainScenarios()];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task On_every_chain_scenario_exactly_the_faulty_nodes_are_named_with_the_right_word(string file)
    {
        var scenario = Labs.Load(file);
        await using var lab = await Lab.StartAsync(scenario, cancellationToken: TestContext.Current.CancellationToken);
        var check = await new CheckRunner(LabEnvironment.Of(lab)).RunAsync(new CheckRequest { Host = "autodiscover.contoso.com" }, progress: null, TestContext.Current.CancellationToken);

        var expected = scenario.LoadBalancers.SelectMany(balancer => balancer.Nodes)
            .Where(node => ChainShapes.ExpectedNodeCode(node.Present!.Shape) != "OK")
            .Select(node => $"{node.Name.ToUpperInvariant()} {ChainShapes.NameOf(node.Present!.Shape)}");
        Assert.Equal(expected, check.Hosts[0].FaultyNodes.Select(node => $"{node.Name} {node.Faults[0]}"));
    }
}
