using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Network;

public sealed class NetworkRulesTests
{
    [Fact]
    public void Every_network_setting_that_cannot_be_meant_is_told_with_its_place()
    {
        var result = ScenarioLoader.Parse(
            """
            loadBalancers:
              perimeter:
                address: "2001:db8::1"
                ipv6: dropped
                blocked: reject
                faultShare: 1/20
                httpRedirectUrl: https://www.contoso.com/
                nodes:
                  - { name: ex01, fault: reset, faultShare: 21/20 }
                  - { name: ex02, present: missingIntermediate, intermediateStore: [] }
                  - { name: ex03, fault: alert }
              other: { hosts: [other.contoso.com], ipv6Address: 203.0.113.7, port: 80, http: open, nodes: 1 }
            dns:
              a.contoso.com: { NXDOMAIN: [], A: ["203.0.113.1"] }
              b.contoso.com: { DELAY: [soon] }
            """,
            "s.yaml",
            null);
        Assert.Equal(
            """
            s.yaml:3:14: `address` must be an IPv4 address, not 2001:db8::1; use `ipv6Address` for an IPv6 address
            s.yaml:4:11: `ipv6` has no effect without `ipv6Address`
            s.yaml:5:14: `blocked` has no effect without `allowFrom` or `denyFrom`
            s.yaml:6:17: `faultShare` has no effect without `fault`
            s.yaml:7:22: `httpRedirectUrl` has no effect without `http: redirect`
            s.yaml:9:49: `faultShare`: `21/20` is not a share of connections such as 1/20 or 5%
            s.yaml:10:53: `intermediateStore` has no effect without `present: complete`: any other `present` is sent whatever the store holds
            s.yaml:11:30: `fault: alert` requires `alert`, a name such as handshake_failure
            s.yaml:12:53: `ipv6Address` must be an IPv6 address such as 2001:db8::10, not 203.0.113.7
            s.yaml:12:82: Port 80 of this load balancer already speaks TLS (`port: 80`)
            s.yaml:14:20: a.contoso.com does not exist (NXDOMAIN), so it cannot have records
            s.yaml:15:28: `soon` is not a valid DELAY record; expected a duration such as 500ms or 3s
            """,
            string.Join('\n', result.Problems));
    }

    [Theory]
    [InlineData("1/20", true)]
    [InlineData("20/20", true)]
    [InlineData("5%", true)]
    [InlineData("0.05", true)]
    [InlineData("1", true)]
    [InlineData("100%", true)]
    [InlineData("0/20", false)]
    [InlineData("21/20", false)]
    [InlineData("0", false)]
    [InlineData("101%", false)]
    [InlineData("-1", false)]
    [InlineData("1/0", false)]
    [InlineData("1/", false)]
    [InlineData("one in twenty", false)]
    [InlineData("NaN", false)]
    [InlineData("1e-3", false)]
    public void A_share_is_a_fraction_or_a_percentage(string text, bool isShare) =>
        Assert.Equal(isShare, Share.TryParse(text, out _));
}
