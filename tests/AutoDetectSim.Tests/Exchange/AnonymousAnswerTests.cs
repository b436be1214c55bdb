using System.Text.RegularExpressions;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Exchange;

public sealed class AnonymousAnswerTests
{
    private const string Mail = "mail.contoso.com";
    private const string ActiveSync = "/Microsoft-Server-ActiveSync";

    private const string VariantA =
        "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", trusted_issuers=\"00000001-0000-0000-c000-000000000000@b9cd8e2d-9e3a-4e3c-8d0c-000000000001,"
        + "00000004-0000-0ff1-ce00-000000000000@contoso.com\", token_types=\"app_asserted_user_v1 service_asserted_app_v1\", authorization_uri=\"https://login.windows.net/common/oauth2/authorize\"";

    [Fact]
    public async Task The_anonymous_answer_of_autodiscover_xml_is_that_of_RECON_byte_for_byte()
    {
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(
            organization => organization with { Build = "15.0.1365.1" }, node => node with { Name = "PITSVCAS02" }));
        var answer = await host.GetAsync("autodiscover.contoso.com", "/autodiscover/autodiscover.xml");
        answer = Regex.Replace(answer, "request-id: [0-9a-f-]{36}", "request-id: GUID");
        Assert.Equal(
            "HTTP/1.1 401 Unauthorized\r\nCache-Control: private\r\nServer: Microsoft-IIS/8.5\r\nrequest-id: GUID\r\nX-SOAP-Enabled: True\r\n"
            + "X-WSSecurity-Enabled: True\r\nX-WSSecurity-For: None\r\nX-OAuth-Enabled: True\r\nX-AspNet-Version: 4.0.30319\r\n"
            + "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\nWWW-Authenticate: Basic realm=\"autodiscover.contoso.com\"\r\n"
            + "X-Powered-By: ASP.NET\r\nX-FEServer: PITSVCAS02\r\nDate: Sat, 15 May 2021 16:46:21 GMT\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
            answer);
    }

    [Fact]
    public async Task An_anonymous_caller_of_activesync_is_offered_basic_alone()
    {
        // [GUC], [EASOAUTH]: Bearer only to a client that said Bearer.
        await using var host = await ExchangeHost.StartAsync();
        var answer = RawAnswer.Parse(await host.GetAsync(Mail, ActiveSync));
        Assert.Equal(401, answer.Status);
        Assert.Equal(["Basic realm=\"mail.contoso.com\""], answer["WWW-Authenticate"]);
    }

    [Fact]
    public async Task An_empty_bearer_is_told_where_hybrid_modern_authentication_begins()
    {
        // Variant A, [HMADOC]
        await using var host = await ExchangeHost.StartAsync();
        var answer = RawAnswer.Parse(await host.GetAsync(Mail, ActiveSync, "Accept: application/json\r\nAuthorization: Bearer \r\nContent-Length: 0\r\n"));
        Assert.Equal(401, answer.Status);
        Assert.Equal([VariantA, "Basic realm=\"mail.contoso.com\""], answer["WWW-Authenticate"]);
    }

    [Fact]
    public async Task An_empty_bearer_gets_basic_from_a_basic_organization()
    {
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { Auth = AuthenticationMode.Basic }));
        var answer = RawAnswer.Parse(await host.GetAsync(Mail, ActiveSync, "Authorization: Bearer \r\n"));
        Assert.Equal(["Basic realm=\"mail.contoso.com\""], answer["WWW-Authenticate"]);
    }

    [Fact]
    public async Task OPTIONS_with_credentials_of_Exchange_2010_is_the_example_of_the_specification_byte_for_byte()
    {
        // [ASHTTP-43]
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { Build = "14.0.536.0" }));
        var credentials = Convert.ToBase64String("your@contoso.com:secret"u8);
        var answer = await host.RawAsync($"OPTIONS {ActiveSync} HTTP/1.1\r\nHost: {Mail}\r\nAuthorization: Basic {credentials}\r\nConnection: close\r\n\r\n");
        Assert.Equal(
            "HTTP/1.1 200 OK\r\nCache-Control: private\r\nAllow: OPTIONS,POST\r\nServer: Microsoft-IIS/7.5\r\nMS-Server-ActiveSync: 14.00.0536.000\r\n"
            + "MS-ASProtocolVersions: 2.0,2.1,2.5,12.0,12.1,14.0\r\nMS-ASProtocolCommands: Sync,SendMail,SmartForward,SmartReply,GetAttachment,GetHierarchy,CreateCollection,"
            + "DeleteCollection,MoveCollection,FolderSync,FolderCreate,FolderDelete,FolderUpdate,MoveItems,GetItemEstimate,MeetingResponse,Search,Settings,Ping,ItemOperations,"
            + "Provision,ResolveRecipients,ValidateCert\r\nPublic: OPTIONS,POST\r\nX-AspNet-Version: 2.0.50727\r\nX-Powered-By: ASP.NET\r\n"
            + "Date: Sat, 15 May 2021 16:46:21 GMT\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
            answer);
    }

    [Theory]
    [InlineData("/autodiscover")]
    [InlineData("/OWA")]
    [InlineData("/ecp")]
    [InlineData("/EWS")]
    [InlineData("/Microsoft-Server-ActiveSync")]
    [InlineData("/mapi")]
    [InlineData("/rpc")]
    [InlineData("/oab")]
    [InlineData("/PowerShell")]
    public async Task Every_virtual_directory_has_a_health_check(string folder)
    {
        // [HCBODY]
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(node: node => node with { Name = "exch-svr-2" }));
        var answer = RawAnswer.Parse(await host.GetAsync(Mail, folder + "/healthcheck.htm"));
        Assert.Equal(200, answer.Status);
        Assert.Equal("200 OK<br/>EXCH-SVR-2.CONTOSO.COM", answer.Body);
    }

    [Theory]
    [InlineData("/EWS/Exchange.asmx", new[] { "Negotiate", "NTLM" })]
    [InlineData("/autodiscover/autodiscover.xml", new[] { "Negotiate", "NTLM", "Basic realm=\"mail.contoso.com\"" })]
    [InlineData("/mapi/emsmdb", new[] { "Negotiate", "NTLM" })]
    public async Task The_anonymous_caller_sees_the_methods_of_each_virtual_directory(string target, string[] methods)
    {
        // [GUC], Exchange 2019 CU15
        await using var host = await ExchangeHost.StartAsync();
        var answer = RawAnswer.Parse(await host.GetAsync(Mail, target));
        Assert.Equal(401, answer.Status);
        Assert.Equal(methods, answer["WWW-Authenticate"]);
    }

    [Fact]
    public async Task OWA_leads_to_its_logon_form_and_tells_its_build()
    {
        // [GUC]
        await using var host = await ExchangeHost.StartAsync();
        var answer = RawAnswer.Parse(await host.GetAsync(Mail, "/owa/"));
        Assert.Equal(302, answer.Status);
        Assert.Equal(["https://mail.contoso.com/owa/auth/logon.aspx?url=https%3A%2F%2Fmail.contoso.com%2Fowa%2F&reason=0"], answer["Location"]);
        Assert.Equal(["15.2.1748.10"], answer["X-OWA-Version"]);
    }

    [Fact]
    public async Task Request_ids_differ_between_requests_and_repeat_between_runs_of_a_seed()
    {
        async Task<List<string>> RunAsync()
        {
            await using var host = await ExchangeHost.StartAsync();
            var ids = new List<string>();
            for (var count = 0; count < 3; count++)
            {
                ids.AddRange(RawAnswer.Parse(await host.GetAsync(Mail, ActiveSync))["request-id"]);
            }

            return ids;
        }

        var first = await RunAsync();
        Assert.Equal(3, first.Distinct().Count());
        Assert.Equal(first, await RunAsync());
    }

    [Theory]
    [InlineData("/__admin/mappings")]
    [InlineData("/__ADMIN/mappings")]
    [InlineData("/%5f%5fadmin/mappings")]
    public async Task A_virtual_IP_never_leads_to_the_admin_api(string target)
    {
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso() with { WireMockAdmin = true }, allowsAdmin: true);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", host.Servers.AdminToken);
        Assert.Contains("autodiscover.json/success", await client.GetStringAsync(host.Servers.AdminUrl + "/mappings"), StringComparison.Ordinal);
        Assert.Equal(404, RawAnswer.Parse(await host.GetAsync(Mail, target)).Status);
    }
}
