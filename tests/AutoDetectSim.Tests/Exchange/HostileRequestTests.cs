using System.Net.Sockets;
using System.Text;

namespace AutoDetectSim.Tests.Exchange;

public sealed class HostileRequestTests
{
    private const string Mail = "mail.contoso.com";

    [Theory]
    [Trait("Needs", "time")]
    [InlineData(false)]
    [InlineData(true)] // WireMock reads bodies where its admin API is open.
    public async Task Whatever_is_sent_gets_a_4xx_or_a_close_and_the_servers_go_on(bool wireMockAdmin)
    {
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso() with { WireMockAdmin = wireMockAdmin });
        var longName = new string('a', 5000);
        string[] requests =
        [
            $"GET /autodiscover/autodiscover.json?Email={longName}@contoso.com&Protocol=ActiveSync HTTP/1.1\r\nHost: {Mail}\r\nConnection: close\r\n\r\n",
            $"GET /autodiscover/autodiscover.json?Email=%00%0d%0aX-Evil:1@contoso.com&Protocol=ActiveSync HTTP/1.1\r\nHost: {Mail}\r\nConnection: close\r\n\r\n",
            $"GET /autodiscover/autodiscover.json?Email=test@contoso.com&Protocol=%0d%0aX-Evil:1 HTTP/1.1\r\nHost: {Mail}\r\nConnection: close\r\n\r\n",
            $"GET /autodiscover/autodiscover.json/v1.0/{longName} HTTP/1.1\r\nHost: {Mail}\r\nConnection: close\r\n\r\n",
            $"GET /autodiscover/autodiscover.json?Email=a@b&Email=c@d&Email=%ff%fe&Protocol=ActiveSync HTTP/1.1\r\nHost: {Mail}\r\nConnection: close\r\n\r\n",
            $"GET /{new string('b', 20_000)} HTTP/1.1\r\nHost: {Mail}\r\n\r\n",
            $"GET / HTTP/1.1\r\nHost: {Mail}\r\nX-Long: {new string('c', 70_000)}\r\n\r\n",
            $"GET / HTTP/1.1\r\nHost: {Mail}\r\n{string.Concat(Enumerable.Range(0, 500).Select(index => $"X-{index}: 1\r\n"))}\r\n",
            $"GET / HTTP/1.1\r\nHost: {Mail}\r\nbroken\r\n\r\n",
            $"GET / HTTP/1.1\r\nHost: a b c\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "NONSENSE\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
            $"POST /autodiscover/autodiscover.xml HTTP/1.1\r\nHost: {Mail}\r\nContent-Length: 9999999\r\n\r\n",
            $"POST /autodiscover/autodiscover.xml HTTP/1.1\r\nHost: {Mail}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            $"POST /ews/exchange.asmx HTTP/1.1\r\nHost: {Mail}\r\nTransfer-Encoding: chunked\r\n\r\n{string.Concat(Enumerable.Repeat("10000\r\n" + new string('d', 0x10000) + "\r\n", 5))}0\r\n\r\n",
            $"GET /Microsoft-Server-ActiveSync HTTP/1.1\r\nHost: {Mail}\r\nAuthorization: Basic !!!!\r\nConnection: close\r\n\r\n",
            $"GET /Microsoft-Server-ActiveSync HTTP/1.1\r\nHost: {Mail}\r\nAuthorization: Bearer {new string('e', 20_000)}\r\nConnection: close\r\n\r\n",
            $"GET /Microsoft-Server-ActiveSync HTTP/1.1\r\nHost: {Mail}\r\nAuthorization: Bearer\r\nX-User-Identity: \u00ff\u00fe<>@\r\nConnection: close\r\n\r\n",
        ];
        foreach (var request in requests)
        {
            var answer = await SendAsync(host, request);
            if (answer.Length > 0)
            {
                Assert.InRange(RawAnswer.Parse(answer).Status, 400, 499);
                Assert.DoesNotContain("X-Evil", answer.Split("\r\n\r\n")[0], StringComparison.Ordinal);
                Assert.DoesNotContain("Exception", answer, StringComparison.Ordinal);
            }
        }

        Assert.Equal(200, RawAnswer.Parse(await host.GetAsync(Mail, "/owa/healthcheck.htm")).Status);
    }

    [Theory]
    [InlineData("/autodiscover/autodiscover.xml")]
    [InlineData("/autodiscover/autodiscover.svc")]
    [InlineData("/EWS/Exchange.asmx")]
    [InlineData("/Microsoft-Server-ActiveSync?Cmd=Settings")]
    [InlineData("/mapi/emsmdb")]
    [InlineData("/owa/healthcheck.htm")]
    public async Task Bodies_of_someone_who_is_logged_on_are_answered_or_refused_whatever_they_are(string target)
    {
        await using var host = await ExchangeHost.StartAsync();
        var deep = string.Concat(Enumerable.Repeat("<a>", 20_000));
        string[] bodies =
        [
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
            "<!DOCTYPE lolz [<!ENTITY a \"xxxxxxxxxx\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><lolz>&c;</lolz>",
            "<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>",
            "<?xml version=\"1.0\" encoding=\"utf-7\"?><a>+ADw-</a>",
            "<?xml version=\"1.0\" encoding=\"ebcdic-cp-us\"?><a/>",
            "<?xml version=\"1.0\" encoding=\"no-such-encoding\"?><a/>",
            "\u00FE\u00FF\0<\0!\0D\0O\0C\0T\0Y\0P\0E\0 \0a\0>\0<\0a\0/\0>",
            "<a " + string.Concat(Enumerable.Range(0, 10_000).Select(index => $"b{index}=\"\" ")) + "/>",
            "<a xmlns:b=\"b\" b:c=\"\" d:e=\"\"/>",
            "<a>&#0;&#x1F;</a>",
            "<a>\u0000\u00FF</a>",
            deep,
            deep + deep.Replace("<", "</", StringComparison.Ordinal),
            new string('x', 200_000),
            "\u0003\u0001\u006A\u0000" + new string('\u0045', 100_000),
            "\u0003\u0001\u006A\u0084\u00FF\u00FF\u00FF\u00FF",
            "\u0003\u0001\u006A\u0000\u0000\u0012\u0045\u0003" + new string('y', 150_000),
        ];
        var random = new Random(11);
        var noise = Enumerable.Range(0, 100).Select(_ =>
        {
            var bytes = new byte[random.Next(0, 300)];
            random.NextBytes(bytes);
            return "\u0003\u0001\u006A\u0000" + Encoding.Latin1.GetString(bytes);
        });
        foreach (var body in bodies.Concat(noise))
        {
            foreach (var method in (string[])["POST", "GET"])
            {
                var answer = await host.LoggedOnAsync(method, Mail, target, body, "Content-Type: text/xml\r\nMS-ASProtocolVersion: 14.1\r\n");
                Assert.True(answer.Status is (>= 200 and < 300) or (>= 400 and < 500) or 501 || IsSoapFault(answer), $"{method} {answer.Status} for {body[..Math.Min(80, body.Length)]}");
                Assert.DoesNotContain("root:", answer.Body, StringComparison.Ordinal);
                Assert.DoesNotContain("Exception", answer.Body, StringComparison.Ordinal);
            }
        }

        Assert.Equal(200, RawAnswer.Parse(await host.GetAsync(Mail, "/owa/healthcheck.htm")).Status);
    }

    /// <summary>SOAP 1.1 sends faults with status 500.</summary>
    private static bool IsSoapFault(RawAnswer answer) => answer.Status == 500 && answer.Body.Contains("<faultcode>", StringComparison.Ordinal);

    [Fact]
    public async Task A_client_cannot_state_facts_itself()
    {
        await using var host = await ExchangeHost.StartAsync();
        var answer = RawAnswer.Parse(await host.GetAsync(
            Mail, "/Microsoft-Server-ActiveSync", "X-AutoDetectSim-Answer: healthcheck/healthy\r\nx-autodetectsim-realm: evil\r\nX-AutoDetectSim-Organization: Exchange Online\r\n"));
        Assert.Equal(401, answer.Status);
        Assert.Equal(["Basic realm=\"mail.contoso.com\""], answer["WWW-Authenticate"]);
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_in_order()
    {
        await using var host = await ExchangeHost.StartAsync();
        var paths = Enumerable.Range(0, 30).Select(index => index % 3 == 0 ? "/owa/healthcheck.htm" : index % 3 == 1 ? "/Microsoft-Server-ActiveSync" : "/nothing").ToList();
        var requests = string.Concat(paths.Select((path, index) => $"GET {path} HTTP/1.1\r\nHost: {Mail}\r\n{(index == 29 ? "Connection: close\r\n" : "")}\r\n"));
        var answer = await host.RawAsync(requests);
        Assert.Equal(
            paths.Select(path => path[1] switch { 'o' => "200", 'M' => "401", _ => "404" }),
            answer.Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries).Select(part => part[..3]));
    }

    private static async Task<string> SendAsync(ExchangeHost host, string request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(host.Endpoint);
        await using var stream = new NetworkStream(socket);
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
            await stream.CopyToAsync(answer, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // The server may refuse before it has read everything.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
