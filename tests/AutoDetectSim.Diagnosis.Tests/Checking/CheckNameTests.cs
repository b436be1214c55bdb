using AutoDetectSim.Diagnosis.Reports;

namespace AutoDetectSim.Diagnosis.Tests.Checking;

/// <summary>What check says of names and addresses is what a detection meets.</summary>
public sealed class CheckNameTests
{
    [Fact]
    public async Task A_name_without_a_record_is_not_found()
    {
        var result = await CheckedLab.CheckAsync("""
            organizations: { contoso: { domains: [contoso.com], mailboxes: [your@contoso.com] } }
            loadBalancers: { perimeter: { hosts: [mail.contoso.com], nodes: [ex01] } }
            """);
        Assert.Equal("ENOTFOUND", Assert.Single(result.Hosts[0].Errors).Key);
        Assert.Contains("does not resolve", Assert.Single(CheckAdvice.For(result)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_behind_an_AAAA_record_is_named_with_its_address()
    {
        var result = await CheckedLab.CheckAsync("""
            organizations: { contoso: { domains: [contoso.com] } }
            dns: { autodiscover.contoso.com: { A: 203.0.113.10, AAAA: "2001:db8::66" } }
            loadBalancers:
              perimeter: { address: 203.0.113.10, hosts: [autodiscover.contoso.com, mail.contoso.com], nodes: [ex01] }
              stranger: { ipv6Address: "2001:db8::66", hosts: [www.fabrikam.com], nodes: [web01] }
            """);
        var stranger = Assert.Single(result.Strangers);
        Assert.Equal("2001:db8::66", stranger.Address);
        Assert.Equal("203.0.113.10", stranger.Good);
        Assert.Contains(CheckAdvice.For(result), advice => advice.Contains("an AAAA record leads to 2001:db8::66", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Autodetect_passes_no_chain_whose_connections_all_fail_later()
    {
        var result = await CheckedLab.CheckNodesAsync("[{ name: ex01, tlsVersions: [\"1.0\"] }]");
        var clients = Assert.Single(result.Hosts[0].Chains).Clients;
        Assert.False(clients.Single(client => client.Profile.Name == "autodetect").InUse.Accepted);
        Assert.True(clients.Single(client => client.Profile.Name == "curl").InUse.Accepted);
    }
}
