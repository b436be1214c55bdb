using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace AutoDetectSim.FunctionalTests.Network;

/// <summary>What no honest client sends gets a 4xx or a close, and the lab goes on.</summary>
public sealed class HostileInputTests
{
    private const string Scenario = "loadBalancers:\n  perimeter: { http: open, nodes: 1 }\n";

    [Theory]
    [InlineData("CONNECT mail.contoso.com HTTP/1.1\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("CONNECT mail.contoso.com:0 HTTP/1.1\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("CONNECT mail.contoso.com:99999 HTTP/1.1\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("CONNECT mail.contoso.com:443\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("CONNECT  HTTP/1.1\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("CONNECT mail.contoso.com:443 HTTP/9.9\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("CONNECT mail.contoso.com:443 HTTP/1.1\r\nno colon\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("CONNECT mail.contoso.com:443 HTTP/1.1\r\nA: b\nC\0: d\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("CONNECT www.example.org:443 HTTP/1.1\r\n\r\n", "HTTP/1.1 403")]
    [InlineData("CONNECT 127.0.0.1:22 HTTP/1.1\r\n\r\n", "HTTP/1.1 403")]
    [InlineData("CONNECT [::1]:22 HTTP/1.1\r\n\r\n", "HTTP/1.1 403")]
    [InlineData("CONNECT mail.contoso.com:444 HTTP/1.1\r\n\r\n", "HTTP/1.1 502")]
    [InlineData("GET http://www.example.org/ HTTP/1.1\r\nHost: www.example.org\r\n\r\n", "HTTP/1.1 403")]
    [InlineData("GET http://mail.contoso.com:443/ HTTP/1.1\r\nHost: mail.contoso.com:443\r\n\r\n", "HTTP/1.1 502")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1x\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00FC\u0003\u0003\r\n\r\n", "HTTP/1.1 400")]
    public async Task A_gateway_that_is_sent_nonsense_says_so(string request, string answer)
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        Assert.StartsWith(answer, await SendAsync(lab.Lab.Gateway.Port, Encoding.Latin1.GetBytes(request)), StringComparison.Ordinal);
        await AssertServesAsync(lab);
    }

    [Theory]
    [InlineData("CONNECT mail.contoso.com:443 HTTP/1.1\r\nX: ", "HTTP/1.1 431")]
    [InlineData("GET http://mail.contoso.com/ HTTP/1.1\r\nHost: mail.contoso.com\r\nX: ", "HTTP/1.1 431")]
    [InlineData("GET http://mail.contoso.com/", "HTTP/1.1 414")]
    public async Task A_head_without_an_end_is_not_read_to_its_end(string start, string answer)
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        Assert.StartsWith(answer, await SendAsync(lab.Lab.Gateway.Port, Encoding.ASCII.GetBytes(start + new string('a', 200_000))), StringComparison.Ordinal);
        await AssertServesAsync(lab);
    }

    [Fact]
    public async Task Bytes_that_are_no_tls_get_an_alert_and_a_close_from_a_virtual_ip()
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        var random = new Random(3);
        for (var round = 0; round < 50; round++)
        {
            var bytes = new byte[random.Next(1, 4000)];
            random.NextBytes(bytes);
            if (round % 2 == 0)
            {
                bytes[0] = 22;
            }

            await SendAsync(lab.VirtualIp("perimeter").EndPoint!.Port, bytes, finish: true);
        }

        await AssertServesAsync(lab);
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_in_order_and_a_second_CONNECT_is_refused()
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        const string Get = "GET http://mail.contoso.com/owa/healthcheck.htm HTTP/1.1\r\nHost: mail.contoso.com\r\n\r\n";
        var answers = await SendAsync(lab.Lab.Gateway.Port, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Get, 20)) + "CONNECT mail.contoso.com:443 HTTP/1.1\r\nHost: mail.contoso.com:443\r\n\r\n"));
        Assert.Equal(20, Occurrences(answers, "HTTP/1.1 200"));
        Assert.DoesNotContain("Connection established", answers, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 501", answers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_CONNECT_and_what_follows_it_may_come_in_one_packet()
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        var answer = await SendAsync(lab.Lab.Gateway.Port, "CONNECT mail.contoso.com:80 HTTP/1.1\r\n\r\nGET /owa/healthcheck.htm HTTP/1.1\r\nHost: mail.contoso.com\r\nConnection: close\r\n\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_is_too_slow_for_its_CONNECT_is_told_or_closed_when_the_time_is_up()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var lab = await NetworkLab.StartAsync(Scenario, new LabOptions { TimeProvider = time });
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, lab.Lab.Gateway.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync("CONNECT mail.con"u8.ToArray(), TestContext.Current.CancellationToken);
        var answer = new StreamReader(client.GetStream(), Encoding.Latin1).ReadToEndAsync(TestContext.Current.CancellationToken);
        while (!answer.IsCompleted)
        {
            // The gateway begins to count when it has accepted the connection, which nobody outside can see.
            time.Advance(TimeSpan.FromSeconds(31));
            await Task.Yield();
        }

        // Time may be up before the first bytes are there, and a connection that has said nothing is closed in silence.
        Assert.Matches("^$|^HTTP/1.1 408 ", (await answer).Split('\n')[0]);
        await AssertServesAsync(lab);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Two_thousand_idle_connections_do_not_keep_others_out()
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        var idle = new List<Socket>();
        foreach (var port in (int[])[lab.Lab.Gateway.Port, lab.VirtualIp("perimeter").EndPoint!.Port])
        {
            for (var count = 0; count < 1000; count++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
                idle.Add(socket);
            }
        }

        await AssertServesAsync(lab);
        var curl = await lab.CurlAsync("-o", "-", "-w", "%{http_code}", "https://mail.contoso.com/owa/healthcheck.htm");
        Assert.EndsWith("200", curl.Output, StringComparison.Ordinal);
        idle.ForEach(socket => socket.Dispose());
    }

    private static async Task AssertServesAsync(NetworkLab lab) =>
        Assert.Equal(200, (await lab.GetAsync("https://mail.contoso.com/owa/healthcheck.htm")).Response?.StatusCode);

    private static async Task<string> SendAsync(int port, byte[] bytes, bool finish = false)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
        var answer = new StringBuilder();
        try
        {
            var stream = client.GetStream();
            await stream.WriteAsync(bytes, limit.Token);
            if (finish)
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }

            var buffer = new byte[4096];
            while (await stream.ReadAsync(buffer, limit.Token) is > 0 and var length)
            {
                answer.Append(Encoding.Latin1.GetString(buffer, 0, length));
                if (!finish && IsWhole(answer.ToString(), bytes))
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // A close is an answer too; what came before it counts.
        }

        return answer.ToString();
    }

    /// <summary>Whether one answer came to one request on a connection that stays open.</summary>
    private static bool IsWhole(string answer, byte[] request) =>
        answer.Contains("\r\n\r\n", StringComparison.Ordinal)
        && !answer.Contains("Connection: close", StringComparison.Ordinal)
        && !answer.Contains("established", StringComparison.Ordinal)
        && Occurrences(Encoding.Latin1.GetString(request), "HTTP/1.1\r\n") <= 1;

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;
}
