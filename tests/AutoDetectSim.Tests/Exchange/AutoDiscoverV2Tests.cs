namespace AutoDetectSim.Tests.Exchange;

public sealed class AutoDiscoverV2Tests
{
    private const string Mail = "autodiscover.contoso.com";

    [Theory]
    [InlineData("/autodiscover/autodiscover.json?Email=test%40contoso.com&Protocol=activesync&RedirectCount=3", "activesync")] // [HMADOC]
    [InlineData("/autodiscover/autodiscover.json?Email=test@contoso.com&Protocol=ActiveSync&RedirectCount=1", "ActiveSync")] // [HMAEAS]
    [InlineData("/Autodiscover/AutoDiscover.json?email=test@contoso.com&protocol=ActiveSync", "ActiveSync")] // [OMEP], [RUSTMEM]
    [InlineData("/autodiscover/autodiscover.json/v1.0/test@contoso.com?Protocol=ActiveSync&RedirectCount=1", "ActiveSync")] // [O365ENUM]
    [InlineData("/autodiscover/autodiscover.json/v1.0/test%40contoso.com?Protocol=ActiveSync&ServerLocation=true", "ActiveSync")] // [CSSV2]
    public async Task Every_url_form_gives_the_activesync_url_and_echoes_the_casing(string target, string echoed)
    {
        await using var host = await ExchangeHost.StartAsync();
        var answer = RawAnswer.Parse(await host.GetAsync(Mail, target));
        Assert.Equal("HTTP/1.1 200 OK", answer.StatusLine);
        Assert.Equal($$"""{"Protocol":"{{echoed}}","Url":"https://mail.contoso.com/Microsoft-Server-ActiveSync"}""", answer.Body);
        Assert.Equal(["application/json; charset=utf-8"], answer["Content-Type"]);
        Assert.Equal(["private"], answer["Cache-Control"]);
        Assert.Equal([$"{answer.Body.Length}"], answer["Content-Length"]);
        Assert.Equal(["EX01"], answer["X-FEServer"]);
        Assert.Equal(["ex01.contoso.com"], answer["X-CalculatedBETarget"]);
        Assert.Equal(["Microsoft-IIS/10.0"], answer["Server"]);
        Assert.DoesNotContain(answer.Headers, header => header.Name.StartsWith("X-AutoDetectSim", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_unknown_protocol_is_refused_with_the_list_of_known_ones()
    {
        // [PNS], with the protocols that servers on-premises have
        await using var host = await ExchangeHost.StartAsync();
        var answer = RawAnswer.Parse(await host.GetAsync(Mail, "/autodiscover/autodiscover.json?Email=test@contoso.com&Protocol=XYZ"));
        Assert.Equal(400, answer.Status);
        Assert.Equal(["true"], answer["jsonerror"]);
        Assert.Equal("{\"ErrorCode\":\"ProtocolNotSupported\",\"ErrorMessage\":\"The given protocol value \\u0027XYZ\\u0027 is not supported. Supported values are \\u0027ActiveSync,AutodiscoverV1,Ews,Rest\\u0027\"}", answer.Body);
    }

    [Fact]
    public async Task Exchange_2013_refuses_an_unknown_protocol_as_invalid()
    {
        // [MAILCOWJ]
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { Build = "15.0.1365.1" }));
        var answer = RawAnswer.Parse(await host.GetAsync(Mail, "/autodiscover/autodiscover.json?Email=test@contoso.com&Protocol=X"));
        Assert.Equal(400, answer.Status);
        Assert.Equal("{\"ErrorCode\":\"InvalidProtocol\",\"ErrorMessage\":\"The given protocol value \\u0027X\\u0027 is invalid. Supported values are \\u0027ActiveSync,AutodiscoverV1\\u0027\"}", answer.Body);
    }

    [Theory]
    [InlineData("/autodiscover/autodiscover.json?Protocol=ActiveSync", 400, "MandatoryParameterMissing")]
    [InlineData("/autodiscover/autodiscover.json?Email=test@contoso.com", 400, "MandatoryParameterMissing")]
    [InlineData("/autodiscover/autodiscover.json", 400, "MandatoryParameterMissing")]
    [InlineData("/autodiscover/autodiscover.json?Email=nobody&Protocol=ActiveSync", 400, "InvalidUserId")]
    [InlineData("/autodiscover/autodiscover.json?Email=nobody@contoso.com&Protocol=ActiveSync", 404, "UserNotFound")]
    public async Task A_request_that_cannot_be_answered_says_why(string target, int status, string code)
    {
        await using var host = await ExchangeHost.StartAsync();
        var answer = RawAnswer.Parse(await host.GetAsync(Mail, target));
        Assert.Equal(status, answer.Status);
        Assert.StartsWith($"{{\"ErrorCode\":\"{code}\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Builds_before_2013_CU19_have_no_v2()
    {
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso(node: node => node with { Build = "15.0.1263.5" }));
        var answer = RawAnswer.Parse(await host.GetAsync(Mail, "/autodiscover/autodiscover.json?Email=test@contoso.com&Protocol=ActiveSync"));
        Assert.Equal(404, answer.Status);
    }
}
