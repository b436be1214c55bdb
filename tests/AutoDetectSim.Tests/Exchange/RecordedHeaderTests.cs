using System.Text;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Exchange;

/// <summary>Headers that real servers were seen to send, and not to send.</summary>
public sealed class RecordedHeaderTests
{
    private const string Mail = "mail.contoso.com";
    private const string ActiveSync = "/Microsoft-Server-ActiveSync";
    private const string EmptyBearer = "Authorization: Bearer \r\n";
    private const string Commands =
        "Sync,SendMail,SmartForward,SmartReply,GetAttachment,GetHierarchy,CreateCollection,DeleteCollection,MoveCollection,FolderSync,FolderCreate,FolderDelete,FolderUpdate,MoveItems,"
        + "GetItemEstimate,MeetingResponse,Search,Settings,Ping,ItemOperations,Provision,ResolveRecipients,ValidateCert,Find";

    [Fact]
    public async Task A_hybrid_server_without_OAuth_answers_as_the_one_of_QA1792037()
    {
        await using var host = await StartAsync("15.2.1544.11", AuthenticationMode.ModernOff);
        var answer = RawAnswer.Parse(await host.GetAsync(Mail, ActiveSync, EmptyBearer));
        Assert.Equal(
            [
                "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", trusted_issuers=\"00000001-0000-0000-c000-000000000000@b9cd8e2d-9e3a-4e3c-8d0c-000000000001\", "
                + "token_types=\"app_asserted_user_v1 service_asserted_app_v1\", error=\"invalid_token\"",
                "Basic realm=\"mail.contoso.com\"",
            ],
            answer["WWW-Authenticate"]);
        Assert.Equal(["4000000;reason=\"Flighting is not enabled for domain 'mail.contoso.com'.\";error_category=\"oauth_not_available\""], answer["x-ms-diagnostics"]);
        Assert.Equal(["15.2.1544.11"], answer["X-OWA-Version"]);
        Assert.Empty(answer["X-AspNet-Version"]);
    }

    [Theory]
    [InlineData("15.2.1748.10", "/Microsoft-Server-ActiveSync", true, false)] // [QA1792037], [GUC]
    [InlineData("15.2.1748.10", "/autodiscover/autodiscover.xml", true, false)]
    [InlineData("15.2.986.14", "/EWS/Exchange.asmx", true, false)] // [PROXYSH]
    [InlineData("15.1.1713.5", "/Microsoft-Server-ActiveSync", false, false)] // [HMAIMG]
    [InlineData("15.0.1365.1", "/autodiscover/autodiscover.xml", false, true)] // [RECON]
    [InlineData("14.3.123.4", "/Microsoft-Server-ActiveSync", false, true)]
    public async Task What_a_401_says_of_its_server_depends_on_the_build(string build, string target, bool hasVersion, bool hasAspNet)
    {
        await using var host = await StartAsync(build);
        var answer = RawAnswer.Parse(await host.GetAsync(Mail, target));
        Assert.Equal(401, answer.Status);
        Assert.Equal(hasVersion ? [build] : Array.Empty<string>(), answer["X-OWA-Version"]);
        Assert.Equal(hasAspNet, answer["X-AspNet-Version"].Any());
    }

    [Fact]
    public async Task OPTIONS_is_answered_as_in_HMAIMG()
    {
        await using var host = await StartAsync("15.1.1713.5");
        var answer = await host.LoggedOnAsync("OPTIONS", Mail, ActiveSync);
        Assert.Equal(200, answer.Status);
        Assert.Equal(["OPTIONS,POST"], answer["Allow"]);
        Assert.Equal(["15.1"], answer["MS-Server-ActiveSync"]);
        Assert.Equal(["2.0,2.1,2.5,12.0,12.1,14.0,14.1,16.0,16.1"], answer["MS-ASProtocolVersions"]);
        Assert.Equal([Commands], answer["MS-ASProtocolCommands"]);
        Assert.Equal(["application/vnd.ms-sync.wbxml"], answer["Content-Type"]);
        Assert.Equal(["L/-470"], answer["X-MS-BackOffDuration"]);
        Assert.Equal(["X-BackEndCookie=; path=/Microsoft-Server-ActiveSync; secure; HttpOnly"], answer["Set-Cookie"]);
        Assert.Equal(["4.0.30319"], answer["X-AspNet-Version"]);
        Assert.Equal(["0"], answer["Content-Length"]);
    }

    [Fact]
    public async Task The_settings_answer_names_the_versions_as_in_HMAIMG()
    {
        await using var host = await StartAsync("15.1.1713.5");
        var body = Encoding.Latin1.GetString([0x03, 0x01, 0x6A, 0x00, 0x00, 0x12, 0x45, 0x5D, 0x07, 0x01, 0x01]);
        var answer = await host.LoggedOnAsync("POST", Mail, ActiveSync + "?Cmd=Settings&DeviceId=OutlookService&DeviceType=OutlookService", body, "MS-ASProtocolVersion: 14.1\r\n");
        Assert.Equal(200, answer.Status);
        Assert.Equal(["2.0,2.1,2.5,12.0,12.1,14.0,14.1,16.0,16.1"], answer["X-MS-RP"]);
        Assert.Equal(answer["X-MS-RP"], answer["MS-ASProtocolVersions"]);
        Assert.Equal([Commands], answer["MS-ASProtocolCommands"]);
        Assert.Equal(["L/-469"], answer["X-MS-BackOffDuration"]);
        Assert.Empty(answer["MS-Server-ActiveSync"]);
    }

    [Theory]
    [InlineData("/Autodiscover/", new[] { "Negotiate", "NTLM", "Basic realm=\"mail.contoso.com\"" })]
    [InlineData("/autodiscover", new[] { "Negotiate", "NTLM", "Basic realm=\"mail.contoso.com\"" })]
    [InlineData("/api/", new[] { "Negotiate", "NTLM" })] // [APIAUDIT]
    [InlineData("/api/v2.0/", new[] { "Negotiate", "NTLM" })]
    public async Task Folders_ask_who_comes(string target, string[] methods)
    {
        await using var host = await StartAsync("15.2.1748.36");
        var answer = RawAnswer.Parse(await host.GetAsync(Mail, target));
        Assert.Equal(401, answer.Status);
        Assert.Equal(methods, answer["WWW-Authenticate"]);
    }

    [Fact]
    public async Task There_is_no_REST_interface_before_2016_CU3()
    {
        await using var host = await StartAsync("15.1.466.34");
        Assert.Equal(404, RawAnswer.Parse(await host.GetAsync(Mail, "/api/v2.0/")).Status);
    }

    private static Task<ExchangeHost> StartAsync(string build, AuthenticationMode mode = AuthenticationMode.HybridModern) =>
        ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { Build = build, Auth = mode }));
}
