using System.Text.RegularExpressions;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Exchange;

public sealed class PoxTests
{
    private const string Host = "autodiscover.contoso.com";
    private const string Target = "/autodiscover/autodiscover.xml";
    private const string Outlook = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";
    private const string MobileSync = "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006";

    private static string Request(string email, string schema) =>
        $"<?xml version=\"1.0\" encoding=\"utf-8\"?><Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006\"><Request>"
        + $"<EMailAddress>{email}</EMailAddress><AcceptableResponseSchema>{schema}</AcceptableResponseSchema></Request></Autodiscover>";

    [Fact]
    public async Task A_GET_by_someone_who_is_logged_on_is_an_invalid_request()
    {
        // Error 600: [POXDOC], [ASCMD-ERR], [MC646]
        await using var host = await ExchangeHost.StartAsync();
        var answer = await host.LoggedOnAsync("GET", Host, Target);
        Assert.Equal(200, answer.Status);
        Assert.Equal(["text/xml; charset=utf-8"], answer["Content-Type"]);
        Assert.Matches("Id=\"[0-9]+\"", answer.Body);
        Assert.Equal(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006\">\r\n  <Response>\r\n"
            + "    <Error Time=\"16:46:21.0000000\" Id=\"N\">\r\n      <ErrorCode>600</ErrorCode>\r\n      <Message>Invalid Request</Message>\r\n      <DebugData />\r\n"
            + "    </Error>\r\n  </Response>\r\n</Autodiscover>",
            Regex.Replace(answer.Body, "Id=\"[0-9]+\"", "Id=\"N\""));
    }

    [Fact]
    public async Task The_Id_of_an_error_stands_for_the_server()
    {
        // [POXERRDOC]
        async Task<string> IdAsync(string name)
        {
            await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(node: node => node with { Name = name }));
            return Regex.Match((await host.LoggedOnAsync("GET", Host, Target)).Body, "Id=\"([0-9]+)\"").Groups[1].Value;
        }

        Assert.Equal(await IdAsync("ex01"), await IdAsync("EX01"));
        Assert.NotEqual(await IdAsync("ex01"), await IdAsync("ex02"));
    }

    [Theory]
    [InlineData("http://example.com/some/other/schema", "601")]
    [InlineData("", "600")]
    public async Task A_schema_without_a_provider_is_said_to_be_one(string schema, string code)
    {
        // [ASCMD-ERR]
        await using var host = await ExchangeHost.StartAsync();
        var answer = await host.LoggedOnAsync("POST", Host, Target, Request("your@contoso.com", schema));
        Assert.Contains($"<ErrorCode>{code}</ErrorCode>", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outlook_gets_its_settings()
    {
        // [POXDOC]
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with
        {
            MailboxSettings = new Dictionary<string, MailboxSettings> { ["your@contoso.com"] = new() { DisplayName = "You & <me>", Server = "ex01" } },
        }));
        var answer = await host.LoggedOnAsync("POST", Host, Target, Request("your@contoso.com", Outlook));
        Assert.Equal(200, answer.Status);
        Assert.Contains("<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006\">\r\n  <Response xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a\">", answer.Body, StringComparison.Ordinal);
        Assert.Contains("<DisplayName>You &amp; &lt;me&gt;</DisplayName>", answer.Body, StringComparison.Ordinal);
        Assert.Contains("<ASUrl>https://mail.contoso.com/EWS/Exchange.asmx</ASUrl>", answer.Body, StringComparison.Ordinal);
        Assert.Contains("<EwsUrl>https://mail.contoso.com/EWS/Exchange.asmx</EwsUrl>", answer.Body, StringComparison.Ordinal);
        Assert.Contains("<ServerVersion>73C286D4</ServerVersion>", answer.Body, StringComparison.Ordinal);
        Assert.Equal(["True"], answer["X-SOAP-Enabled"]);
    }

    [Fact]
    public async Task A_device_gets_the_activesync_url()
    {
        // [ZPUSH], [ASCMD-TYPE]
        await using var host = await ExchangeHost.StartAsync();
        var answer = await host.LoggedOnAsync("POST", Host, Target, Request("your@contoso.com", MobileSync));
        Assert.Equal(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006\">\r\n"
            + "  <Response xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006\">\r\n    <Culture>en:us</Culture>\r\n    <User>\r\n"
            + "      <DisplayName>your</DisplayName>\r\n      <EMailAddress>your@contoso.com</EMailAddress>\r\n    </User>\r\n    <Action>\r\n      <Settings>\r\n        <Server>\r\n"
            + "          <Type>MobileSync</Type>\r\n          <Url>https://mail.contoso.com/Microsoft-Server-ActiveSync</Url>\r\n"
            + "          <Name>https://mail.contoso.com/Microsoft-Server-ActiveSync</Name>\r\n        </Server>\r\n      </Settings>\r\n    </Action>\r\n  </Response>\r\n</Autodiscover>",
            answer.Body);
    }

    [Fact]
    public async Task A_device_of_a_stranger_is_told_that_the_directory_cannot_be_reached()
    {
        // [ASCMD-ERR2]
        await using var host = await ExchangeHost.StartAsync();
        var answer = await host.LoggedOnAsync("POST", Host, Target, Request("nobody@contoso.com", MobileSync));
        Assert.Contains("<Status>2</Status>", answer.Body, StringComparison.Ordinal);
        Assert.Contains("<Message>The directory service could not be reached</Message>", answer.Body, StringComparison.Ordinal);
        Assert.Contains("<DebugData>MailUser</DebugData>", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailbox_that_is_elsewhere_is_redirected()
    {
        // [POXERR], [ASCMD-REDIR]
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with
        {
            MailboxSettings = new Dictionary<string, MailboxSettings>
            {
                ["cloud@contoso.com"] = new() { Location = MailboxLocation.Cloud },
                ["other@contoso.com"] = new() { RedirectUrl = "https://autodiscover.fabrikam.com/autodiscover/autodiscover.xml" },
            },
        }));
        var cloud = await host.LoggedOnAsync("POST", Host, Target, Request("cloud@contoso.com", Outlook));
        Assert.Matches("<Action>redirectAddr</Action>\\s*<RedirectAddr>cloud@contoso.mail.onmicrosoft.com</RedirectAddr>", cloud.Body);
        var other = await host.LoggedOnAsync("POST", Host, Target, Request("other@contoso.com", Outlook));
        Assert.Matches("<Action>redirectUrl</Action>\\s*<RedirectUrl>https://autodiscover.fabrikam.com/autodiscover/autodiscover.xml</RedirectUrl>", other.Body);
        var device = await host.LoggedOnAsync("POST", Host, Target, Request("cloud@contoso.com", MobileSync));
        Assert.Matches("<Action>\\s*<Redirect>cloud@contoso.mail.onmicrosoft.com</Redirect>", device.Body);
    }

    [Theory]
    [InlineData("your@contoso.com:secret", 200)]
    [InlineData("CONTOSO\\your:secret", 200)]
    [InlineData("your@contoso.com:wrong", 401)]
    [InlineData("your@contoso.com:", 401)]
    [InlineData("your@contoso.com", 401)]
    [InlineData("nobody@contoso.com:secret", 401)]
    public async Task Credentials_are_judged(string credentials, int status)
    {
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { Password = "secret" }));
        Assert.Equal(status, (await host.LoggedOnAsync("GET", Host, Target, credentials: credentials)).Status);
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", 400)]
    [InlineData("<!DOCTYPE lolz [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><lolz>&c;</lolz>", 400)]
    [InlineData("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", 400)]
    [InlineData("not xml at all", 200)]
    [InlineData("<unclosed", 200)]
    [InlineData("", 200)]
    public async Task XML_with_a_document_type_is_refused_and_all_other_nonsense_is_an_invalid_request(string body, int status)
    {
        await using var host = await ExchangeHost.StartAsync();
        var answer = await host.LoggedOnAsync("POST", Host, Target, body);
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200, answer.Body.Contains("<ErrorCode>600</ErrorCode>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Elements_deeper_than_anyone_needs_are_refused()
    {
        await using var host = await ExchangeHost.StartAsync();
        var body = string.Concat(Enumerable.Repeat("<a>", 10_000)) + string.Concat(Enumerable.Repeat("</a>", 10_000));
        Assert.Equal(400, (await host.LoggedOnAsync("POST", Host, Target, body)).Status);
    }
}
