using AutoDetectSim.Network;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;

namespace AutoDetectSim.FunctionalTests.Network;

/// <summary>Labs that change while they run, and the journal of their connections.</summary>
public sealed class LabChangeTests
{
    private const string AutoDiscover = "https://autodiscover.contoso.com/autodiscover/healthcheck.htm";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chain_is_repaired_and_broken_again_while_the_lab_runs()
    {
        await using var lab = await NetworkLab.StartAsync("loadBalancers:\n  perimeter: { nodes: [{ name: ex01, present: missingIntermediate }] }\n");
        Assert.Equal("UNABLE_TO_VERIFY_LEAF_SIGNATURE", await CodeAsync(lab));
        await lab.Lab.ChangeAsync("perimeter/EX01: present complete", Token);
        Assert.Equal("none", await CodeAsync(lab));
        await lab.Lab.ChangeAsync("ex01: intermediateStore []", Token);
        Assert.Equal("UNABLE_TO_VERIFY_LEAF_SIGNATURE", await CodeAsync(lab));
        await lab.Lab.ChangeAsync("ex01: install issuing", Token);
        Assert.Equal("none", await CodeAsync(lab));
        await lab.Lab.ChangeAsync("perimeter/*: tlsVersions 1.0", Token);
        Assert.Equal("EPROTO", await CodeAsync(lab));
        Assert.Equal(["perimeter/EX01: present complete", "ex01: intermediateStore []", "ex01: install issuing", "perimeter/*: tlsVersions 1.0"], lab.Lab.Control.Changes.Select(change => change.Sentence));
    }

    [Fact]
    public async Task Nodes_faults_firewalls_dns_and_probes_change_while_the_lab_runs()
    {
        await using var lab = await NetworkLab.StartAsync("""
            loadBalancers:
              perimeter: { healthProbe: /owa/healthcheck.htm, ipv6Address: "2001:db8::10", nodes: [{ name: ex01 }] }
            """);
        (string Change, string Code)[] steps =
        [
            ("ex01: up false", "ECONNREFUSED"),
            ("ex01: up", "none"),
            ("ex01: offline owa", "ECONNREFUSED"),
            ("ex01: offline -owa", "none"),
            ("ex01: { fault: reset, faultShare: 1/2 }", "none"),
            ("ex01: latency 1ms", "ECONNRESET"),
            ("ex01: fault none", "none"),
            ("perimeter: allowFrom 10.0.0.0/8", "ETIMEDOUT"),
            ("perimeter: blocked reject", "ECONNREFUSED"),
            ("perimeter: allow autodetect", "none"),
            ("perimeter: allowFrom default", "none"),
            ("perimeter: ipv6 silent", "ETIMEDOUT"),
            ("dns/autodiscover.contoso.com: AAAA []", "none"),
            ("dns/autodiscover.contoso.com: NXDOMAIN", "ENOTFOUND"),
            ("dns/autodiscover.contoso.com: A 203.0.113.99", "ETIMEDOUT"),
            ("dns/autodiscover.contoso.com: A 203.0.113.10", "ETIMEDOUT"),
            ("perimeter: ipv6 open", "none"),
        ];
        Assert.Equal("none", await CodeAsync(lab));
        foreach (var (change, code) in steps)
        {
            await lab.Lab.ChangeAsync(change, Token);
            Assert.Equal((change, code), (change, await CodeAsync(lab)));
        }
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_port_that_nobody_serves_is_closed_for_real_programs_and_opens_again()
    {
        await using var lab = await NetworkLab.StartAsync("loadBalancers:\n  perimeter: { nodes: 1 }\n");
        var port = lab.VirtualIp("perimeter").EndPoint;
        foreach (var (up, code) in ((string, string)[])[("true", "none"), ("false", "ECONNREFUSED"), ("true", "none")])
        {
            await lab.Lab.ChangeAsync("perimeter01: up " + up, Token);
            (string Host, VirtualIp VirtualIp)[] target = [("autodiscover.contoso.com", lab.VirtualIp("perimeter"))];
            Assert.Equal(code, (await lab.NodeCodesAsync(target))[target[0].Host]);
            Assert.Equal(port, target[0].VirtualIp.EndPoint);
        }
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Port_80_can_be_opened_and_nodes_and_balancers_added_while_the_lab_runs()
    {
        await using var lab = await NetworkLab.StartAsync("loadBalancers:\n  perimeter: { nodes: 1 }\n");
        await lab.Lab.ChangeAsync("perimeter: http redirect", Token);
        Assert.Equal(302, (await lab.GetAsync(AutoDiscover.Replace("https", "http", StringComparison.Ordinal))).Response?.StatusCode);

        var scenario = lab.Lab.Scenario;
        var perimeter = scenario.LoadBalancers[0];
        await lab.Lab.ChangeAsync(
            scenario with
            {
                LoadBalancers =
                [
                    perimeter with { Hosts = ["autodiscover.contoso.com"], Nodes = [.. perimeter.Nodes, new NodeDefinition { Name = "perimeter02" }] },
                    new LoadBalancerDefinition { Name = "other", Hosts = ["mail.contoso.com"], Nodes = [new NodeDefinition { Name = "ex99" }] },
                ],
            },
            Token);
        HashSet<string?> met = [(await lab.GetAsync(AutoDiscover)).Connection?.Node, (await lab.GetAsync(AutoDiscover)).Connection?.Node];
        Assert.Equal(["perimeter01", "perimeter02"], met.Order());
        Assert.Equal("ex99", (await lab.GetAsync("https://mail.contoso.com/owa/healthcheck.htm")).Connection?.Node);
        (string, VirtualIp)[] target = [("mail.contoso.com", lab.VirtualIp("other"))];
        Assert.Equal("none", (await lab.NodeCodesAsync(target))["mail.contoso.com"]);

        await lab.Lab.ResetAsync(Token);
        Assert.Equal("ECONNREFUSED", (await lab.GetAsync(AutoDiscover.Replace("https", "http", StringComparison.Ordinal))).Error?.Code);
        Assert.Equal("perimeter01", (await lab.GetAsync("https://mail.contoso.com/owa/healthcheck.htm")).Connection?.Node);
    }

    [Fact]
    public async Task What_is_not_changed_stays_the_very_same()
    {
        await using var lab = await NetworkLab.StartAsync("""
            authorities: { root: { trusted: true }, issuing: { issuer: root } }
            certificates: { mail: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] }, old: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com], notAfter: -1d } }
            loadBalancers:
              perimeter: { nodes: [{ name: ex01, certificate: mail }, { name: ex02, certificate: old }, { name: ex03, certificate: mail }] }
            """);
        var before = (await lab.GetAsync(AutoDiscover)).Connection;
        Assert.Equal("CERT_HAS_EXPIRED", await CodeAsync(lab));
        await lab.Lab.ChangeAsync("old: renew", Token);
        Assert.Equal("ex03", (await lab.GetAsync(AutoDiscover)).Connection?.Node);
        var again = (await lab.GetAsync(AutoDiscover)).Connection;
        Assert.Equal(before!.Node, again!.Node);
        Assert.Equal(before.Presented.Select(Convert), again.Presented.Select(Convert));
        Assert.Equal("none", await CodeAsync(lab));

        static string Convert(ReadOnlyMemory<byte> der) => System.Convert.ToHexString(der.Span);
    }

    [Theory]
    [InlineData("ex99: up false", "no part `ex99`; did you mean `ex01`?")]
    [InlineData("perimeter/ex99: up false", "no node `ex99`; did you mean `ex01`?")]
    [InlineData("ex01: present nothing", "`nothing`")]
    [InlineData("ex01: faultShare 2/1", "2/1")]
    [InlineData("ex01: presnt complete", "A node has no `presnt`; did you mean `present`?")]
    [InlineData("perimeter: allowFrom anywhere", "anywhere")]
    [InlineData("dns/autodiscover.contoso.com: A nowhere", "nowhere")]
    [InlineData("dns/autodiscover.contoso.com: B 1", "`B`")]
    [InlineData("ex01: tlsVersions 1.4", "1.4")]
    [InlineData("ex01: install nobody", "no authority `nobody`")]
    [InlineData("ex01: allow autodetect", "`allow` is not for `loadBalancers/perimeter/nodes/ex01`")]
    [InlineData("perimeter: install issuing", "change its nodes: `perimeter/*`")]
    [InlineData("seed: 7", "`seed` cannot be changed while the lab runs")]
    [InlineData("ex01 up false", "Expected a part, a colon")]
    [InlineData("certificates: remove", "`certificates` is a section")]
    [InlineData("ex01: up [", "")]
    public async Task A_change_that_cannot_be_made_leaves_the_lab_as_it_is(string change, string reason)
    {
        await using var lab = await NetworkLab.StartAsync("loadBalancers:\n  perimeter: { nodes: [{ name: ex01 }] }\n");
        var exception = await Assert.ThrowsAsync<ScenarioChangeException>(() => lab.Lab.ChangeAsync(change, Token));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.StartsWith($"\"{change}\": ", exception.Message, StringComparison.Ordinal);
        Assert.Empty(lab.Lab.Control.Changes);
        Assert.Equal("none", await CodeAsync(lab));
    }

    [Fact]
    public async Task Clearing_its_sessions_lets_a_balancer_give_a_source_address_the_next_node()
    {
        await using var lab = await NetworkLab.StartAsync("loadBalancers:\n  perimeter: { persistence: sourceAddress, nodes: 2 }\n");
        Assert.Equal("perimeter01", (await lab.GetAsync(AutoDiscover)).Connection?.Node);
        await lab.Lab.ChangeAsync("perimeter02: latency 1ms", Token);
        Assert.Equal("perimeter01", (await lab.GetAsync(AutoDiscover)).Connection?.Node);
        await lab.Lab.ChangeAsync("perimeter: clear sessions", Token);
        Assert.Equal("perimeter02", (await lab.GetAsync(AutoDiscover)).Connection?.Node);
    }

    [Fact]
    public async Task A_reset_lab_repeats_itself()
    {
        await using var lab = await NetworkLab.StartAsync("loadBalancers:\n  perimeter: { algorithm: random, nodes: [{ name: ex01 }, { name: ex02, fault: reset, faultShare: 1/3 }, ex03] }\n");
        var first = await lab.DetectAsync("your@contoso.com", 30);
        await lab.Lab.ChangeAsync("ex02: fault none", Token);
        Assert.Equal(1, (await lab.DetectAsync("your@contoso.com", 30)).SuccessRate);
        await lab.Lab.ResetAsync(Token);
        var second = await lab.DetectAsync("your@contoso.com", 30);
        Assert.Equal(first.Nodes.Select(node => (node.Name, node.Attempts, node.Successes)), second.Nodes.Select(node => (node.Name, node.Attempts, node.Successes)));
        Assert.True(first.SuccessRate < 1);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task The_journal_tells_what_was_presented_asked_and_answered()
    {
        await using var lab = await NetworkLab.StartAsync("loadBalancers:\n  perimeter: { persistence: none, nodes: [{ name: ex01 }, { name: ex02, present: missingIntermediate }] }\n");
        await lab.GetAsync(AutoDiscover);
        var curl = await lab.CurlAsync("-o", "-", AutoDiscover);
        Assert.Equal(60, curl.ExitCode);
        Assert.True(await lab.Lab.Network.Journal.WhenIdleAsync(TimeSpan.FromSeconds(30), Token));
        var records = lab.Lab.Network.Journal.All();
        Assert.Equal(2, records.Count);
        var first = records[0];
        Assert.Equal(("perimeter", "ex01", true, "autodiscover.contoso.com", "TLSv1.3"), (first.VirtualIp, first.Node, first.IsAutoDetect, first.ServerName, first.TlsVersion));
        Assert.Equal(["perimeter", "issuing"], first.Presented);
        var request = Assert.Single(first.Requests);
        Assert.Equal(("GET /autodiscover/healthcheck.htm HTTP/1.1", 200), (request.Line, request.StatusCode));
        var second = records[1];
        Assert.Equal(("ex02", false, "198.51.100.10"), (second.Node, second.IsAutoDetect, second.Source.ToString()));
        Assert.Equal(["perimeter"], second.Presented);
        Assert.Empty(second.Requests);
    }

    private static async Task<string> CodeAsync(NetworkLab lab) => (await lab.GetAsync(AutoDiscover)).Error?.Code ?? "none";
}
