using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Tests.Clients;

namespace AutoDetectSim.Tests.AutoDetect;

/// <summary>What support scripts ask before AutoDetect: in which cloud a domain is, and where services are ([S-PROBE], [OFFCFG], [HIMMELBLAU]).</summary>
public sealed class OfficeServiceTests
{
    private const string Scenario = """
        organizations: { contoso: { domains: [contoso.com], tenantId: b9cd8e2d-9e3a-4e3c-8d0c-000000000001 } }
        autoDetect: { sovereignDomains: { contoso.us: microsoftonline.us } }
        """;

    [Theory]
    [InlineData("contoso.com", """{"tenantId":"b9cd8e2d-9e3a-4e3c-8d0c-000000000001","environment":"Global","authority_host":"login.microsoftonline.com","graph":"https://graph.microsoft.com","configProviderName":""}""")]
    [InlineData("b9cd8e2d-9e3a-4e3c-8d0c-000000000001", """{"tenantId":"b9cd8e2d-9e3a-4e3c-8d0c-000000000001","environment":"Global","authority_host":"login.microsoftonline.com","graph":"https://graph.microsoft.com","configProviderName":""}""")]
    [InlineData("contoso.us", """{"environment":"microsoftonline.us","authority_host":"login.microsoftonline.us","graph":"https://graph.microsoft.us","configProviderName":"microsoftonline.us"}""")]
    [InlineData("fabrikam.com", """{"configProviderName":""}""")]
    public async Task The_federation_provider_names_cloud_and_tenant(string domain, string body) =>
        Assert.Equal(body, await GetAsync($"https://odc.officeapps.live.com/odc/v2.1/federationprovider?domain={domain}"));

    [Fact]
    public async Task One_service_is_an_object_and_several_are_an_array_in_the_order_of_the_service()
    {
        const string Url = "https://officeclient.microsoft.com/config16processed?rs=en-us&build=16.0.7612";
        using var one = JsonDocument.Parse(await GetAsync(Url + "&services=GetFederationProvider", "application/json"));
        Assert.Equal("https://odc.officeapps.live.com/odc/v2.1/federationprovider", Services(one).GetProperty("o:url").GetString());
        using var two = JsonDocument.Parse(await GetAsync(Url + "&services=ExchangeAutoDiscoverV2Url,ExchangeWebService&fp=", "application/json"));
        Assert.Equal("https://outlook.office365.com/EWS/Exchange.asmx", Services(two)[0].GetProperty("o:url").GetString());
        Assert.Equal("https://outlook.office365.com/", Services(two)[0].GetProperty("o:ticket").GetProperty("@o:resourceId").GetString());
        Assert.Equal("https://outlook.office365.com/autodiscover/autodiscover.json", Services(two)[1].GetProperty("o:url").GetString());
    }

    [Fact]
    public async Task Whoever_takes_no_JSON_gets_XML_with_every_service()
    {
        XNamespace office = "urn:schemas-microsoft-com:office:office";
        var document = XDocument.Parse(await GetAsync("https://officeclient.microsoft.com/config16processed?rs=en-us&build=16.0.7612"));
        var service = document.Root!.Element(office + "services")!.Elements(office + "service").Single(element => (string?)element.Attribute(office + "name") == "AutoDetectProdAPIUrl");
        Assert.Equal("https://prod-global-autodetect.acompli.net/autodetect", service.Element(office + "url")!.Value);
    }

    private static JsonElement Services(JsonDocument document) => document.RootElement.GetProperty("o:OfficeConfig").GetProperty("o:services").GetProperty("o:service");

    private static async Task<string> GetAsync(string url, string? accept = null)
    {
        await using var lab = await LabWithClients.StartAsync(Scenario);
        var exchange = await lab.Client.SendAsync(
            new LabHttpRequest { Method = "GET", Uri = new Uri(url), Headers = accept is null ? [] : [new("Accept", accept)] },
            AutoDetectSim.Clients.SovereignCheck.Asker,
            TestContext.Current.CancellationToken);
        Assert.Equal(200, exchange.Response?.StatusCode);
        return Encoding.UTF8.GetString(exchange.Response!.Body.Span);
    }
}
