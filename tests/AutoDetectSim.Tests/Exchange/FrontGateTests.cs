using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Exchange;

public sealed class FrontGateTests
{
    private const string Raw = "/autodiscover/autodiscover.json?Email=test@contoso.com&Protocol=ActiveSync";
    private const string Encoded = "/autodiscover/autodiscover.json?Email=test%40contoso.com&Protocol=ActiveSync";

    [Theory]
    [InlineData(PreAuthentication.Form, 200)]
    [InlineData(PreAuthentication.Redirect, 302)]
    [InlineData(PreAuthentication.Basic, 401)]
    public async Task A_device_in_front_answers_in_place_of_Exchange(PreAuthentication device, int status)
    {
        // F22
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(balancer: balancer => balancer with { PreAuthentication = device }));
        var answer = RawAnswer.Parse(await host.GetAsync("mail.contoso.com", "/Microsoft-Server-ActiveSync", "Authorization: Bearer \r\n"));
        Assert.Equal(status, answer.Status);
        Assert.DoesNotContain(answer.Headers, header => header.Name is "X-FEServer" or "request-id" or "Server");
        Assert.DoesNotContain(answer["WWW-Authenticate"], challenge => challenge.Contains("Bearer", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(UrlRewriteRule.None, Raw, true)]
    [InlineData(UrlRewriteRule.Narrow, Raw, true)]
    [InlineData(UrlRewriteRule.Narrow, "/autodiscover/autodiscover.json?@evil/powershell", false)]
    [InlineData(UrlRewriteRule.Broad, Raw, false)]
    [InlineData(UrlRewriteRule.Broad, Encoded, true)]
    [InlineData(UrlRewriteRule.BroadDecoded, Encoded, false)]
    [InlineData(UrlRewriteRule.BroadDecoded, "/owa/healthcheck.htm", true)]
    public async Task A_rewrite_rule_aborts_what_it_matches(UrlRewriteRule rule, string target, bool answered)
    {
        // F49
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { UrlRewrite = rule }));
        Assert.Equal(answered, await IsAnsweredAsync(host, target));
    }

    [Fact]
    public async Task A_rule_can_be_on_one_node_alone()
    {
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(
            organization => organization with { UrlRewrite = UrlRewriteRule.Broad }, node => node with { UrlRewrite = UrlRewriteRule.None }));
        Assert.True(await IsAnsweredAsync(host, Raw));
    }

    [Fact]
    public async Task A_blocked_user_agent_is_refused()
    {
        // F64, [BLOCKOL]
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { BlockedUserAgents = ["Outlook-iOS-Android"] }));
        Assert.Equal(403, RawAnswer.Parse(await host.GetAsync("mail.contoso.com", "/Microsoft-Server-ActiveSync", "User-Agent: Outlook-iOS-Android/1.0\r\n")).Status);
        Assert.Equal(401, RawAnswer.Parse(await host.GetAsync("mail.contoso.com", "/Microsoft-Server-ActiveSync", "User-Agent: Other/1.0\r\n")).Status);
    }

    [Fact]
    public async Task A_protocol_that_is_offline_on_a_node_answers_503_and_the_others_answer()
    {
        // F32, F33, [LBDOC]
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(node: node => node with { Offline = [VirtualDirectory.ActiveSync] }));
        async Task<int> StatusAsync(string target) => RawAnswer.Parse(await host.GetAsync("mail.contoso.com", target)).Status;

        Assert.Equal(503, await StatusAsync("/Microsoft-Server-ActiveSync"));
        Assert.Equal(503, await StatusAsync("/microsoft-server-activesync/healthcheck.htm"));
        Assert.Equal(200, await StatusAsync("/owa/healthcheck.htm"));
        Assert.Equal(200, await StatusAsync(Raw));
    }

    [Theory]
    [InlineData(AutoDiscoverV2Support.NotFound, 404)]
    [InlineData(AutoDiscoverV2Support.ServerError, 500)]
    public async Task A_server_may_know_the_older_interfaces_alone(AutoDiscoverV2Support support, int status)
    {
        // F65
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { AutoDiscoverV2 = support }));
        Assert.Equal(status, RawAnswer.Parse(await host.GetAsync("autodiscover.contoso.com", Raw)).Status);
        Assert.Equal(401, RawAnswer.Parse(await host.GetAsync("autodiscover.contoso.com", "/autodiscover/autodiscover.xml")).Status);
    }

    [Theory]
    [InlineData("", "null")]
    [InlineData("https://ex01.internal/Microsoft-Server-ActiveSync", "\"https://ex01.internal/Microsoft-Server-ActiveSync\"")]
    public async Task A_wrong_or_empty_ExternalUrl_is_passed_on(string url, string given)
    {
        // F43
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { ActiveSyncUrl = url }));
        Assert.Equal($$"""{"Protocol":"ActiveSync","Url":{{given}}}""", RawAnswer.Parse(await host.GetAsync("autodiscover.contoso.com", Raw)).Body);
    }

    private static async Task<bool> IsAnsweredAsync(ExchangeHost host, string target)
    {
        try
        {
            return (await host.GetAsync("autodiscover.contoso.com", target)).Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
