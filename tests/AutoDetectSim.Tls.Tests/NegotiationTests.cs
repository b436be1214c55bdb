using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using AutoDetectSim.Tls.Tests.Peers;

namespace AutoDetectSim.Tls.Tests;

public sealed class NegotiationTests
{
    [Theory]
    [InlineData(new[] { "h2", "http/1.1" }, new[] { "http/1.1", "h2" }, "h2")]
    [InlineData(new[] { "http/1.1" }, new[] { "h2", "http/1.1" }, "http/1.1")]
    [InlineData(new string[0], new[] { "h2" }, null)]
    [InlineData(new[] { "h2" }, new string[0], null)]
    public async Task The_servers_preference_decides_on_the_application_protocol(string[] server, string[] client, string? expected)
    {
        foreach (var version in (TlsVersions[])[TlsVersions.Tls12, TlsVersions.Tls13])
        {
            await using var peer = new EchoServer(new TlsServerSettings { Identity = TestPki.P256, ApplicationProtocols = server });
            await using var connection = await peer.ConnectAsync(new() { ApplicationProtocols = client, Versions = version });
            Assert.Equal(expected, connection.Record.ApplicationProtocol);
            Assert.Equal(client, Assert.Single(peer.Hellos).ApplicationProtocols);
        }
    }

    [Fact]
    public async Task No_common_application_protocol_is_an_alert()
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.P256, ApplicationProtocols = ["h2"] });
        var failure = await Assert.ThrowsAsync<TlsHandshakeException>(() => server.ConnectAsync(new() { ApplicationProtocols = ["http/1.1"] }));
        Assert.Equal(TlsAlertDescription.NoApplicationProtocol, failure.Alert);
        Assert.Equal(TlsFailure.NoCommonParameters, (await server.FailureAsync()).Reason);
    }

    [Theory]
    [InlineData("mail.contoso.test", "mail.contoso.test")]
    [InlineData("127.0.0.1", null)]
    [InlineData("::1", null)]
    [InlineData(null, null)]
    public async Task The_server_sees_the_name_that_the_client_asks_for(string? asked, string? seen)
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.P256 });
        await using var connection = await server.ConnectAsync(new() { ServerName = asked, Versions = TlsVersions.Tls11 | TlsVersions.Tls12 });
        var hello = Assert.Single(server.Hellos);
        Assert.Equal(seen, hello.ServerName);
        Assert.Equal(seen, connection.Record.ServerName);
        Assert.Equal(TlsVersions.Tls11 | TlsVersions.Tls12, hello.Versions & ~TlsVersions.Tls10);
    }

    [Fact]
    public async Task A_name_without_an_identity_is_told_so()
    {
        await using var server = new EchoServer(new TlsServerSettings());
        var failure = await Assert.ThrowsAsync<TlsHandshakeException>(() => server.ConnectAsync());
        Assert.Equal((TlsFailure.AlertReceived, TlsAlertDescription.UnrecognizedName), (failure.Reason, failure.Alert));
        Assert.Equal(TlsFailure.NoIdentity, (await server.FailureAsync()).Reason);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("TLSv1.2", "EPROTO", "handshake failure")]
    [InlineData("TLSv1.3", "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "certificate required")]
    public async Task Node_fails_where_a_client_certificate_is_demanded(string version, string code, string message)
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.P256, RequestClientCertificate = true });
        var said = await NodeClient.ConnectAsync(server.Port, $$"""{"maxVersion":"{{version}}","untilAnswer":true}""");
        Assert.StartsWith(code, said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_client_learns_that_a_client_certificate_is_demanded()
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.P256, RequestClientCertificate = true });
        var failure = await Assert.ThrowsAsync<TlsHandshakeException>(() => server.ConnectAsync(new() { Versions = TlsVersions.Tls12 }));
        Assert.Equal(TlsAlertDescription.HandshakeFailure, failure.Alert);

        // In TLS 1.3 the client is done before the server has looked.
        await using var connection = await server.ConnectAsync();
        var late = await Assert.ThrowsAsync<TlsStreamException>(async () => await connection.Stream.ReadExactlyAsync(new byte[1]));
        Assert.Equal(TlsAlertDescription.CertificateRequired, late.Alert);
        Assert.Equal(TlsFailure.NoClientCertificate, (await server.FailureAsync()).Reason);
        Assert.Equal(TlsFailure.NoClientCertificate, (await server.FailureAsync()).Reason);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task A_client_certificate_is_accepted(string version)
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.P256, RequestClientCertificate = true });
        using var folder = new TemporaryFolder();
        var key = folder.Write("key.pem", TestPki.RsaKey.ExportPkcs8PrivateKeyPem());
        var certificate = folder.Write("certificate.pem", TestPki.Pem(TestPki.RsaLeaf)[0]);
        var (exitCode, output, error) = await Tool.RunAsync(
            "openssl", ["s_client", version, "-key", key, "-cert", certificate, "-connect", $"127.0.0.1:{server.Port}"]);
        Assert.True(exitCode == 0, output + error);
        Assert.Equal(version == "-tls1_2" ? "TLSv1.2" : "TLSv1.3", (await server.HandshakeAsync()).Record.TlsVersion);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task SslStream_speaks_with_our_server(SslProtocols protocol)
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.P256, ApplicationProtocols = ["h2"] });
        await using var client = new SslStream(await server.DialAsync());
        await client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "mail.contoso.test",
            EnabledSslProtocols = protocol,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetRawCertData().AsSpan().SequenceEqual(TestPki.P256Leaf),
        });
        Assert.Equal(protocol, client.SslProtocol);
        Assert.Equal(SslApplicationProtocol.Http2, client.NegotiatedApplicationProtocol);
        await client.WriteAsync("hello"u8.ToArray());
        var buffer = new byte[5];
        await client.ReadExactlyAsync(buffer);
        Assert.Equal("hello"u8.ToArray(), buffer);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Our_client_speaks_with_a_node_server()
    {
        await using var server = await ChildServer.NodeAsync(TestPki.P256Key.ExportPkcs8PrivateKeyPem(), string.Concat(TestPki.Pem(TestPki.P256Leaf, TestPki.IssuingDer)));
        using var handler = new SocketsHttpHandler();
        TlsHandshakeRecord? record = null;
        handler.ConnectCallback = async (_, cancellationToken) =>
        {
            var connection = await TlsClient.ConnectAsync(await server.DialAsync(), new() { ServerName = "mail.contoso.test" }, cancellationToken);
            record = connection.Record;
            return connection.Stream;
        };
        using var client = new HttpClient(handler);
        var body = new byte[3_000_000];
        Random.Shared.NextBytes(body);
        using var content = new ByteArrayContent(body);
        using var answer = await client.PostAsync(new Uri("http://mail.contoso.test/"), content);
        Assert.Equal(body, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal([TestPki.P256Leaf, TestPki.IssuingDer], record!.Presented.Select(certificate => certificate.ToArray()));
        Assert.Equal("TLSv1.3", record.TlsVersion);
    }

    [Fact]
    public async Task Our_client_speaks_with_kestrels_own_tls()
    {
        using var certificate = X509CertificateLoader.LoadCertificate(TestPki.P256Leaf).CopyWithPrivateKey(TestPki.P256Key);
        await using var pair = await SocketPair.CreateAsync();
        await using var ssl = new SslStream(pair.Server);
        var accepting = ssl.AuthenticateAsServerAsync(certificate);
        await using var connection = await TlsClient.ConnectAsync(pair.Client, new());
        await accepting;
        Assert.Equal(TestPki.P256Leaf, connection.Record.Presented[0].ToArray());
    }

    [Fact]
    public async Task Settings_that_make_no_sense_are_refused_before_anything_is_sent()
    {
        using var sent = new CannedStream([]);
        await Assert.ThrowsAsync<ArgumentException>(() => TlsClient.ConnectAsync(sent, new() { Versions = TlsVersions.None }));
        await Assert.ThrowsAsync<ArgumentException>(() => TlsClient.ConnectAsync(sent, new() { ServerName = "müller.test" }));
        Assert.Throws<ArgumentException>(() => new TlsClientSettings { ApplicationProtocols = [""] });
        Assert.Throws<ArgumentException>(() => new TlsServerSettings { ApplicationProtocols = [new string('x', 256)] });
        Assert.Empty(sent.Written);
    }

    [Fact]
    public void Alerts_have_their_names()
    {
        Assert.Equal("handshake_failure", TlsAlertDescription.HandshakeFailure.ToRfcName());
        Assert.Equal("unknown_ca", TlsAlertDescription.UnknownCA.ToRfcName());
        Assert.True(TlsAlertNames.TryParse("bad_certificate_status_response", out var alert));
        Assert.Equal(TlsAlertDescription.BadCertificateStatusResponse, alert);
        Assert.False(TlsAlertNames.TryParse("Handshake_Failure", out _));
        Assert.Equal(34, TlsAlertNames.All.Count);
    }
}
