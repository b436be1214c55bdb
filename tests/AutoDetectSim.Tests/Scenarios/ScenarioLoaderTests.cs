using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Scenarios;

public sealed class ScenarioLoaderTests
{
    [Fact]
    public void The_sample_of_the_design_loads_as_written()
    {
        var scenario = Loaded(File.ReadAllText(Path.Combine(ScenarioFiles.Folder, "one-in-twenty.yaml")));

        Assert.Equal("one-in-twenty", scenario.Name);
        Assert.Equal(20210515, scenario.Seed);
        Assert.Equal(Edition.Node2021, scenario.Edition);
        Assert.Equal(["root", "issuing"], scenario.Authorities.Select(authority => authority.Name));
        Assert.True(scenario.Authorities[0].Trusted);
        Assert.True(scenario.Authorities[1].Aia);
        var mail = Assert.Single(scenario.Certificates);
        Assert.Equal("issuing", mail.Issuer);
        Assert.Equal(["autodiscover.contoso.com", "mail.contoso.com"], mail.Hosts);
        var organization = Assert.Single(scenario.Organizations);
        Assert.Equal(["your@contoso.com"], organization.Mailboxes);
        var perimeter = Assert.Single(scenario.LoadBalancers);
        Assert.Equal(BalancingAlgorithm.RoundRobin, perimeter.Algorithm);
        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"ex{number:D2}"), perimeter.Nodes.Select(node => node.Name));
        Assert.Equal(["mail", "issuing"], perimeter.Nodes[0].Present!.Names!);
        Assert.All(perimeter.Nodes.Skip(1), node => Assert.Equal(["mail"], node.Present!.Names!));
        Assert.All(perimeter.Nodes, node => Assert.Equal("mail", node.Present!.Certificate));
        Assert.Equal(["10 mail.contoso.com"], scenario.Dns["CONTOSO.com"]["mx"]);
        var expectation = Assert.Single(scenario.Expect);
        Assert.Equal((200, 0.05), (expectation.Attempts, expectation.SuccessRate));
        Assert.Equal(190, expectation.Errors!["UNABLE_TO_VERIFY_LEAF_SIGNATURE"]);
        Assert.Equal(10, expectation.Outcome!["modernAuthSignIn"]);
    }

    [Fact]
    public void With_its_fault_put_right_every_node_presents_the_intermediate_and_everything_is_expected_to_work()
    {
        var scenario = Loaded(File.ReadAllText(Path.Combine(ScenarioFiles.Folder, "one-in-twenty.yaml")));

        var repaired = scenario.WithoutFault();

        Assert.Null(repaired.Fault);
        Assert.Equal(scenario.LoadBalancers[0].Nodes.Select(node => node.Name), repaired.LoadBalancers[0].Nodes.Select(node => node.Name));
        Assert.All(repaired.LoadBalancers[0].Nodes, node => Assert.Equal(["mail", "issuing"], node.Present!.Names!));
        var expectation = Assert.Single(repaired.Expect);
        Assert.Equal(("your@contoso.com", 200, 1.0), (expectation.Detect, expectation.Attempts, expectation.SuccessRate));
        Assert.Equal(FaultLayer.Certificate, scenario.Fault!.Layer);
    }

    [Fact]
    public void A_useful_scenario_fits_in_ten_lines()
    {
        var scenario = Loaded(
            """
            loadBalancers:
              perimeter:
                nodes:
                  - { name: ex01 }
                  - { name: "ex{02..20}", present: missingIntermediate }
            expect: { detect: your@contoso.com, attempts: 200, successRate: 0.05 }
            """);

        Assert.Equal("scenario", scenario.Name);
        Assert.Equal(["root", "issuing"], scenario.Authorities.Select(authority => authority.Name));
        Assert.Equal(["contoso.com"], Assert.Single(scenario.Organizations).Domains);
        var perimeter = Assert.Single(scenario.LoadBalancers);
        Assert.Equal(["autodiscover.contoso.com", "mail.contoso.com"], perimeter.Hosts);
        Assert.Equal(20, perimeter.Nodes.Count);
        Assert.Equal(ChainShape.Complete, perimeter.Nodes[0].Present!.Shape);
        Assert.All(perimeter.Nodes.Skip(1), node => Assert.Equal(ChainShape.MissingIntermediate, node.Present!.Shape));
        var certificate = Assert.Single(scenario.Certificates);
        Assert.Equal(perimeter.Hosts, certificate.Hosts);
        Assert.All(perimeter.Nodes, node => Assert.Equal(certificate.Name, node.Present!.Certificate));
    }

    private static Scenario Loaded(string yaml)
    {
        var result = ScenarioLoader.Parse(yaml, "scenario.yaml", baseDirectory: null);
        Assert.Equal([], result.Problems.Select(problem => problem.ToString()));
        return result.Scenario!;
    }
}
