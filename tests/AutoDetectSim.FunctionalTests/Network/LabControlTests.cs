using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Network;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests.Network;

/// <summary>Labs that change while they run, and the journal of their connections.</summary>
public sealed class LabControlTests
{
    private const string AutoDiscover = "https://autodiscover.contoso.com/autodiscover/healthcheck.htm";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chain_is_repaired_and_broken_again_while_the_lab_runs()
    {
        await using var lab = await NetworkLab.StartAsync("loadBalancers:\n  perimeter: { nodes: [{ name: ex01, present: missingIntermediate }] }\n");
        Assert.Equal("UNABLE_TO_VERIFY_LEAF_SIGNATURE", await CodeAsync(lab));
        await lab.Lab.Control.PresentAsync("EX01", new PresentedChainRecipe { Certificate = "perimeter" }, Token);
        Assert.Equal("none", await CodeAsync(lab));
        await lab.Lab.Control.SetIntermediateStoreAsync("ex01", [], Token);
        Assert.Equal("UNABLE_TO_VERIFY_LEAF_SIGNATURE", await CodeAsync(lab));
        await lab.Lab.Control.SetIntermediateStoreAsync("ex01", null, Token);
        await lab.Lab.Control.SetTlsAsync("ex01", ["1.0"], false, Token);
        Assert.Equal("EPROTO", await CodeAsync(lab));
        Assert.Equal(4, lab.Lab.Control.Changes.Count);
    }

    [Fact]
    public async Task Nodes_faults_firewalls_dns_and_probes_change_while_the_lab_runs()
    {
        await using var lab = await NetworkLab.StartAsync("""
            loadBalancers:
              perimeter: { healthProbe: /owa/healthcheck.htm, ipv6Address: "2001:db8::10", nodes: [{ name: ex01 }] }
            """);
        var control = lab.Lab.Control;
        Assert.Equal("none", await CodeAsync(lab));
        await control.SetUpAsync("ex01", false, Token);
        Assert.Equal("ECONNREFUSED", await CodeAsync(lab));
        await control.SetUpAsync("ex01", true, Token);
        await control.SetOfflineAsync("ex01", [VirtualDirectory.Owa], Token);
        Assert.Equal("ECONNREFUSED", await CodeAsync(lab));
        await control.SetOfflineAsync("ex01", [], Token);
        Assert.Equal("none", await CodeAsync(lab));
        await control.SetFaultAsync("ex01", TransportFault.NoAnswer, "1/2", null, Token);
        Assert.Equal("none", await CodeAsync(lab));
        Assert.Equal("ETIMEDOUT", await CodeAsync(lab));
        await control.SetFaultAsync("ex01", TransportFault.None, null, null, Token);
        await control.SetFirewallAsync("perimeter", ["10.0.0.0/8"], [], Blocking.Reject, Token);
        Assert.Equal("ECONNREFUSED", await CodeAsync(lab));
        await control.SetFirewallAsync("perimeter", [], [], Blocking.Drop, Token);
        await control.SetIpv6Async("perimeter", Reachability.Silent, Token);
        Assert.Equal("ETIMEDOUT", await CodeAsync(lab));
        await control.SetDnsAsync("autodiscover.contoso.com", "AAAA", null, Token);
        Assert.Equal("none", await CodeAsync(lab));
        await control.SetDnsAsync("autodiscover.contoso.com", "NXDOMAIN", [], Token);
        Assert.Equal("ENOTFOUND", await CodeAsync(lab));
    }

    [Fact]
    public async Task A_port_that_nobody_serves_is_closed_for_real_programs_and_opens_again()
    {
        await using var lab = await NetworkLab.StartAsync("loadBalancers:\n  perimeter: { nodes: 1 }\n");
        (string Host, VirtualIp VirtualIp)[] target = [("autodiscover.contoso.com", lab.VirtualIp("perimeter"))];
        foreach (var (up, code) in ((bool, string)[])[(true, "none"), (false, "ECONNREFUSED"), (true, "none")])
        {
            await lab.Lab.Control.SetUpAsync("perimeter01", up, Token);
            Assert.Equal(code, (await lab.NodeCodesAsync(target))[target[0].Host]);
        }
    }

    [Fact]
    public async Task A_change_that_cannot_be_made_leaves_the_lab_as_it_is()
    {
        await using var lab = await NetworkLab.StartAsync("loadBalancers:\n  perimeter: { nodes: [{ name: ex01 }] }\n");
        var control = lab.Lab.Control;
        await Assert.ThrowsAsync<LabControlException>(() => control.SetUpAsync("ex99", false, Token));
        await Assert.ThrowsAsync<LabControlException>(() => control.PresentAsync("ex01", new PresentedChainRecipe { Certificate = "nothing" }, Token));
        await Assert.ThrowsAsync<LabControlException>(() => control.SetFaultAsync("ex01", TransportFault.Reset, "2/1", null, Token));
        await Assert.ThrowsAsync<LabControlException>(() => control.SetFirewallAsync("perimeter", ["anywhere"], [], Blocking.Drop, Token));
        await Assert.ThrowsAsync<LabControlException>(() => control.SetDnsAsync("autodiscover.contoso.com", "A", ["nowhere"], Token));
        await Assert.ThrowsAsync<LabControlException>(() => control.SetTlsAsync("ex01", ["1.4"], false, Token));
        Assert.Empty(control.Changes);
        Assert.Equal("none", await CodeAsync(lab));
    }

    [Fact]
    public async Task Clearing_persistence_lets_a_source_address_meet_the_next_node()
    {
        await using var lab = await NetworkLab.StartAsync("loadBalancers:\n  perimeter: { persistence: sourceAddress, nodes: 2 }\n");
        Assert.Equal("perimeter01", (await lab.GetAsync(AutoDiscover)).Connection?.Node);
        Assert.Equal("perimeter01", (await lab.GetAsync(AutoDiscover)).Connection?.Node);
        await lab.Lab.Control.ClearPersistenceAsync("perimeter", Token);
        Assert.Equal("perimeter02", (await lab.GetAsync(AutoDiscover)).Connection?.Node);
    }

    [Fact]
    public async Task The_journal_tells_what_was_presented_asked_and_answered()
    {
        await using var lab = await NetworkLab.StartAsync("loadBalancers:\n  perimeter: { persistence: none, nodes: [{ name: ex01 }, { name: ex02, present: missingIntermediate }] }\n");
        await lab.GetAsync(AutoDiscover);
        var curl = await lab.CurlAsync("-o", "-", AutoDiscover);
        Assert.Equal(60, curl.ExitCode);
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
