using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.Scenarios.Tests;

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

    [Fact]
    public void A_name_that_does_not_exist_is_one_word()
    {
        var scenario = Loaded("dns: { autodiscover.contoso.com: nxdomain, contoso.com: SERVFAIL }");

        Assert.Empty(scenario.Dns["autodiscover.contoso.com"]["NXDOMAIN"]);
        Assert.Empty(scenario.Dns["contoso.com"]["SERVFAIL"]);
    }

    [Fact]
    public void A_remedy_changes_parts_by_name_range_and_pattern_and_null_brings_the_default_back()
    {
        var scenario = Loaded(
            """
            loadBalancers:
              perimeter:
                port: 8443
                allowFrom: [10.0.0.0/8]
                nodes:
                  - { name: "ex{01..05}", build: 15.0.1320.4, tlsVersions: "1.0" }
                  - { name: web01, up: false }
            organizations: { contoso: { domains: contoso.com, activeSyncUrl: "https://mail.contoso.com:8443/" } }
            fault:
              layer: network
              kind: several
              remedy:
                loadBalancers:
                  perimeter:
                    allowFrom: null
                    nodes:
                      "ex*": { tlsVersions: null }
                      "ex{02..03}": { build: 15.0.1497.2 }
                      ex05: null
                      web01: { up: true }
                      ex06: { weight: 1 }
            """);

        var perimeter = scenario.WithoutFault().LoadBalancers[0];

        Assert.Equal(["ex01", "ex02", "ex03", "ex04", "web01", "ex06"], perimeter.Nodes.Select(node => node.Name));
        Assert.Equal(["15.0.1320.4", "15.0.1497.2", "15.0.1497.2", "15.0.1320.4", null, null], perimeter.Nodes.Select(node => node.Build));
        Assert.All(perimeter.Nodes, node => Assert.Equal(["1.2", "1.3"], node.TlsVersions));
        Assert.True(perimeter.Nodes[4].Up);
        Assert.Empty(perimeter.AllowFrom);
        Assert.Equal(8443, perimeter.Port);
        Assert.Equal(["10.0.0.0/8"], scenario.LoadBalancers[0].AllowFrom);
    }

    [Fact]
    public void Anchors_aliases_and_merge_keys_work_as_in_YAML()
    {
        var scenario = Loaded(
            """
            loadBalancers:
              perimeter:
                nodes:
                  - &old { name: ex01, build: 15.0.1320.4, tlsVersions: ["1.2"] }
                  - { <<: *old, name: ex02 }
                  - { <<: *old, name: ex03, build: 15.0.1497.2 }
            """);

        Assert.Equal(["15.0.1320.4", "15.0.1320.4", "15.0.1497.2"], scenario.LoadBalancers[0].Nodes.Select(node => node.Build));
        Assert.All(scenario.LoadBalancers[0].Nodes, node => Assert.Equal(["1.2"], node.TlsVersions));
    }

    private static Scenario Loaded(string yaml)
    {
        var result = ScenarioLoader.Parse(yaml, "scenario.yaml", baseDirectory: null);
        Assert.Equal([], result.Problems.Select(problem => problem.ToString()));
        return result.Scenario!;
    }
}
