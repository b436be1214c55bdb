using AutoDetectSim.Diagnosis.Tests.Checking;
using AutoDetectSim.Diagnosis.Capture;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Tests.Capture;

public sealed class RoundTripTests
{
    private static readonly CheckRequest Request = new() { Host = CheckedLab.Host, Email = "your@contoso.com" };

    public static TheoryData<string> Shapes() =>
    [
        "complete", "missingIntermediate", "wrongOrder", "containsAnchor", "extraCertificates", "duplicates", "wrongIntermediate", "unrelatedIntermediate",
        "expiredIntermediate", "expiredLeaf", "notYetValidLeaf", "nameMismatch", "selfSigned", "untrustedRoot", "untrustedRootIncluded", "clientAuthOnly",
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_lab_made_from_a_capture_gives_the_same_verdicts_per_node_and_client(string shape) =>
        await AssertSameAsync($"loadBalancers: {{ perimeter: {{ nodes: [{{ name: ex01 }}, {{ name: ex02, present: {shape} }}] }} }}");

    [Theory]
    [InlineData("algorithm: random")]
    [InlineData("algorithm: sourceHash")]
    [InlineData("algorithm: sequence, sequence: [ex01, ex02, ex02, ex01, ex02]")]
    public async Task Whatever_the_balancer_does_the_nodes_come_out_the_same(string balancer) =>
        await AssertSameAsync($"loadBalancers: {{ perimeter: {{ {balancer}, nodes: [{{ name: ex01 }}, {{ name: ex02, present: missingIntermediate }}] }} }}");

    [Theory]
    [InlineData("rsa2048", "p384")]
    [InlineData("p384", "rsa2048")]
    public async Task Keys_of_any_kind_come_out_the_same(string authorityKey, string leafKey) =>
        await AssertSameAsync($$"""
            authorities:
              root: { subject: "CN=Root, O=Fabrikam", trusted: true, key: {{authorityKey}} }
              policy: { subject: "CN=Policy, O=Fabrikam", issuer: root, key: {{authorityKey}}, pathLength: 1 }
              issuing: { subject: "CN=Issuing, O=Fabrikam", issuer: policy, key: {{authorityKey}}, aia: true, crlUrl: http://crl.fabrikam.example/1.crl }
            certificates:
              mail: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com], key: {{leafKey}}, subject: "CN=mail.contoso.com, O=Contoso, C=DE" }
            loadBalancers: { perimeter: { nodes: [{ name: ex01, present: [mail, issuing, policy] }, { name: ex02, present: [mail, policy, issuing] }, { name: ex03, present: [mail, issuing] }, { name: ex04, present: [mail] }] } }
            """);

    [Fact]
    public async Task Two_hosts_with_different_nodes_stay_two_balancers() =>
        await AssertSameAsync("""
            certificates:
              mail: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] }
            organizations: { contoso: { domains: [contoso.com] } }
            loadBalancers:
              discover: { hosts: [autodiscover.contoso.com], nodes: [{ name: ex01, certificate: mail }] }
              sync: { hosts: [mail.contoso.com], nodes: [{ name: ex11, certificate: mail, auth: basic }, { name: ex12, certificate: mail, present: missingIntermediate }] }
            """);

    [Fact]
    public async Task Old_tls_versions_and_resets_come_out_the_same()
    {
        var scenario = await AssertSameAsync("loadBalancers: { perimeter: { nodes: [{ name: ex01 }, { name: ex02, tlsVersions: [\"1.0\"] }, { name: ex03, tlsVersions: [\"1.2\"] }, { name: ex04, fault: reset }] } }");
        Assert.Equal(["1.0"], scenario.LoadBalancers[0].Nodes.Single(node => node.Name == "ex02").TlsVersions);
        Assert.Equal(["1.2"], scenario.LoadBalancers[0].Nodes.Single(node => node.Name == "ex03").TlsVersions);
        Assert.Contains(scenario.LoadBalancers[0].Nodes, node => node.Fault == TransportFault.Reset);
    }

    [Fact]
    public async Task A_cross_signed_root_comes_out_the_same() =>
        await AssertSameAsync("""
            authorities:
              oldRoot: { subject: "CN=Old Root", trusted: true, notBefore: -10y, notAfter: -1d }
              newRoot: { subject: "CN=New Root", trusted: true }
              cross: { issuer: oldRoot, sameKeyAs: newRoot, notAfter: 300d }
              issuing: { subject: "CN=Issuing", issuer: newRoot }
            certificates:
              mail: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] }
            loadBalancers: { perimeter: { nodes: [{ name: ex01, present: [mail, issuing, cross] }, { name: ex02, present: [mail, issuing, cross, oldRoot] }, { name: ex03, present: [mail, cross] }] } }
            """);

    [Fact]
    public async Task A_scenario_is_made_of_a_check_without_looking_again()
    {
        await using var lab = await Lab.StartAsync(
            CheckedLab.Load("loadBalancers: { perimeter: { nodes: [{ name: ex01 }, { name: ex02, present: missingIntermediate }, { name: ex03, tlsVersions: [\"1.1\"] }] } }"),
            cancellationToken: TestContext.Current.CancellationToken);
        var check = await CheckedLab.CheckAsync(lab, Request);
        var connections = lab.Network.Journal.Count;
        var scenario = new ScenarioReproduction(CheckedWorld.Of(check, lab.Anchors)).Make().Scenario;
        Assert.Equal(connections, lab.Network.Journal.Count);

        await using var again = await Lab.StartAsync(scenario, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([], CaptureComparison.Compare(check, await CheckedLab.CheckAsync(again, Request)));
    }

    private static async Task<Scenario> AssertSameAsync(string yaml)
    {
        await using var lab = await Lab.StartAsync(CheckedLab.Load(yaml), cancellationToken: TestContext.Current.CancellationToken);
        var (check, world) = await new CaptureRunner(LabEnvironment.Of(lab)).RunAsync(Request, progress: null, TestContext.Current.CancellationToken);
        var reproduced = new ScenarioReproduction(world).Make();
        var written = ScenarioWriter.Write(reproduced.Scenario);
        var scenario = CheckedLab.Load(written);

        await using var again = await Lab.StartAsync(scenario, cancellationToken: TestContext.Current.CancellationToken);
        var check2 = await CheckedLab.CheckAsync(again, Request);
        Assert.Equal([], CaptureComparison.Compare(check, check2));
        return scenario;
    }
}
