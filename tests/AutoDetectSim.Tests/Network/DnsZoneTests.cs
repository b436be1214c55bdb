using AutoDetectSim.Network;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Network;

public sealed class DnsZoneTests
{
    [Fact]
    public void A_name_that_nobody_owns_does_not_exist() =>
        Assert.Equal(DnsStatus.NonExistentDomain, new DnsZone().Query("nobody.example", DnsRecordType.A).Status);

    [Fact]
    public void A_name_without_records_of_the_type_exists_and_answers_nothing()
    {
        var zone = new DnsZone();
        zone.Set("contoso.com", "MX", ["10 mail.contoso.com"]);
        var answer = zone.Query("Contoso.COM.", DnsRecordType.A);
        Assert.Equal(DnsStatus.NoError, answer.Status);
        Assert.Empty(answer.Records);
    }

    [Theory]
    [InlineData("4s", DnsStatus.NoError, 4)]
    [InlineData("30s", DnsStatus.ServerFailure, 10)]
    public async Task A_client_waits_for_a_slow_answer_as_long_as_resolvers_do(string delay, object status, int seconds)
    {
        var zone = new DnsZone();
        zone.Set("contoso.com", "MX", ["10 mail.contoso.com"]);
        zone.Set("contoso.com", DnsRecordSyntax.Delay, [delay]);
        var answer = await zone.QueryAsync("contoso.com", DnsRecordType.Mx, TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.Status);
        Assert.Equal(TimeSpan.FromSeconds(seconds), answer.Delay);
    }

    [Fact]
    public void Mail_exchangers_come_in_order_of_preference()
    {
        var zone = new DnsZone();
        zone.Set("contoso.com", "MX", ["20 b.example", "5 a.example", "100 c.example"]);
        Assert.Equal(["5 a.example", "20 b.example", "100 c.example"], zone.Query("contoso.com", DnsRecordType.Mx).Records);
    }

    [Fact]
    public void An_alias_is_followed_and_a_loop_of_aliases_is_a_server_failure()
    {
        var zone = new DnsZone();
        zone.Set("a.example", "CNAME", ["b.example."]);
        zone.Set("b.example", "A", ["203.0.113.5"]);
        zone.Set("x.example", "CNAME", ["y.example"]);
        zone.Set("y.example", "CNAME", ["x.example"]);
        Assert.Equal(["203.0.113.5"], zone.Query("a.example", DnsRecordType.A).Records);
        Assert.Equal(DnsStatus.ServerFailure, zone.Query("x.example", DnsRecordType.A).Status);
    }

    [Fact]
    public void A_scenario_can_take_a_host_out_of_dns()
    {
        var scenario = new Scenario
        {
            Name = "gone",
            Dns = new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>>
            {
                ["gone.example"] = new Dictionary<string, IReadOnlyList<string>> { ["NXDOMAIN"] = [] },
            },
        };
        var zone = DnsZone.Create(scenario, []);
        Assert.Equal(DnsStatus.NonExistentDomain, zone.Query("gone.example", DnsRecordType.A).Status);
        Assert.True(zone.Owns("gone.example"));
    }

    [Fact]
    public void Addresses_come_in_the_order_in_which_Node_tries_them()
    {
        var zone = new DnsZone();
        zone.Set("a.example", "A", ["203.0.113.1", "203.0.113.2", "203.0.113.3"]);
        zone.Set("a.example", "AAAA", ["2001:db8::1"]);
        zone.Set("b.example", "CNAME", ["a.example"]);
        Assert.Equal(["2001:db8::1", "203.0.113.1", "203.0.113.2", "203.0.113.3"], zone.Resolve("B.example").Addresses.Select(address => address.ToString()));
    }

    [Fact]
    public void A_name_above_others_exists_although_the_lab_does_not_serve_it()
    {
        var zone = new DnsZone();
        zone.Set("mail.contoso.com", "A", ["203.0.113.1"]);
        Assert.Equal(DnsStatus.NoError, zone.Query("contoso.com", DnsRecordType.A).Status);
        Assert.False(zone.Owns("contoso.com"));
        Assert.Equal(DnsStatus.NonExistentDomain, zone.Query("ontoso.com", DnsRecordType.A).Status);
    }

    [Fact]
    public void Delays_along_aliases_add_up_and_past_the_patience_of_a_resolver_there_is_no_answer()
    {
        var zone = new DnsZone();
        zone.Set("a.example", "CNAME", ["b.example"]);
        zone.Set("a.example", "DELAY", ["2s"]);
        zone.Set("b.example", "A", ["203.0.113.1"]);
        zone.Set("b.example", "DELAY", ["500ms"]);
        Assert.Equal(TimeSpan.FromSeconds(2.5), zone.Resolve("a.example").Delay);
        zone.Set("b.example", "DELAY", ["1h"]);
        Assert.Equal((DnsStatus.ServerFailure, DnsZone.Patience), (zone.Resolve("a.example").Status, zone.Resolve("a.example").Delay));
    }

    [Fact]
    public void Records_that_are_removed_leave_the_others()
    {
        var zone = new DnsZone();
        zone.Set("a.example", "A", ["203.0.113.1"]);
        zone.Set("a.example", "MX", ["10 a.example"]);
        zone.Remove("A.example", "mx");
        Assert.Empty(zone.Query("a.example", DnsRecordType.Mx).Records);
        zone.Remove("a.example", "A");
        Assert.Equal(DnsStatus.NonExistentDomain, zone.Query("a.example", DnsRecordType.A).Status);
    }
}
