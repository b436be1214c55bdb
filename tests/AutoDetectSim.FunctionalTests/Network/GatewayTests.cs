using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AutoDetectSim.FunctionalTests.Network;

/// <summary>What the gateway makes of requests that begin no tunnel, as old HTTP libraries send them (RFC 9112 3.2.2).</summary>
public sealed class GatewayTests
{
    private const string Scenario = """
        organizations: { contoso: { domains: [contoso.com, fabrikam.com] } }
        loadBalancers:
          closed: { hosts: [autodiscover.contoso.com, mail.contoso.com], nodes: 1 }
          open: { hosts: [autodiscover.fabrikam.com], http: open, nodes: 1 }
        """;

    [Theory]
    [InlineData("https://autodiscover.contoso.com/", 501, "CONNECT autodiscover.contoso.com:443")]
    [InlineData("https://AutoDiscover.Contoso.com/autodiscover/", 501, "CONNECT autodiscover.contoso.com:443")]
    [InlineData("https://autodiscover.fabrikam.com:444/", 501, "CONNECT autodiscover.fabrikam.com:444")]
    [InlineData("https://www.example.org/", 403, "www.example.org is not a host of this lab")]
    [InlineData("http://www.example.org/", 403, "www.example.org is not a host of this lab")]
    [InlineData("http://autodiscover.contoso.com/", 502, "ECONNREFUSED")]
    [InlineData("http://autodiscover.contoso.com:443/", 502, "speaks TLS")]
    [InlineData("http://autodiscover.fabrikam.com/autodiscover/healthcheck.htm", 200, "200 OK<br/>")]
    public async Task A_URL_as_request_target_gets_an_answer_that_cannot_be_taken_for_another(string url, int status, string says)
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        var answer = await SendAsync(lab, $"GET {url} HTTP/1.1\r\nHost: {new Uri(url).Authority}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains(says, answer, StringComparison.Ordinal);
        Assert.Equal(status == 200 ? 0 : 1, lab.Lab.Network.Journal.AllFailed().Count);
        Assert.Equal(status == 200 ? 1 : 0, lab.Lab.Network.Journal.All().Count);
    }

    [Theory]
    [InlineData("HTTP/1.1\r\nHost: something.else.example\r\n")]
    [InlineData("HTTP/1.0\r\n")]
    public async Task The_URL_names_the_host_whatever_the_Host_header_says(string head)
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        var answer = await SendAsync(lab, $"GET http://autodiscover.fabrikam.com/owa/ {head}Connection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 302 ", answer, StringComparison.Ordinal);
        Assert.Contains("https://autodiscover.fabrikam.com/owa/auth/logon.aspx", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", 200)]
    [InlineData("localhost:8080", 200)]
    [InlineData("autodiscover.contoso.com", 421)]
    [InlineData("www.example.org", 421)]
    public async Task Only_who_asks_the_gateway_itself_gets_its_page(string host, int status)
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        var answer = await SendAsync(lab, $"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Equal(status == 200, answer.Contains("This is the gateway", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task HTTP_PROXY_alone_leads_curl_to_port_80_and_nowhere_else()
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        var variables = new Dictionary<string, string> { ["http_proxy"] = lab.Gateway, ["HTTPS_PROXY"] = "", ["https_proxy"] = "", ["ALL_PROXY"] = "", ["all_proxy"] = "", ["NO_PROXY"] = "", ["no_proxy"] = "" };
        var plain = await Tool.RunAsync("curl", ["-sS", "http://autodiscover.fabrikam.com/autodiscover/healthcheck.htm"], environment: variables);
        var secure = await Tool.RunAsync("curl", ["-sS", "https://autodiscover.fabrikam.com/autodiscover/healthcheck.htm"], environment: variables);
        Assert.StartsWith("200 OK", plain.Output, StringComparison.Ordinal);
        Assert.Equal(6, secure.ExitCode);
        Assert.Single(lab.Lab.Network.Journal.All());
    }

    private static async Task<string> SendAsync(NetworkLab lab, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPEndPoint.Parse(new Uri(lab.Gateway).Authority));
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
