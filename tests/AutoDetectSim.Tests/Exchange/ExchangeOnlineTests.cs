using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Exchange;

public sealed class ExchangeOnlineTests
{
    private const string Online = "outlook.office365.com";

    [Fact]
    public async Task An_on_premises_mailbox_of_a_hybrid_organization_leads_to_its_autodiscover()
    {
        // [HMADOC]
        await using var host = await ExchangeHost.StartAsync();
        var answer = RawAnswer.Parse(await host.GetAsync(Online, "/autodiscover/autodiscover.json?Email=test%40contoso.com&Protocol=activesync&RedirectCount=2"));
        Assert.Equal(302, answer.Status);
        Assert.Equal(["https://autodiscover.contoso.com/autodiscover/autodiscover.json?Email=test%40contoso.com&Protocol=activesync&RedirectCount=3"], answer["Location"]);
        Assert.Equal(
            "<html><head><title>Object moved</title></head><body>\r\n<h2>Object moved to <a href=\"https://autodiscover.contoso.com/autodiscover/autodiscover.json?"
            + "Email=test%40contoso.com&amp;Protocol=activesync&amp;RedirectCount=3\">here</a>.</h2>\r\n</body></html>\r\n",
            answer.Body);
    }

    [Fact]
    public async Task A_cloud_mailbox_gets_the_urls_of_the_cloud_in_97_bytes()
    {
        // [O365ENUM]
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with
        {
            MailboxSettings = new Dictionary<string, MailboxSettings> { ["Test@contoso.com"] = new() { Location = MailboxLocation.Cloud } },
        }));
        var answer = RawAnswer.Parse(await host.GetAsync(Online, "/autodiscover/autodiscover.json/v1.0/test@contoso.com?Protocol=Autodiscoverv1"));
        Assert.Equal("""{"Protocol":"Autodiscoverv1","Url":"https://outlook.office365.com/autodiscover/autodiscover.xml"}""", answer.Body);
        Assert.Equal(["97"], answer["Content-Length"]);
        var sentOn = RawAnswer.Parse(await host.GetAsync("autodiscover.contoso.com", "/autodiscover/autodiscover.json?Email=test@contoso.com&Protocol=ActiveSync"));
        Assert.Equal(["https://outlook.office365.com/autodiscover/autodiscover.json?Email=test%40contoso.com&Protocol=ActiveSync&RedirectCount=1"], sentOn["Location"]);
    }

    [Theory]
    [InlineData("nonexistent@contoso.com", AuthenticationMode.HybridModern)]
    [InlineData("test@contoso.com", AuthenticationMode.Basic)]
    [InlineData("someone@elsewhere.example", AuthenticationMode.HybridModern)]
    public async Task Whom_the_cloud_does_not_know_it_redirects_to_itself(string address, AuthenticationMode mode)
    {
        // [O365ENUM]
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { Auth = mode }));
        var answer = RawAnswer.Parse(await host.GetAsync(Online, $"/autodiscover/autodiscover.json/v1.0/{address}?Protocol=Autodiscoverv1"));
        Assert.Equal(302, answer.Status);
        Assert.Equal([$"https://outlook.office365.com/autodiscover/autodiscover.json?Email={Uri.EscapeDataString(address)}&Protocol=Autodiscoverv1&RedirectCount=1"], answer["Location"]);
    }

    [Fact]
    public async Task An_unsupported_protocol_is_refused_in_the_569_bytes_of_PNS()
    {
        await using var host = await ExchangeHost.StartAsync();
        var answer = RawAnswer.Parse(await host.GetAsync(Online, "/autodiscover/autodiscover.json?Email=test@contoso.com&Protocol=XYZ"));
        Assert.Equal(400, answer.Status);
        Assert.Equal(["true"], answer["jsonerror"]);
        Assert.Equal(["569"], answer["Content-Length"]);
        Assert.Equal(
            "{\"ErrorCode\":\"ProtocolNotSupported\",\"ErrorMessage\":\"The given protocol value \\u0027XYZ\\u0027 is not supported. Supported values are \\u0027Rest,ActiveSync,Ews,Substrate,"
            + "SubstrateSearchService,AutodiscoverV1,SubstrateNotificationService,OutlookMeetingScheduler,OutlookPay,Actions,Connectors,ConnectorsProcessors,ConnectorsWebhook,NotesClient,"
            + "OwaPoweredExperience,ToDo,Weve,OutlookLocationsService,OutlookCloudSettingsService,OutlookTailoredExperiences,OwaPoweredExperienceV2,Speedway,"
            + "SpeechAndLanguagePersonalization,SubstrateSignalService,CompliancePolicyService\\u0027\"}",
            answer.Body);
    }

    [Theory]
    [InlineData("Rest", "https://outlook.office.com/api")]
    [InlineData("Substrate", "https://substrate.office.com")]
    [InlineData("SubstrateSearchService", "https://outlook.office365.com/search")]
    [InlineData("SubstrateNotificationService", "https://substrate.office.com/insights")]
    [InlineData("OutlookMeetingScheduler", "https://outlook.office.com/scheduling/api")]
    [InlineData("outlookpay", "https://outlook.office.com/opay")]
    [InlineData("ToDo", "https://substrate.office.com/todob2")]
    public async Task Each_protocol_of_the_cloud_has_its_own_address(string protocol, string url)
    {
        // [AADINT], [GROMOX]
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { Location = MailboxLocation.Cloud }));
        var answer = RawAnswer.Parse(await host.GetAsync(Online, $"/autodiscover/autodiscover.json?Email=test@contoso.com&Protocol={protocol}"));
        Assert.Equal($$"""{"Protocol":"{{protocol}}","Url":"{{url}}"}""", answer.Body);
    }

    [Theory]
    [InlineData("contoso.com", AuthenticationMode.HybridModern, true)]
    [InlineData("CONTOSO.onmicrosoft.com", AuthenticationMode.HybridModern, true)]
    [InlineData("fabrikam.com", AuthenticationMode.HybridModern, false)]
    [InlineData("contoso.com", AuthenticationMode.Basic, false)]
    public async Task Anyone_may_ask_which_domains_a_tenant_has(string domain, AuthenticationMode mode, bool isKnown)
    {
        // [AADINT], [BBOT]
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { Auth = mode, Domains = ["contoso.com", "contoso.de"] }));
        var body = "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body><GetFederationInformationRequestMessage "
            + $"xmlns=\"http://schemas.microsoft.com/exchange/2010/Autodiscover\"><Request><Domain>{domain}</Domain></Request></GetFederationInformationRequestMessage></soap:Body></soap:Envelope>";
        var answer = RawAnswer.Parse(await host.RawAsync(
            $"POST /autodiscover/autodiscover.svc HTTP/1.1\r\nHost: autodiscover-s.outlook.com\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        Assert.Equal(200, answer.Status);
        var response = System.Xml.Linq.XElement.Parse(answer.Body).Descendants().Single(element => element.Name.LocalName == "Response");
        string[] Values(string name) => [.. response.Descendants().Where(element => element.Name.LocalName == name).Select(element => element.Value)];
        Assert.Equal(isKnown ? "NoError" : "NotFederated", Values("ErrorCode").Single());
        Assert.Equal(isKnown ? ["contoso.com", "contoso.de", "contoso.onmicrosoft.com", "contoso.mail.onmicrosoft.com"] : Array.Empty<string>(), Values("Domain"));
        Assert.Equal(isKnown ? ["outlook.com"] : Array.Empty<string>(), Values("ApplicationUri"));
        Assert.Equal(isKnown ? ["https://login.microsoftonline.com/extSTS.srf"] : Array.Empty<string>(), Values("Endpoint"));
    }

    [Fact]
    public async Task A_chain_of_redirects_ends()
    {
        await using var host = await ExchangeHost.StartAsync();
        var target = "/autodiscover/autodiscover.json?Email=nobody@contoso.com&Protocol=ActiveSync";
        var hops = 0;
        RawAnswer answer;
        while ((answer = RawAnswer.Parse(await host.GetAsync(Online, target))).Status == 302)
        {
            target = new Uri(answer["Location"].Single()).PathAndQuery;
            hops++;
        }

        Assert.Equal(10, hops);
        Assert.Equal(400, answer.Status);
    }

    [Fact]
    public async Task Activesync_challenges_as_the_cloud_does()
    {
        // Variant C, [SLIDES]
        await using var host = await ExchangeHost.StartAsync();
        var answer = RawAnswer.Parse(await host.GetAsync(Online, "/Microsoft-Server-ActiveSync"));
        Assert.Equal(401, answer.Status);
        Assert.Equal(
            [
                "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", trusted_issuers=\"00000001-0000-0000-c000-000000000000@*\", token_types=\"app_asserted_user_v1 "
                + "service_asserted_app_v1\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", Basic Realm=\"\"",
            ],
            answer["WWW-Authenticate"]);
    }

    [Theory]
    [InlineData("login.windows.net", "/common/oauth2/authorize?client_id=x", "text/html; charset=utf-8")]
    [InlineData("login.microsoftonline.com", "/common/v2.0/.well-known/openid-configuration", "application/json; charset=utf-8")]
    [InlineData("login.microsoftonline.com", "/common/discovery/keys", "application/json; charset=utf-8")]
    public async Task Nothing_that_a_challenge_names_leads_nowhere(string name, string target, string type)
    {
        await using var host = await ExchangeHost.StartAsync();
        var answer = RawAnswer.Parse(await host.GetAsync(name, target));
        Assert.Equal(200, answer.Status);
        Assert.Equal([type], answer["Content-Type"]);
    }

    [Fact]
    public async Task The_marks_of_the_cloud_are_there()
    {
        // [O365ENUM]: two X-FEServer; X-MailboxGuid for a wrong password. [EWSJS23]: the federation header.
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { Location = MailboxLocation.Cloud }));
        var redirect = RawAnswer.Parse(await host.GetAsync(Online, "/autodiscover/autodiscover.json?Email=nobody@contoso.com&Protocol=ActiveSync"));
        Assert.Equal(2, redirect["X-FEServer"].Count());
        Assert.Single((await host.LoggedOnAsync("GET", Online, "/Microsoft-Server-ActiveSync"))["X-MailboxGuid"]);
        Assert.Empty((await host.LoggedOnAsync("GET", Online, "/Microsoft-Server-ActiveSync", credentials: "nobody@contoso.com:x"))["X-MailboxGuid"]);
        Assert.Equal(["urn:federation:MicrosoftOnline"], RawAnswer.Parse(await host.GetAsync(Online, "/autodiscover/autodiscover.xml"))["x-federationtrusttokenissueruri"]);
        Assert.Empty(RawAnswer.Parse(await host.GetAsync("login.windows.net", "/common/oauth2/authorize"))["X-FEServer"]);
    }

    [Theory]
    [InlineData("https://mail.contoso.com", true)]
    [InlineData("https://outlook.office365.com", false)]
    [InlineData("nonsense", true)]
    public async Task The_login_page_says_that_a_resource_has_no_principal(string resource, bool missing)
    {
        // F44, [SPNDOC]
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { OAuth = OAuthState.ServicePrincipalMissing }));
        var answer = RawAnswer.Parse(await host.GetAsync("login.microsoftonline.com", $"/common/oauth2/authorize?response_type=code&resource={Uri.EscapeDataString(resource)}"));
        Assert.Equal(200, answer.Status);
        Assert.Equal(missing, answer.Body.Contains($"AADSTS500011: The resource principal named {resource}", StringComparison.Ordinal));
    }
}
