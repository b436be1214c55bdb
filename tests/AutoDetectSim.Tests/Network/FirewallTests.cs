using System.Net;
using AutoDetectSim.Network;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Network;

public sealed class FirewallTests
{
    [Theory]
    [InlineData("52.125.128.0", true)]
    [InlineData("52.125.143.255", true)]
    [InlineData("52.125.144.0", false)]
    [InlineData("52.127.97.255", true)]
    [InlineData("52.127.98.0", false)]
    [InlineData("172.169.69.94", false)]
    public void The_set_of_AutoDetect_is_what_Microsoft_publishes(string source, bool isAllowed) =>
        Assert.Equal(isAllowed, Firewall.FromRanges(["autodetect"], [], Blocking.Drop).Allows(IPAddress.Parse(source)));

    [Fact]
    public void A_range_that_is_denied_stays_out_whatever_is_allowed()
    {
        var firewall = Firewall.FromRanges(["10.0.0.0/8", "192.0.2.7"], ["10.1.0.0/16"], Blocking.Reject);
        Assert.True(firewall.Allows(IPAddress.Parse("10.2.3.4")));
        Assert.False(firewall.Allows(IPAddress.Parse("10.1.3.4")));
        Assert.True(firewall.Allows(IPAddress.Parse("192.0.2.7")));
        Assert.False(firewall.Allows(IPAddress.Parse("192.0.2.8")));
    }

    [Fact]
    public void Without_ranges_everyone_comes_in() => Assert.True(Firewall.FromRanges([], [], Blocking.Drop).Allows(IPAddress.IPv6Loopback));
}
