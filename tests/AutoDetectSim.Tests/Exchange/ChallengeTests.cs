using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Exchange;

public sealed class ChallengeTests
{
    private const string Host = "mail.contoso.com";
    private const string Target = "/Microsoft-Server-ActiveSync";
    private const string EmptyBearer = "Authorization: Bearer \r\n";
    private const string Identity = "X-User-Identity: your@contoso.com\r\n";
    private const string Client = "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\"";
    private const string Types = "token_types=\"app_asserted_user_v1 service_asserted_app_v1\"";
    private const string Basic = "Basic realm=\"mail.contoso.com\"";

    private static Scenario Auth(AuthenticationMode mode, string build = "15.2.1748.10") => ExchangeHost.Contoso(organization => organization with { Auth = mode, Build = build });

    [Fact]
    public async Task Behind_TLS_offload_the_audience_is_wrong()
    {
        // Variant B, [HMADOC]
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(
            balancer: balancer => balancer with { Tls = TlsHandling.Terminate, BackEnd = BackEndTransport.Http }));
        var answer = RawAnswer.Parse(await host.GetAsync(Host, Target, EmptyBearer));
        Assert.Equal(
            [
                $"{Client}, trusted_issuers=\"00000001-0000-0000-c000-000000000000@b9cd8e2d-9e3a-4e3c-8d0c-000000000001\", authorization_uri=\"https://login.windows.net/common/oauth2/authorize\", error=\"invalid_token\"",
                Basic,
            ],
            answer["WWW-Authenticate"]);
        Assert.Equal(
            ["2000003;reason=\"The hostname component of the audience claim value is invalid. Expected 'https://mail.contoso.com'. Actual 'http://mail.contoso.com'.\";error_category=\"invalid_resource\""],
            answer["x-ms-diagnostics"]);
    }

    [Theory]
    [InlineData(AuthenticationMode.HybridModern, "authorization_uri=\"https://login.windows.net/common/oauth2/authorize\", issuer_kind=\"AzureAD\"")]
    [InlineData(AuthenticationMode.Adfs, "authorization_uri=\"https://adfs.contoso.com/adfs/oauth2/authorize\", issuer_kind=\"ADFS\"")]
    public async Task A_caller_that_names_its_mailbox_is_told_its_issuer(AuthenticationMode mode, string issuer)
    {
        // Variant E, [EASOAUTH]
        await using var host = await ExchangeHost.StartAsync(Auth(mode));
        var answer = RawAnswer.Parse(await host.GetAsync(Host, Target, EmptyBearer + Identity));
        Assert.Equal([Basic, $"{Client}, {Types}, {issuer}, error=\"invalid_token\""], answer["WWW-Authenticate"]);
    }

    [Fact]
    public async Task ADFS_tells_an_unnamed_caller_nothing_and_needs_2019_CU13()
    {
        await using (var host = await ExchangeHost.StartAsync(Auth(AuthenticationMode.Adfs)))
        {
            Assert.Equal([Basic, $"{Client}, {Types}, error=\"invalid_token\""], RawAnswer.Parse(await host.GetAsync(Host, Target, EmptyBearer))["WWW-Authenticate"]);
        }

        await using (var host = await ExchangeHost.StartAsync(Auth(AuthenticationMode.Adfs, "15.2.1118.7")))
        {
            Assert.Equal([Basic], RawAnswer.Parse(await host.GetAsync(Host, Target, EmptyBearer + Identity))["WWW-Authenticate"]);
        }
    }

    [Fact]
    public async Task A_mailbox_that_may_not_use_modern_authentication_is_refused_by_name()
    {
        // F42
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with
        {
            MailboxSettings = new Dictionary<string, MailboxSettings> { ["your@contoso.com"] = new() { Auth = AuthenticationMode.ModernOff } },
        }));
        Assert.DoesNotContain("authorization_uri", string.Concat(RawAnswer.Parse(await host.GetAsync(Host, Target, EmptyBearer + Identity))["WWW-Authenticate"]), StringComparison.Ordinal);
        Assert.Contains("authorization_uri", string.Concat(RawAnswer.Parse(await host.GetAsync(Host, Target, EmptyBearer))["WWW-Authenticate"]), StringComparison.Ordinal);
        Assert.Equal(401, RawAnswer.Parse(await host.GetAsync(Host, Target, $"Authorization: Bearer {host.Servers.IssueToken("your@contoso.com", "https://mail.contoso.com/")}\r\n")).Status);
    }

    [Fact]
    public async Task Without_a_default_authorization_endpoint_there_is_no_authorization_uri()
    {
        // F40
        await using var host = await ExchangeHost.StartAsync(Auth(AuthenticationMode.NoAuthorizationUri));
        var bearer = RawAnswer.Parse(await host.GetAsync(Host, Target, EmptyBearer))["WWW-Authenticate"].First();
        Assert.EndsWith(Types, bearer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(EmptyBearer)]
    public async Task A_gateway_that_imitates_Exchange_offers_bearer_to_everyone(string headers)
    {
        // Variant F, [RUSTEAS]
        await using var host = await ExchangeHost.StartAsync(Auth(AuthenticationMode.Gateway));
        Assert.Equal(
            [$"{Client}, trusted_issuers=\"00000001-0001-0000-c000-000000000000@*\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\"", Basic],
            RawAnswer.Parse(await host.GetAsync(Host, Target, headers))["WWW-Authenticate"]);
    }

    [Theory]
    [InlineData("15.0.1365.1", true)] // 2013 CU19
    [InlineData("15.0.1263.5", false)]
    [InlineData("15.1.1415.2", true)] // 2016 CU8
    [InlineData("15.1.1261.35", false)]
    [InlineData("15.2.330.5", true)] // 2019 CU1
    [InlineData("15.2.221.12", false)]
    [InlineData("15.2.2562.17", true)] // SE
    [InlineData("14.3.123.4", false)] // 2010 SP3
    public async Task Hybrid_modern_authentication_needs_its_cumulative_update(string build, bool offered)
    {
        // [HMADOC]
        await using var host = await ExchangeHost.StartAsync(Auth(AuthenticationMode.HybridModern, build));
        Assert.Equal(offered ? 2 : 1, RawAnswer.Parse(await host.GetAsync(Host, Target, EmptyBearer))["WWW-Authenticate"].Count());
    }

    [Fact]
    public async Task A_token_of_the_cloud_opens_the_mailbox_it_is_for()
    {
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with
        {
            MailboxSettings = new Dictionary<string, MailboxSettings> { ["old@contoso.com"] = new() { Server = "ex10" } },
        }, balancer: balancer => balancer with { Nodes = [.. balancer.Nodes, new NodeDefinition { Name = "ex10", Build = "14.3.123.4" }] }));
        async Task<RawAnswer> OptionsAsync(string token) =>
            RawAnswer.Parse(await host.RawAsync($"OPTIONS {Target} HTTP/1.1\r\nHost: {Host}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"));

        var token = host.Servers.IssueToken("your@contoso.com", "https://mail.contoso.com/");
        Assert.Equal(200, (await OptionsAsync(token)).Status);
        var other = await OptionsAsync(host.Servers.IssueToken("your@contoso.com", "https://mail.fabrikam.com/"));
        Assert.Equal(401, other.Status);
        Assert.StartsWith("2000003;", other["x-ms-diagnostics"].Single(), StringComparison.Ordinal);
        Assert.Equal(401, (await OptionsAsync(token[..^2] + "xx")).Status);
        Assert.Equal(401, (await OptionsAsync("no.jwt.at-all")).Status);
        // F52: OAuth is offered, and cannot reach the mailbox on a server that is too old for it.
        Assert.Equal(401, (await OptionsAsync(host.Servers.IssueToken("old@contoso.com", "https://mail.contoso.com/"))).Status);
        host.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(401, (await OptionsAsync(token)).Status);
    }

    [Theory]
    [InlineData(OAuthState.AuthCertificateExpired)]
    [InlineData(OAuthState.SigningKeysStale)]
    public async Task Servers_whose_OAuth_is_broken_offer_it_and_refuse_every_token(OAuthState state)
    {
        // F45, F46
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { OAuth = state }));
        Assert.Contains("authorization_uri", string.Concat(RawAnswer.Parse(await host.GetAsync(Host, Target, EmptyBearer))["WWW-Authenticate"]), StringComparison.Ordinal);
        var token = host.Servers.IssueToken("your@contoso.com", "https://mail.contoso.com/");
        var answer = RawAnswer.Parse(await host.GetAsync(Host, Target, $"Authorization: Bearer {token}\r\n"));
        Assert.Equal(401, answer.Status);
        Assert.EndsWith("error=\"invalid_token\"", answer["WWW-Authenticate"].First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_service_principal_no_token_is_issued()
    {
        // F44, [SPNDOC]
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { OAuth = OAuthState.ServicePrincipalMissing }));
        var failure = Assert.Throws<ArgumentException>(() => host.Servers.IssueToken("your@contoso.com", "https://mail.contoso.com/"));
        Assert.Contains("AADSTS500011", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_balancer_that_reads_no_HTTP_cannot_change_any()
    {
        var result = ScenarioLoader.Parse(
            "loadBalancers:\n  perimeter:\n    backEnd: http\n    preAuthentication: form\n    challenges: removed\norganizations:\n  contoso:\n    domains: [contoso.com]\n    mailboxSettings:\n      a@fabrikam.com: { location: cloud }\n",
            "world.yaml",
            null);
        Assert.Equal([3, 4, 5, 10], result.Problems.Select(problem => problem.Line));
        Assert.All(result.Problems.Take(3), problem => Assert.Equal("tls: terminate", problem.Expected));
    }

    [Fact]
    public async Task Proxies_that_merge_or_remove_challenges_do_so()
    {
        // F37
        await using (var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(balancer: balancer => balancer with { Challenges = ChallengeHandling.Merged })))
        {
            var challenge = Assert.Single(RawAnswer.Parse(await host.GetAsync(Host, Target, EmptyBearer))["WWW-Authenticate"]);
            Assert.EndsWith("authorize\", Basic realm=\"mail.contoso.com\"", challenge, StringComparison.Ordinal);
        }

        await using (var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(balancer: balancer => balancer with { Challenges = ChallengeHandling.Removed })))
        {
            Assert.Empty(RawAnswer.Parse(await host.GetAsync(Host, Target, EmptyBearer))["WWW-Authenticate"]);
        }
    }

    [Fact]
    public async Task A_request_without_a_host_reads_the_internal_address_of_the_node()
    {
        // [RECON]
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(node: node => node with { InternalAddress = "10.1.2.3" }));
        var answer = RawAnswer.Parse(await host.RawAsync("GET /Microsoft-Server-ActiveSync HTTP/1.0\r\n\r\n"));
        Assert.Equal(["Basic realm=\"10.1.2.3\""], answer["WWW-Authenticate"]);
    }
}
