using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AutoDetectSim.Control;
using AutoDetectSim.Tls;

namespace AutoDetectSim.FunctionalTests.Network;

/// <summary>The listeners beside the gateway: what no honest client sends gets a 4xx or a close, and the lab goes on.</summary>
public sealed class HostileListenerTests
{
    private const string Scenario = "dnsServer: true\nloadBalancers:\n  perimeter: { nodes: 1 }\n";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Not HTTP, or no HTTP that a server has to take, whatever the listener is.</summary>
    private static readonly string[] Nonsense =
    [
        "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00FC\u0003\u0003\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + new string('\u00FF', 500),
        "GET / HTTP/9.9\r\n\r\n",
        "GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "GET /" + new string('a', 200_000) + " HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX: " + new string('a', 200_000),
        "GET / HTTP/1.1\r\nHost: x\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", 5_000)) + "\r\n",
        "\r\n\r\n\0\0\0\0",
    ];

    [Fact]
    public async Task The_control_server_refuses_whatever_is_no_request_of_its_own()
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        await using var server = await ControlServer.StartAsync(new LabApi(lab.Lab).Map, TestContext.Current.CancellationToken);
        var endPoint = IPEndPoint.Parse(new Uri(server.Access.Url).Authority);
        string Request(string line, string body = "", string headers = "") =>
            $"{line} HTTP/1.1\r\nHost: {endPoint}\r\nAuthorization: Bearer {server.Access.Token}\r\n{headers}Connection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}";

        string[] requests =
        [
            .. Nonsense,
            Request("GET /state").Replace(server.Access.Token, server.Access.Token[1..] + "0", StringComparison.Ordinal),
            Request("GET /state").Replace("Authorization: Bearer", "Authorization: \u00FF\u00FE", StringComparison.Ordinal),
            Request("GET /state").Replace($"Host: {endPoint}", "Host: evil.example", StringComparison.Ordinal),
            Request("GET /state", headers: "Host: again\r\n"),
            Request("GET /nothing"),
            Request("DELETE /state"),
            Request("GET /journal?after=-1"),
            Request("GET /journal?after=" + new string('9', 5_000)),
            Request("POST /changes"),
            Request("POST /changes", "null"),
            Request("POST /changes", "[]"),
            Request("POST /changes", "{}"),
            Request("POST /changes", "{\"change\":null}"),
            Request("POST /changes", "{\"change\":7}"),
            Request("POST /changes", "{\"change\":\"\"}"),
            Request("POST /changes", "{\"change\":\"perimeter01: up\\u0000true\"}"),
            Request("POST /changes", "{\"change\":\"perimeter01: present " + new string('a', 60_000) + "\"}"),
            Request("POST /changes", "{\"change\":\"&a [*a, *a]: *a\"}"),
            Request("POST /changes", "{\"change\":\"perimeter01: {{{{{{{{{{{{{{{{{{{{{{{{{{{{{{\"}"),
            Request("POST /changes", "{\"change\":\"\uFFFD\u0001\"}"),
            Request("POST /changes", new string('[', 30_000)),
            Request("POST /changes", "{\"change\":\"" + new string('a', 100_000) + "\"}"),
            $"POST /changes HTTP/1.1\r\nHost: {endPoint}\r\nAuthorization: Bearer {server.Access.Token}\r\nTransfer-Encoding: chunked\r\n\r\n" + string.Concat(Enumerable.Repeat("10000\r\n" + new string('b', 0x10000) + "\r\n", 3)) + "0\r\n\r\n",
        ];
        await AssertRefusedAsync(endPoint, requests);

        var state = await SendAsync(endPoint, Request("GET /state"));
        Assert.StartsWith("HTTP/1.1 200", state, StringComparison.Ordinal);
        var pipelined = await SendAsync(endPoint, Request("GET /state").Replace("Connection: close\r\n", "", StringComparison.Ordinal) + Request("GET /nothing").Replace("Connection: close\r\n", "", StringComparison.Ordinal) + Request("GET /scenario"));
        Assert.Equal(["200", "404", "200"], pipelined.Split("HTTP/1.1 ").Skip(1).Select(answer => answer[..3]));
        await AssertServesAsync(lab);
    }

    [Fact]
    public async Task The_server_of_issuers_refuses_what_is_no_request_and_has_nothing_but_certificates()
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        var endPoint = lab.VirtualIp("aia").EndPoint!;
        string Request(string line, string headers = "", string host = "aia.autodetectsim.test") => $"{line} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n";
        await AssertRefusedAsync(
            endPoint,
            [
                .. Nonsense,
                Request("GET /"),
                Request("GET /../../etc/passwd"),
                Request("GET /%2e%2e/%2e%2e/etc/passwd"),
                Request("GET /issuing.cer%00"),
                Request("GET /issuing.cer?" + new string('x', 5_000)),
                Request("GET http://[::bad/issuing.cer"),
                Request("GET http://www.example.org/issuing.cer"),
                Request("GET /issuing.cer", host: "a b"),
                Request("GET /issuing.cer", host: new string('a', 300)),
                Request("POST /nothing", "Content-Length: 99999999\r\n"),
            ]);

        var pipelined = await SendAsync(endPoint, Request("GET /issuing.cer").Replace("Connection: close\r\n", "", StringComparison.Ordinal) + Request("GET /issuing.cer"));
        Assert.Equal(["200", "200"], pipelined.Split("HTTP/1.1 ").Skip(1).Select(answer => answer[..3]));
        await AssertServesAsync(lab);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("perimeter", "autodiscover.contoso.com", "http/1.1")]
    [InlineData("autodetect", "prod-autodetect.outlookmobile.com", "http/1.1")]
    [InlineData("autodetect", "prod-autodetect.outlookmobile.com", "h2")]
    [InlineData("exchange-online", "outlook.office365.com", "http/1.1")]
    [InlineData("sovereign-directory", "odc.officeapps.live.com", "http/1.1")]
    public async Task Within_tls_nonsense_gets_a_4xx_or_a_close_and_the_next_caller_an_answer(string virtualIp, string host, string protocol)
    {
        await using var lab = await NetworkLab.StartAsync(Scenario + "edition: \"2025\"\n");
        var endPoint = lab.VirtualIp(virtualIp).EndPoint!;
        var random = new Random(5);
        var garbage = Enumerable.Range(0, 20).Select(_ =>
        {
            var bytes = new byte[random.Next(1, 5_000)];
            random.NextBytes(bytes);
            return bytes;
        });
        var preface = protocol == "h2" ? "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray() : [];
        foreach (var bytes in Nonsense.Select(Encoding.Latin1.GetBytes).Concat(garbage).Concat(garbage.Select(bytes => (byte[])[.. preface, .. bytes])))
        {
            var answer = await SendSecurelyAsync(endPoint, host, protocol, bytes);
            AssertRefused(answer, Encoding.Latin1.GetString(bytes));
        }

        var curl = await lab.CurlAsync("-o", "-", "-w", "%{http_code}", $"https://{host}/");
        Assert.True(curl.ExitCode == 0, curl.ToString());
        await AssertServesAsync(lab);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Slow_and_silent_clients_of_every_listener_keep_nobody_out_and_do_not_hold_the_lab()
    {
        var lab = await NetworkLab.StartAsync(Scenario);
        var server = await ControlServer.StartAsync(new LabApi(lab.Lab).Map, TestContext.Current.CancellationToken);
        var control = IPEndPoint.Parse(new Uri(server.Access.Url).Authority);
        (IPEndPoint EndPoint, byte[] Begin)[] listeners =
        [
            (control, Encoding.ASCII.GetBytes($"POST /changes HTTP/1.1\r\nHost: {control}\r\nAuthorization: Bearer {server.Access.Token}\r\nContent-Length: 1000\r\n\r\n{{\"cha")),
            (control, "GET /sta"u8.ToArray()),
            (lab.VirtualIp("aia").EndPoint!, "GET /issuing.cer HTTP/1.1\r\nHost: aia.auto"u8.ToArray()),
            (lab.VirtualIp("perimeter").EndPoint!, [22, 3, 1, 2, 0, 1]),
            (lab.VirtualIp("autodetect").EndPoint!, [22, 3]),
            (lab.Lab.DnsEndPoint!, [0]),
            (lab.Lab.DnsEndPoint!, [255, 255, 1, 2, 3]),
            (IPEndPoint.Parse(lab.Lab.Gateway.Authority), "POST http://mail.contoso.com/autodiscover/autodiscover.xml HTTP/1.1\r\nHost: mail.contoso.com\r\nContent-Length: 1000\r\n\r\n<Auto"u8.ToArray()),
        ];
        var slow = new List<TcpClient>();
        for (var round = 0; round < 25; round++)
        {
            foreach (var (endPoint, begin) in listeners)
            {
                var client = new TcpClient();
                await client.ConnectAsync(endPoint, TestContext.Current.CancellationToken);
                await client.GetStream().WriteAsync(begin, TestContext.Current.CancellationToken);
                slow.Add(client);
            }
        }

        // A body that never ends, over TLS.
        for (var round = 0; round < 10; round++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(lab.VirtualIp("perimeter").EndPoint!, TestContext.Current.CancellationToken);
            var connection = await TlsClient.ConnectAsync(client.GetStream(), new TlsClientSettings { ServerName = "mail.contoso.com" }, TestContext.Current.CancellationToken);
            await connection.Stream.WriteAsync("POST /Microsoft-Server-ActiveSync?Cmd=Settings HTTP/1.1\r\nHost: mail.contoso.com\r\nContent-Length: 99\r\n\r\n\u0003"u8.ToArray(), TestContext.Current.CancellationToken);
            slow.Add(client);
        }

        await AssertServesAsync(lab);
        Assert.StartsWith("HTTP/1.1 200", await SendAsync(control, $"GET /state HTTP/1.1\r\nHost: {control}\r\nAuthorization: Bearer {server.Access.Token}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal(1, (await lab.DetectAsync("your@contoso.com")).Successes);
        var dig = await Tool.RunAsync("dig", ["@127.0.0.1", "-p", lab.Lab.DnsEndPoint!.Port.ToString(CultureInfo.InvariantCulture), "+tcp", "+short", "mail.contoso.com"]);
        Assert.Equal("203.0.113.10", dig.Output.Trim());

        await server.DisposeAsync().AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);
        await lab.DisposeAsync().AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);
        slow.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Dns_messages_that_point_at_themselves_or_lie_about_what_they_hold_are_survived()
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        var endPoint = lab.Lab.DnsEndPoint!;
        byte[][] messages =
        [
            Message(questions: 1, [0xC0, 0x0C, 0, 1, 0, 1]),
            Message(questions: 1, [0xC0, 0x0E, 0xC0, 0x0C, 0, 1, 0, 1]),
            Message(questions: 1, [0xFF, 0xFF, 0, 1, 0, 1]),
            Message(questions: 1, [63, .. new byte[5]]),
            Message(questions: 0, []),
            Message(questions: ushort.MaxValue, [0, 0, 1, 0, 1]),
            Message(questions: 1, [.. Enumerable.Repeat((byte[])[1, (byte)'a'], 200).SelectMany(label => label), 0, 0, 1, 0, 1]),
            Message(questions: 1, [4, 0, 1, 255, (byte)'.', 0, 0, 255, 0, 255]),
            Message(questions: 1, [0, 0, 252, 0, 1]),
            Message(questions: 1, [0, 0, 1, 0, 3]),
        ];
        using (var udp = new UdpClient())
        {
            foreach (var message in messages)
            {
                await udp.SendAsync(message, endPoint, TestContext.Current.CancellationToken);
            }
        }

        using var client = new TcpClient();
        await client.ConnectAsync(endPoint, TestContext.Current.CancellationToken);
        foreach (var message in messages)
        {
            using var other = new TcpClient();
            await other.ConnectAsync(endPoint, TestContext.Current.CancellationToken);
            await ExchangeAsync(other, other.GetStream(), Framed(message));
        }

        // Two questions in one write: both are answered.
        var question = Message(questions: 1, [4, .. "mail"u8, 7, .. "contoso"u8, 3, .. "com"u8, 0, 0, 1, 0, 1]);
        await client.GetStream().WriteAsync((byte[])[.. Framed(question), .. Framed(question)], TestContext.Current.CancellationToken);
        using var deadline = new CancellationTokenSource(Limit);
        for (var answer = 0; answer < 2; answer++)
        {
            var length = new byte[2];
            await client.GetStream().ReadExactlyAsync(length, deadline.Token);
            var body = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await client.GetStream().ReadExactlyAsync(body, deadline.Token);
            Assert.Equal(1, BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(6)));
        }

        await AssertServesAsync(lab);
    }

    private static byte[] Message(ushort questions, byte[] rest) => [0x12, 0x34, 1, 0, (byte)(questions >> 8), (byte)questions, 0, 0, 0, 0, 0, 0, .. rest];

    private static byte[] Framed(byte[] message) => [(byte)(message.Length >> 8), (byte)message.Length, .. message];

    private static async Task AssertRefusedAsync(IPEndPoint endPoint, IEnumerable<string> requests)
    {
        foreach (var request in requests)
        {
            AssertRefused(await SendAsync(endPoint, request), request);
        }
    }

    /// <summary>A close, an HTTP/2 server's last frames, a 4xx, or 505 for a version that there is not.</summary>
    private static void AssertRefused(string answer, string request) => Assert.True(
        !answer.StartsWith("HTTP/1.", StringComparison.Ordinal)
        || ((answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 505", StringComparison.Ordinal))
            && !answer.Contains("Exception", StringComparison.Ordinal)
            && !answer.Contains("   at ", StringComparison.Ordinal)),
        $"{request[..Math.Min(200, request.Length)]}\n=> {answer[..Math.Min(400, answer.Length)]}");

    private static async Task AssertServesAsync(NetworkLab lab) =>
        Assert.Equal(200, (await lab.GetAsync("https://mail.contoso.com/owa/healthcheck.htm")).Response?.StatusCode);

    private static async Task<string> SendAsync(IPEndPoint endPoint, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(endPoint);
        return await ExchangeAsync(client, client.GetStream(), Encoding.Latin1.GetBytes(request));
    }

    private static async Task<string> SendSecurelyAsync(IPEndPoint endPoint, string host, string protocol, byte[] bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(endPoint);
        await using var connection = await TlsClient.ConnectAsync(client.GetStream(), new TlsClientSettings { ServerName = host, ApplicationProtocols = [protocol] });
        return await ExchangeAsync(client, connection.Stream, bytes);
    }

    /// <summary>Sends and reads until the server closes; what it answered, or nothing. A server that may wait for more is told that there is none.</summary>
    private static async Task<string> ExchangeAsync(TcpClient client, Stream stream, byte[] bytes)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(bytes, limit.Token);
            if (bytes.AsSpan().IndexOf("Connection: close\r\n"u8) < 0)
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }

            await stream.CopyToAsync(answer, limit.Token);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // A close is an answer too; what came before it counts.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
