using System.Net;
using System.Net.Sockets;
using System.Text;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.Protocols;
using CsCheck;

namespace AutoDetectSim.Tests.AutoDetect;

/// <summary>Calls on the wire that no client of good will makes.</summary>
public sealed class HostileCallTests
{
    [Fact]
    public async Task Bad_requests_get_a_4xx_or_a_close_and_the_service_goes_on()
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso());
        await using var server = await FrontDoorServer.StartAsync(harness);
        string[] requests =
        [
            "GET /detect HTTP/1.1\r\nHost: x\r\nx-email: your@contoso.com\r\nx-email: a\0b\r\n\r\n",
            "GET /detect HTTP/1.1\r\nHost: x\r\nx-email: your@contoso.com\rX-Injected: 1\r\n\r\n",
            "GET /detect HTTP/1.1\r\nHost: x\r\nx-email: " + new string('a', 100_000) + "@contoso.com\r\n\r\n",
            "GET /detect?protocols=" + new string('a', 100_000) + " HTTP/1.1\r\nHost: x\r\nx-email: your@contoso.com\r\n\r\n",
            "GET /detect?" + new string('&', 5_000) + " HTTP/1.1\r\nHost: x\r\nx-email: your@contoso.com\r\nConnection: close\r\n\r\n",
            "GET /detect%00 HTTP/1.1\r\nHost: x\r\nx-email: your@contoso.com\r\nConnection: close\r\n\r\n",
            "GET /detect HTTP/1.1\r\nHost: x\r\nAuthorization: Basic " + new string('A', 20_000) + "\r\nConnection: close\r\n\r\n",
            "GET /detect HTTP/1.1\r\nHost: x\r\nx-email: \u00ff\u00fe@contoso.com\r\nConnection: close\r\n\r\n",
            "POST /detect HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n",
            "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
            "BREW /detect COFFEE/1.0\r\n\r\n",
        ];
        foreach (var request in requests)
        {
            var status = await SendAsync(server.Port, Encoding.Latin1.GetBytes(request));
            Assert.True(status is null or (>= 400 and < 500), $"{status} for {request[..Math.Min(60, request.Length)]}");
        }

        Assert.Equal(200, await SendAsync(server.Port, "GET /detect HTTP/1.1\r\nHost: x\r\nx-email: your@contoso.com\r\nConnection: close\r\n\r\n"u8.ToArray()));
    }

    [Fact]
    public async Task Pipelined_calls_are_answered_one_after_the_other()
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso());
        await using var server = await FrontDoorServer.StartAsync(harness);
        var text = await ReadAsync(server.Port, Encoding.ASCII.GetBytes(
            "GET /detect HTTP/1.1\r\nHost: x\r\nx-email: first@contoso.com\r\n\r\n"
            + "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
            + "GET /detect HTTP/1.1\r\nHost: x\r\nx-email: second@contoso.com\r\nConnection: close\r\n\r\n"));
        Assert.Equal(["200", "404", "200"], text.Split("HTTP/1.1 ").Skip(1).Select(part => part[..3]));
        Assert.True(text.IndexOf("first@contoso.com", StringComparison.Ordinal) < text.IndexOf("second@contoso.com", StringComparison.Ordinal));
    }

    [Fact]
    public void No_text_makes_an_address_or_a_query_throw()
    {
        var character = Gen.Char["ab.@-_%+=&?,\0\r\n \"\\:/[]é中"];
        Gen.String[character, 0, 80].Sample(text =>
        {
            if (EmailAddress.TryParse(text, out var address))
            {
                Assert.Equal(address.Domain, address.Domain.ToLowerInvariant());
                Assert.True(Uri.TryCreate($"https://autodiscover.{address.Domain}/", UriKind.Absolute, out var url));
                Assert.Equal("autodiscover." + address.Domain, url.Host);
            }

            _ = DetectionParameters.Parse("?" + text);
        }, iter: Samples.Of(100));
    }

    [Fact]
    public async Task A_domain_so_long_that_autodiscover_before_it_is_no_name_is_detected_without_an_error_of_the_program()
    {
        var labels = string.Join('.', Enumerable.Repeat(new string('a', 62), 4))[..248];
        using var harness = new DetectionHarness(new FakeNetwork());
        var detection = await harness.DetectAsync("a@" + labels);
        Assert.False(detection.Succeeded);
    }

    [Theory]
    [InlineData("your@contoso.com", "contoso.com")]
    [InlineData("Your.Name+tag@Contoso.COM", "contoso.com")]
    [InlineData(" your@contoso.com ", "contoso.com")]
    [InlineData("o'brien@sub.contoso.com", "sub.contoso.com")]
    [InlineData("jörg@bücher.example", "xn--bcher-kva.example")]
    public void Addresses_are_read(string text, string domain)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        Assert.Equal(domain, address.Domain);
    }

    private static async Task<int?> SendAsync(int port, byte[] request)
    {
        var text = await ReadAsync(port, request);
        return text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    private static async Task<string> ReadAsync(int port, byte[] request)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        await socket.ConnectAsync(IPAddress.Loopback, port, deadline.Token);
        var answer = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            await socket.SendAsync(request, deadline.Token);
            while (await socket.ReceiveAsync(buffer, deadline.Token) is > 0 and var count)
            {
                answer.Write(buffer, 0, count);
            }
        }
        catch (SocketException)
        {
            // A reset is a close as well.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
