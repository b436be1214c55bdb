using System.Xml.Linq;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Exchange;

public sealed class SoapTests
{
    private const string Host = "autodiscover.contoso.com";
    private const string Target = "/autodiscover/autodiscover.svc";
    private static readonly XNamespace Messages = "http://schemas.microsoft.com/exchange/2010/Autodiscover";

    private static string Request(string mailbox, string settings, string version = "<a:RequestedServerVersion>Exchange2010</a:RequestedServerVersion>") =>
        "<soap:Envelope xmlns:a=\"http://schemas.microsoft.com/exchange/2010/Autodiscover\" xmlns:wsa=\"http://www.w3.org/2005/08/addressing\" xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">"
        + $"<soap:Header>{version}<wsa:Action>http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings</wsa:Action></soap:Header><soap:Body><a:GetUserSettingsRequestMessage><a:Request>"
        + $"<a:Users><a:User><a:Mailbox>{mailbox}</a:Mailbox></a:User></a:Users><a:RequestedSettings>{string.Concat(settings.Split(',').Select(name => $"<a:Setting>{name}</a:Setting>"))}</a:RequestedSettings>"
        + "</a:Request></a:GetUserSettingsRequestMessage></soap:Body></soap:Envelope>";

    [Fact]
    public async Task The_settings_that_are_asked_for_are_given_and_unknown_ones_are_errors()
    {
        // [SOAPDOC]
        await using var host = await ExchangeHost.StartAsync();
        var answer = await host.LoggedOnAsync("POST", Host, Target, Request("your@contoso.com", "ExternalEwsUrl,CasVersion,NoSuchSetting"));
        Assert.Equal(200, answer.Status);
        var document = XDocument.Parse(answer.Body);
        Assert.Equal("15", document.Descendants(Messages + "MajorVersion").Single().Value);
        Assert.Equal(
            [("ExternalEwsUrl", "https://mail.contoso.com/EWS/Exchange.asmx"), ("CasVersion", "15.02.1748.010")],
            document.Descendants(Messages + "UserSetting").Select(setting => (setting.Element(Messages + "Name")!.Value, setting.Element(Messages + "Value")!.Value)));
        Assert.Equal("NoSuchSetting", document.Descendants(Messages + "SettingName").Single().Value);
        Assert.Equal("No error.", document.Descendants(Messages + "UserResponse").Single().Element(Messages + "ErrorMessage")!.Value);
    }

    [Fact]
    public async Task A_mailbox_that_is_elsewhere_is_redirected_and_a_stranger_is_invalid()
    {
        // [POXERR]
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with
        {
            MailboxSettings = new Dictionary<string, MailboxSettings> { ["cloud@contoso.com"] = new() { Location = MailboxLocation.Cloud } },
        }));
        var moved = XDocument.Parse((await host.LoggedOnAsync("POST", Host, Target, Request("cloud@contoso.com", "ExternalEwsUrl"))).Body).Descendants(Messages + "UserResponse").Single();
        Assert.Equal("RedirectAddress", moved.Element(Messages + "ErrorCode")!.Value);
        Assert.Equal("cloud@contoso.mail.onmicrosoft.com", moved.Element(Messages + "RedirectTarget")!.Value);
        var stranger = XDocument.Parse((await host.LoggedOnAsync("POST", Host, Target, Request("nobody@contoso.com", "ExternalEwsUrl"))).Body).Descendants(Messages + "UserResponse").Single();
        Assert.Equal("InvalidUser", stranger.Element(Messages + "ErrorCode")!.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<a:RequestedServerVersion>Outlook</a:RequestedServerVersion>")]
    public async Task A_missing_or_wrong_version_is_a_fault(string version)
    {
        // [EWSMA140]
        await using var host = await ExchangeHost.StartAsync();
        var answer = await host.LoggedOnAsync("POST", Host, Target, Request("your@contoso.com", "ExternalEwsUrl", version));
        Assert.Equal(500, answer.Status);
        Assert.Contains("<faultstring>The RequestedServerVersion header is missing or invalid.</faultstring>", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anonymous_callers_are_challenged_and_nonsense_is_refused()
    {
        await using var host = await ExchangeHost.StartAsync();
        Assert.Equal(["Negotiate", "NTLM", "Basic realm=\"autodiscover.contoso.com\""], RawAnswer.Parse(await host.GetAsync(Host, Target))["WWW-Authenticate"]);
        Assert.Equal(400, (await host.LoggedOnAsync("POST", Host, Target, "nonsense")).Status);
        Assert.Equal(400, (await host.LoggedOnAsync("POST", Host, Target, "<!DOCTYPE a [<!ENTITY b \"c\">]>" + Request("your@contoso.com", "CasVersion"))).Status);
        Assert.Equal(500, (await host.LoggedOnAsync("POST", Host, Target, "<Envelope><Body><Other/></Body></Envelope>")).Status);
    }
}
