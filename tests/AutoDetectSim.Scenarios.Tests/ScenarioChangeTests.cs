using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios.Changes;
using CsCheck;

namespace AutoDetectSim.Scenarios.Tests;

public sealed class ScenarioChangeTests
{
    private const string World = """
        authorities: { root: { trusted: true }, policy: { issuer: root }, issuing: { issuer: policy } }
        certificates: { mail: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com], notAfter: -1d } }
        organizations: { contoso: { domains: [contoso.com], auth: modernOff, mailboxSettings: { anna@contoso.com: { auth: basic } } } }
        loadBalancers:
          perimeter:
            hosts: [autodiscover.contoso.com]
            allowFrom: [exchangeOnline]
            blocked: reject
            nodes: { "ex{01..04}": { certificate: mail, present: missingIntermediate }, ex05: { fault: reset, faultShare: 1/3 } }
          inside:
            hosts: [mail.contoso.com]
            tls: terminate
            present: [mail]
            nodes: [in01]
        dns: { contoso.com: { MX: ["10 mail.contoso.com"] }, mail.contoso.com: NXDOMAIN }
        autoDetect: { cache: { contoso.com: { providerId: google } } }
        """;

    private static readonly string[] Words =
    [
        "perimeter", "ex01", "*", "ex{01..03}", "dns", "autoDetect", "cache", "mail", "contoso", "inside", "a@b", "remove", "clear", "install", "present", "up", "A",
        "certificates", "/", ": ", " ", "[", "{", "&a *a", "+", "-", "'", "complete", "null", "\u0000", "é", "# x",
    ];

    [Theory]
    [InlineData("perimeter/ex02: present complete", "complete", "missingIntermediate", "complete", "missingIntermediate")]
    [InlineData("loadBalancers/perimeter/nodes/ex02: present complete", "complete", "missingIntermediate", "complete", "missingIntermediate")]
    [InlineData("ex{02..03}: present complete", "complete", "missingIntermediate", "complete", "complete")]
    [InlineData("perimeter/ex02 to ex03: present complete", "complete", "missingIntermediate", "complete", "complete")]
    [InlineData("perimeter/EX01 to EX02, ex03: present complete", "complete", "complete", "complete", "complete")]
    [InlineData("perimeter/*: present [mail, issuing, policy]", "complete", "complete", "complete", "complete")]
    [InlineData("ex02: install issuing, policy", "complete", "missingIntermediate", "complete", "missingIntermediate")]
    [InlineData("ex02: { present: complete, up: false }", "complete", "missingIntermediate", "complete", "missingIntermediate")]
    public void Nodes_are_called_by_name_by_range_and_by_pattern(string change, string ex05, string ex01, string ex02, string ex03)
    {
        var scenario = Changed(change);
        var pki = LabPki.Create(new LabPkiDefinition { Authorities = scenario.Authorities, Certificates = scenario.Certificates }, TimeProvider.System);
        string ShapeOf(string node) => CamelCase<ChainShape>.Of(pki.ShapeOf(Node(scenario, node).Present!)!.Value);
        Assert.Equal((ex05, ex01, ex02, ex03), (ShapeOf("ex05"), ShapeOf("ex01"), ShapeOf("ex02"), ShapeOf("ex03")));
    }

    [Fact]
    public void Installing_one_of_two_missing_intermediates_is_not_enough()
    {
        Assert.Equal(["mail", "policy"], Node(Changed("ex01: install policy"), "ex01").Present!.Names);
        Assert.Equal(["mail", "issuing", "policy"], Node(Changed("ex01: install policy", "ex01: install issuing"), "ex01").Present!.Names);
        Assert.Equal(["mail", "issuing"], Changed("inside: install issuing").LoadBalancers[1].Present!.Names);
    }

    [Fact]
    public void An_authority_goes_by_the_name_that_its_certificate_has_as_well()
    {
        var world = ScenarioLoader.Parse(World.Replace("issuing: { issuer: policy }", "issuing: { issuer: policy, subject: \"CN=Contoso CA 1, O=Contoso\" }, cross: { issuer: root, subject: \"CN=Contoso Old\" }, old: { issuer: root, subject: \"CN=Contoso Old\" }", StringComparison.Ordinal), "x.yaml", null);
        Assert.Empty(world.Problems);
        Assert.Equal(["mail", "issuing"], Node(ScenarioChange.Parse("ex01: install Contoso CA 1").ApplyTo(world.Scenario!), "ex01").Present!.Names);
        Assert.Equal(["mail", "issuing"], Node(ScenarioChange.Parse("ex01: install \"contoso ca 1\"").ApplyTo(world.Scenario!), "ex01").Present!.Names);
        Assert.Contains("cross, old", Assert.Throws<ScenarioChangeException>(() => ScenarioChange.Parse("ex01: install Contoso Old").ApplyTo(world.Scenario!)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_node_has_behind_a_balancer_that_ends_tls_changes_nothing_on_the_wire() =>
        Assert.Equal(ScenarioWriter.Write(Parse()), ScenarioWriter.Write(Changed("in01: install issuing")));

    [Fact]
    public void Firewalls_are_opened_without_shutting_others_out()
    {
        Assert.Equal(["exchangeOnline", "autodetect"], Changed("perimeter: allow autodetect").LoadBalancers[0].AllowFrom);
        Assert.Equal(["exchangeOnline", "autodetect"], Changed("perimeter: allowFrom +autodetect").LoadBalancers[0].AllowFrom);
        Assert.Empty(Changed("inside: allow autodetect").LoadBalancers[1].AllowFrom);
        var open = Changed("perimeter: allowFrom -exchangeOnline").LoadBalancers[0];
        Assert.Empty(open.AllowFrom);
        Assert.Equal(Blocking.Drop, open.Blocked);
    }

    [Fact]
    public void Dns_that_is_corrected_exists_again()
    {
        Assert.Equal(["A"], Changed("dns/mail.contoso.com: A 203.0.113.11").Dns["mail.contoso.com"].Keys);
        Assert.Equal(["CNAME"], Changed("dns/mail.contoso.com: A 203.0.113.11", "dns/mail.contoso.com: CNAME autodiscover.contoso.com").Dns["mail.contoso.com"].Keys);
        Assert.DoesNotContain("mail.contoso.com", Changed("dns/mail.contoso.com: remove").Dns.Keys);
        Assert.Equal(["10 mail.contoso.com", "20 backup.contoso.com"], Changed("dns/contoso.com: MX +20 backup.contoso.com").Dns["contoso.com"]["MX"]);
        Assert.Equal(["NXDOMAIN"], Changed("dns/contoso.com: NXDOMAIN").Dns["contoso.com"].Keys);
    }

    [Fact]
    public void OAuth_is_enabled_for_organizations_nodes_and_mailboxes()
    {
        Assert.Equal(AuthenticationMode.HybridModern, Changed("contoso: enable oauth").Organizations[0].Auth);
        Assert.Equal(AuthenticationMode.HybridModern, Node(Changed("ex01: enable oauth"), "ex01").Auth);
        Assert.Equal(AuthenticationMode.HybridModern, Changed("contoso/anna@contoso.com: enable oauth").Organizations[0].MailboxSettings["anna@contoso.com"].Auth);
    }

    [Theory]
    [InlineData("autoDetect: clear cache")]
    [InlineData("autoDetect/cache: clear")]
    [InlineData("autoDetect/cache/contoso.com: clear")]
    [InlineData("autoDetect/cache/contoso.com: remove")]
    public void The_cache_is_cleared(string change) => Assert.Empty(Changed(change).AutoDetect.Cache);

    [Fact]
    public void Certificates_are_renewed_and_settings_take_their_default_again()
    {
        Assert.Null(Changed("mail: renew").Certificates[0].NotAfter);
        Assert.Null(Changed("certificates/mail: notAfter default").Certificates[0].NotAfter);
        Assert.Equal(TimeSpan.FromSeconds(5), Changed("autoDetect: timeout 5s").AutoDetect.Timeout);
        Assert.Equal(Edition.Kestrel2025, Changed("edition: 2025").Edition);
        Assert.Equal("google", Changed("autoDetect/domains/fabrikam.com: providerId google").AutoDetect.Domains.Single().ProviderId);
    }

    [Fact]
    public void What_needs_a_setting_that_is_gone_goes_with_it()
    {
        Assert.Null(Node(Changed("ex05: fault none"), "ex05").FaultShare);
        var passing = Changed("inside: tls passthrough").LoadBalancers[1];
        Assert.Null(passing.Present);
        Assert.Equal("mail", passing.Nodes[0].Present!.Certificate);
    }

    [Fact]
    public void A_change_keeps_what_the_scenario_expects_and_its_fault()
    {
        var scenario = ScenarioLoader.Parse(World + "\nexpect: { detect: anna@contoso.com }\nfault: { layer: certificate, kind: expiredLeaf, remedy: { certificates: { mail: { notAfter: null } } } }", "test.yaml", null).Scenario!;
        var changed = ScenarioChange.Parse("mail: renew").ApplyTo(scenario);
        Assert.Same(scenario.Fault, changed.Fault);
        Assert.Same(scenario.Expect, changed.Expect);
    }

    [Fact]
    public void Whatever_is_written_a_change_is_made_or_explained()
    {
        var scenario = Parse();
        var words = Gen.Int[0, Words.Length - 1].Select(index => Words[index]);
        Gen.OneOf(words, Gen.String[0, 5]).Array[1, 8].Select(string.Concat).Sample(
            text =>
            {
                try
                {
                    ScenarioChange.Parse(text).ApplyTo(scenario);
                }
                catch (ScenarioChangeException exception)
                {
                    Assert.NotEmpty(exception.Problems);
                    Assert.All(exception.Problems, problem => Assert.NotEmpty(problem.Message));
                }
            },
            iter: Samples.Of(1_000));
    }

    private static Scenario Parse()
    {
        var loaded = ScenarioLoader.Parse(World, "test.yaml", null);
        Assert.Empty(loaded.Problems);
        return loaded.Scenario!;
    }

    private static Scenario Changed(params string[] changes) => changes.Aggregate(Parse(), (scenario, change) => ScenarioChange.Parse(change).ApplyTo(scenario));

    private static NodeDefinition Node(Scenario scenario, string name) => scenario.LoadBalancers.SelectMany(balancer => balancer.Nodes).Single(node => node.Name == name);
}
