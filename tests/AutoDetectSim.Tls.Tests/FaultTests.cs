using System.Net.Sockets;
using AutoDetectSim.Tls.Tests.Peers;

namespace AutoDetectSim.Tls.Tests;

public sealed class FaultTests
{
    [Theory]
    [Trait("Needs", "tools")]
    [InlineData(HandshakeFault.Reset, "ECONNRESET")]
    [InlineData(HandshakeFault.Close, "ECONNRESET")]
    [InlineData(HandshakeFault.TruncatedHandshake, "ECONNRESET")]
    [InlineData(HandshakeFault.Alert, "EPROTO")]
    public async Task Node_reports_the_code_of_the_fault_on_a_stream(HandshakeFault fault, string code)
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.P256, Fault = fault });
        Assert.StartsWith(code, await NodeClient.ConnectAsync(server.Port), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData(HandshakeFault.Reset, "ECONNRESET")]
    [InlineData(HandshakeFault.Close, "ECONNRESET")]
    [InlineData(HandshakeFault.TruncatedHandshake, "ECONNRESET")]
    [InlineData(HandshakeFault.Alert, "EPROTO")]
    public async Task Node_reports_the_code_of_the_fault_on_kestrel(HandshakeFault fault, string code)
    {
        await using var server = await WebServer.StartAsync(new TlsServerSettings { Identity = TestPki.P256, Fault = fault });
        Assert.StartsWith(code, await NodeClient.ConnectAsync(server.Port), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData(TlsVersions.Tls10)]
    [InlineData(TlsVersions.Tls11)]
    public async Task Node_refuses_a_server_of_old_versions(TlsVersions versions)
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.P256, Versions = versions });
        var said = await NodeClient.ConnectAsync(server.Port);
        Assert.StartsWith("EPROTO", said, StringComparison.Ordinal);
        Assert.Contains("protocol version", said, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Node_is_told_the_alert_of_the_fault()
    {
        await using var server = new EchoServer(new TlsServerSettings { Fault = HandshakeFault.Alert, FaultAlert = TlsAlertDescription.UnrecognizedName });
        Assert.Contains("unrecognized name", await NodeClient.ConnectAsync(server.Port), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HandshakeFault.Reset, TlsFailure.ConnectionReset)]
    [InlineData(HandshakeFault.Close, TlsFailure.ConnectionClosed)]
    [InlineData(HandshakeFault.TruncatedHandshake, TlsFailure.ConnectionClosed)]
    [InlineData(HandshakeFault.Alert, TlsFailure.AlertReceived)]
    public async Task Our_client_tells_faults_apart(HandshakeFault fault, TlsFailure reason)
    {
        var settings = new TlsServerSettings { Identity = TestPki.P256, Fault = fault };
        await using var stream = new EchoServer(settings);
        await using var kestrel = await WebServer.StartAsync(settings);
        foreach (var port in (int[])[stream.Port, kestrel.Port])
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(System.Net.IPAddress.Loopback, port);
            var failure = await Assert.ThrowsAsync<TlsHandshakeException>(() => TlsClient.ConnectAsync(tcp.GetStream(), new() { ServerName = "mail.contoso.test" }));
            Assert.Equal(reason, failure.Reason);
            Assert.Equal(fault == HandshakeFault.Alert ? TlsAlertDescription.HandshakeFailure : null, failure.Alert);
        }
    }
}
