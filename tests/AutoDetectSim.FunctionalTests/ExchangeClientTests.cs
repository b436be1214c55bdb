using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests;

/// <summary>Programs that others wrote, against the Exchange servers of a lab.</summary>
[Trait("Needs", "tools")]
public sealed class ExchangeClientTests(NpmClients clients) : IClassFixture<NpmClients>
{
    private const string World = """
        name: exchange-clients
        organizations:
          contoso:
            domains: [contoso.com]
            password: secret
            mailboxes: [your@contoso.com]
            mailboxSettings:
              cloud@contoso.com: { location: cloud }
        expect:
          - { detect: your@contoso.com }
        """;

    [Fact]
    public async Task Ews_javascript_api_finds_the_soap_endpoint_and_its_settings()
    {
        Assert.NotNull(clients);
        using var directory = new TemporaryFolder();
        await using var lab = await LabProcess.StartAsync(directory.Write("world.yaml", World));
        var answer = Parse(await NpmClients.RunAsync(lab, "ews.cjs", "your@contoso.com", "secret"));
        Assert.Equal("NoError", answer.GetProperty("code").GetString());
        Assert.Equal("https://autodiscover.contoso.com/autodiscover/autodiscover.svc", answer.GetProperty("endpoint").GetString());
        Assert.Equal("https://mail.contoso.com/EWS/Exchange.asmx", answer.GetProperty("settings").GetProperty("ExternalEwsUrl").GetString());
        Assert.Equal("your", answer.GetProperty("settings").GetProperty("UserDisplayName").GetString());
        Assert.Equal("Exchange2016", answer.GetProperty("server").GetString());

        var refused = Parse(await NpmClients.RunAsync(lab, "ews.cjs", "your@contoso.com", "wrong"));
        Assert.Equal("failed", refused.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_device_client_finds_activesync_over_autodiscover_xml()
    {
        Assert.NotNull(clients);
        using var directory = new TemporaryFolder();
        await using var lab = await LabProcess.StartAsync(directory.Write("world.yaml", World));
        var known = Parse(await NpmClients.RunAsync(lab, "mobilesync.cjs", "your@contoso.com", "secret"));
        Assert.Equal("https://mail.contoso.com/Microsoft-Server-ActiveSync", known.GetProperty("url").GetString());
        var unknown = Parse(await NpmClients.RunAsync(lab, "mobilesync.cjs", "nobody@contoso.com", "secret"));
        Assert.Equal(JsonValueKind.Null, unknown.GetProperty("url").ValueKind);
    }

    [Fact]
    public async Task Curl_makes_the_calls_of_the_field_scripts()
    {
        using var directory = new TemporaryFolder();
        await using var lab = await LabProcess.StartAsync(directory.Write("world.yaml", World));

        // [CSSV2], [HMAEAS], [OMEP]
        foreach (var url in (string[])
                 [
                     "https://autodiscover.contoso.com/autodiscover/autodiscover.json/v1.0/your@contoso.com?Protocol=ActiveSync&ServerLocation=true",
                     "https://autodiscover.contoso.com/autodiscover/autodiscover.json?Email=your@contoso.com&Protocol=ActiveSync&RedirectCount=3",
                     "https://autodiscover.contoso.com/Autodiscover/Autodiscover.json?Email=your%40contoso.com&Protocol=ActiveSync",
                 ])
        {
            Assert.Equal("""{"Protocol":"ActiveSync","Url":"https://mail.contoso.com/Microsoft-Server-ActiveSync"}""", await CurlAsync(lab, url));
        }

        // Exchange Online sends an on-premises mailbox on ([HMADOC]).
        Assert.StartsWith("""{"Protocol":"ActiveSync",""", await CurlAsync(lab, "--location", "https://outlook.office365.com/autodiscover/autodiscover.json?Email=your@contoso.com&Protocol=ActiveSync"), StringComparison.Ordinal);

        // The empty bearer as [HMAEAS] sends it.
        var challenge = await CurlAsync(lab, "--head", "--request", "GET", "--header", "Accept: application/json", "--header", "Authorization: Bearer ", "--header", "Content-Length: 0", "https://mail.contoso.com/Microsoft-Server-ActiveSync");
        Assert.Contains("HTTP/1.1 401 Unauthorized", challenge, StringComparison.Ordinal);
        Assert.Contains("WWW-Authenticate: Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", trusted_issuers=", challenge, StringComparison.Ordinal);
        Assert.Contains("authorization_uri=\"https://login.windows.net/common/oauth2/authorize\"", challenge, StringComparison.Ordinal);

        var options = await CurlAsync(lab, "--include", "--request", "OPTIONS", "--user", "your@contoso.com:secret", "https://mail.contoso.com/Microsoft-Server-ActiveSync");
        Assert.Contains("MS-ASProtocolVersions: 2.0,2.1,2.5,12.0,12.1,14.0,14.1,16.0,16.1", options, StringComparison.Ordinal);
    }

    private static async Task<string> CurlAsync(LabProcess lab, params string[] arguments)
    {
        var result = await Tool.RunAsync("curl", ["--silent", "--show-error", "--max-time", "60", "--proxy", lab.Gateway, "--cacert", lab.RootCertificate, .. arguments]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output;
    }

    private static JsonElement Parse(ToolResult result)
    {
        Assert.True(result.ExitCode == 0, result.ToString());
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }
}
