using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Tls;

namespace AutoDetectSim.FunctionalTests.Network;

/// <summary>Devices that reset a ClientHello for its length, for ML-KEM, or because it comes in parts: real Node.js, our client, and a real HAProxy.</summary>
[Trait("Needs", "tools")]
public sealed class ClientHelloTests : IDisposable
{
    private const string Host = "autodiscover.contoso.com";
    private const int Connections = 12;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("resetMlKemHello", "", false, true, false, false)]
    [InlineData("resetLargeHello", ", helloLimit: 1460", false, true, true, false)]
    [InlineData("resetLargeHello", ", helloLimit: 381", true, true, true, true)]
    [InlineData("resetLargeHello", ", helloLimit: 382", false, true, true, false)]
    [InlineData("resetLargeHello", ", helloLimit: 1600", false, true, true, false)]
    [InlineData("resetLargeHello", ", helloLimit: 1601", false, false, false, false)]
    [InlineData("resetSplitHello", "", false, true, true, true)]
    public async Task Node_20_and_24_and_our_clients_like_them_are_reset_alike(string fault, string limit, bool node20, bool node24, bool padded, bool split)
    {
        await using var lab = await NetworkLab.StartAsync($"loadBalancers: {{ perimeter: {{ nodes: [{{ name: ex01, fault: {fault}{limit} }}] }} }}");
        var endPoint = lab.VirtualIp("perimeter").EndPoint!;
        var classical = NodeHello.Like(new TlsClientSettings { ServerName = Host }, NodeVersion.Node20);
        bool[] real = [await IsResetAsync("node", endPoint), await IsResetAsync(await Node24.ProgramAsync(), endPoint)];
        bool[] ours =
        [
            await IsResetAsync(classical, endPoint),
            await IsResetAsync(NodeHello.Like(classical, NodeVersion.Node24), endPoint),
            await IsResetAsync(NodeHello.PaddedOnly(classical), endPoint),
            await IsResetAsync(classical with { FirstSegmentLength = 100 }, endPoint),
        ];

        Assert.Equal([node20, node24], real);
        Assert.Equal([node20, node24, padded, split], ours);
    }

    [Fact]
    public async Task The_hybrid_share_is_a_real_one_that_a_Node_24_server_takes()
    {
        const string Server = """
            const fs = require('fs'), tls = require('tls');
            const [key, cert] = JSON.parse(fs.readFileSync(0, 'utf8'));
            const server = tls.createServer({ key, cert, ecdhCurve: 'X25519MLKEM768', minVersion: 'TLSv1.3' }, (socket) => { socket.on('error', () => {}); socket.end('hello'); });
            server.listen(0, '127.0.0.1', () => console.log(server.address().port));
            """;
        var made = await Tool.OpenSslAsync(null, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=" + Host, "-keyout", "-", "-out", "-");
        var certificate = made.Output[made.Output.IndexOf("-----BEGIN CERTIFICATE", StringComparison.Ordinal)..];
        var key = made.Output[..made.Output.IndexOf("-----BEGIN CERTIFICATE", StringComparison.Ordinal)];
        using var node = Tool.Start(await Node24.ProgramAsync(), ["-e", Server]);
        try
        {
            await node.StandardInput.WriteAsync(JsonSerializer.Serialize<string[]>([key, certificate]));
            node.StandardInput.Close();
            var port = int.Parse((await node.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, CultureInfo.InvariantCulture);

            // The server has that group alone.
            await Assert.ThrowsAsync<TlsHandshakeException>(() => ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), new() { ServerName = Host }));
            await using var connection = await ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), new() { ServerName = Host, OffersMlKem = true });
            using var reader = new StreamReader(connection.Stream);
            Assert.Equal("hello", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        }
        finally
        {
            node.Kill();
        }
    }

    [Fact]
    public async Task HAProxy_resets_a_hello_in_two_segments_unless_it_waits_as_the_balancer_of_the_lab_does()
    {
        await using var healthy = await NetworkLab.StartAsync("loadBalancers: { perimeter: { nodes: [ex01] } }");
        await using var early = await NetworkLab.StartAsync("loadBalancers: { perimeter: { fault: resetSplitHello, nodes: [ex01] } }");
        var server = healthy.VirtualIp("perimeter").EndPoint!;
        await using var haproxy = await HaproxyServer.StartAsync(_folder.Path, address => $$"""
            frontend early
                bind {{address}}:18441 defer-accept
                use_backend servers if { req.ssl_sni -i {{Host}} }
            frontend patient
                bind {{address}}:18442 defer-accept
                tcp-request inspect-delay 10s
                tcp-request content accept if { req.ssl_hello_type 1 }
                use_backend servers if { req.ssl_sni -i {{Host}} }
            frontend at-once
                bind {{address}}:18443
                use_backend servers if { req.ssl_sni -i {{Host}} }
            backend servers
                server lab {{server}}
            """);
        IPEndPoint At(int port) => new(IPAddress.Parse(haproxy.Address), port);

        var whole = NodeHello.Like(new TlsClientSettings { ServerName = Host }, NodeVersion.Node20);
        var split = whole with { FirstSegmentLength = 100 };
        (string Name, IPEndPoint EndPoint)[] balancers = [("HAProxy, early", At(18441)), ("the lab, early", early.VirtualIp("perimeter").EndPoint!), ("HAProxy, patient", At(18442)), ("the lab, healthy", server)];
        var shares = new List<(string Balancer, int Whole, int Split)>();
        foreach (var (name, endPoint) in balancers)
        {
            shares.Add((name, await ResetsAsync(whole, endPoint), await ResetsAsync(split, endPoint)));
        }

        Assert.Equal([("HAProxy, early", 0, Connections), ("the lab, early", 0, Connections), ("HAProxy, patient", 0, 0), ("the lab, healthy", 0, 0)], shares);

        // Without defer-accept it looks before anything has come: most connections are reset, of old clients too.
        foreach (var program in new[] { "node", await Node24.ProgramAsync() })
        {
            var atOnce = await NodeAsync(program, At(18443), 40);
            var patient = await NodeAsync(program, At(18442), 40);
            Assert.NotEqual(0, atOnce.GetValueOrDefault("ECONNRESET"));
            Assert.Equal(40, patient.GetValueOrDefault("OK"));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<int> ResetsAsync(TlsClientSettings settings, IPEndPoint endPoint)
    {
        var resets = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => IsResetAsync(settings, endPoint)));
        return resets.Count(isReset => isReset);
    }

    private static async Task<bool> IsResetAsync(TlsClientSettings settings, IPEndPoint endPoint)
    {
        try
        {
            await using var connection = await ConnectAsync(endPoint, settings);
            return false;
        }
        catch (TlsHandshakeException exception) when (exception.Reason is TlsFailure.ConnectionReset or TlsFailure.ConnectionClosed)
        {
            return true;
        }
    }

    private static async Task<TlsClientConnection> ConnectAsync(IPEndPoint endPoint, TlsClientSettings settings)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endPoint, TestContext.Current.CancellationToken);
        return await TlsClient.ConnectAsync(new NetworkStream(socket, ownsSocket: true), settings, TestContext.Current.CancellationToken);
    }

    private static async Task<bool> IsResetAsync(string program, IPEndPoint endPoint)
    {
        var ends = await NodeAsync(program, endPoint, 1);
        return Assert.Single(ends.Keys) switch
        {
            "OK" => false,
            "ECONNRESET" => true,
            var other => throw new InvalidOperationException(other),
        };
    }

    private static async Task<Dictionary<string, int>> NodeAsync(string program, IPEndPoint endPoint, int count)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "clients", "hellos.mjs");
        var result = await Tool.RunAsync(program, [script, endPoint.Address.ToString(), endPoint.Port.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture)]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonSerializer.Deserialize<Dictionary<string, int>>(result.Output)!;
    }
}
