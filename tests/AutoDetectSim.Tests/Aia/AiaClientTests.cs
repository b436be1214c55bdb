using System.Net;
using System.Net.Sockets;
using System.Text;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Protocols.Aia;
using AutoDetectSim.Protocols.Dialing;
using Microsoft.Extensions.Time.Testing;

namespace AutoDetectSim.Tests.Aia;

/// <summary>Downloads from servers that mean no good.</summary>
public sealed class AiaClientTests
{
    private static readonly byte[] Certificate = MakeCertificate();

    /// <summary>What a server sends, and what the client makes of it; null: a certificate.</summary>
    public static TheoryData<string, string?> Answers() => new()
    {
        { "HTTP/1.1 200 OK\r\nContent-Type: application/pkix-cert\r\n\r\nDER", null },
        { "HTTP/1.1 200 OK\r\n\r\nDER", null },
        { "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nPEM", null },
        { "HTTP/1.1 200 OK\r\nContent-Type: application/pkcs7-mime\r\n\r\nP7C", null },
        { "HTTP/1.1 200 OK\r\nContent-Type: application/pkix-cert\r\n\r\n", "the response is not a certificate" },
        { "HTTP/1.1 200 OK\r\nContent-Type: application/pkix-cert\r\n\r\nDERDER", "the response is not a certificate" },
        { "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nDER", "text/html is not a certificate" },
        { "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nENDLESS", "image/png is not a certificate" },
        { "HTTP/1.1 200 OK\r\nContent-Type: application/pkix-cert\r\n\r\nENDLESS", "more than 64 KB" },
        { "HTTP/1.1 200 OK\r\nContent-Type: application/pkix-cert\r\nContent-Length: 9999999999\r\n\r\nENDLESS", "more than 64 KB" },
        { "HTTP/1.1 200 OK\r\nContent-Type: application/pkix-cert\r\nContent-Length: 5000\r\n\r\nDER", "ended prematurely" },
        { "HTTP/1.1 200 OK\r\nX: ENDLESS", "exceeded" },
        { "HTTP/1.1 301 Moved\r\nLocation: https://127.0.0.1/x.cer\r\nContent-Length: 0\r\n\r\n", "redirect to https" },
        { "HTTP/1.1 301 Moved\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n", "redirect to file" },
        { "HTTP/1.1 302 Found\r\nLocation: /again.cer\r\nContent-Length: 0\r\n\r\n", "more than 5 redirects" },
        { "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", "HTTP 302" },
        { "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", "HTTP 500" },
        { "HTTP/1.1 204 No Content\r\n\r\n", "HTTP 204" },
        { "SSH-2.0-OpenSSH_9.2\r\n", "invalid" },
        { "", "ended prematurely" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Bounds_and_forms_hold_against_any_server(string answer, string? problem)
    {
        using var server = new RawServer(Bytes(answer), isEndless: answer.Contains("ENDLESS", StringComparison.Ordinal));
        var download = await new AiaClient(new DialedAiaTransport(new DirectDialer(), TimeProvider.System), TimeSpan.FromSeconds(20))
            .DownloadAsync(server.Url, TestContext.Current.CancellationToken);
        if (problem is null)
        {
            Assert.Null(download.Problem);
            Assert.Equal(Certificate, Assert.Single(download.Certificates).ToArray());
        }
        else
        {
            Assert.Empty(download.Certificates);
            Assert.Contains(problem, download.Problem!, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_after_the_time_and_not_asked_again()
    {
        var time = new FakeTimeProvider();
        using var server = new RawServer([], isEndless: true);
        var client = new AiaClient(new DialedAiaTransport(new DirectDialer(), time), AiaClient.UsualTimeout);
        var download = client.DownloadAsync(server.Url, TestContext.Current.CancellationToken);
        await server.Connected;
        Assert.False(download.IsCompleted);
        time.Advance(AiaClient.UsualTimeout);
        Assert.Equal("no answer within 15 s", (await download).Problem);
        Assert.Same(await download, await client.DownloadAsync(server.Url, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("https://127.0.0.1/a.cer")]
    [InlineData("ldap://dc01/CN=AIA")]
    [InlineData("file:///etc/passwd")]
    [InlineData("a.cer")]
    [InlineData("")]
    public async Task Nothing_but_http_is_fetched(string url)
    {
        var client = new AiaClient(new DialedAiaTransport(new DirectDialer(), TimeProvider.System), AiaClient.UsualTimeout);
        Assert.Equal("not an http URL", (await client.DownloadAsync(url, TestContext.Current.CancellationToken)).Problem);
    }

    private static byte[] Bytes(string answer)
    {
        var bytes = new List<byte>();
        for (var index = 0; index < answer.Length;)
        {
            var (word, value) = answer[index..] switch
            {
                var rest when rest.StartsWith("ENDLESS", StringComparison.Ordinal) => ("ENDLESS", new byte[] { 0x30 }),
                var rest when rest.StartsWith("DER", StringComparison.Ordinal) => ("DER", Certificate),
                var rest when rest.StartsWith("PEM", StringComparison.Ordinal) => ("PEM", Encoding.ASCII.GetBytes(System.Security.Cryptography.PemEncoding.WriteString("CERTIFICATE", Certificate))),
                var rest when rest.StartsWith("P7C", StringComparison.Ordinal) => ("P7C", Bundle()),
                var rest => (rest[..1], [(byte)rest[0]]),
            };
            bytes.AddRange(value);
            index += word.Length;
        }

        return [.. bytes];
    }

    private static byte[] Bundle()
    {
        var generator = new Org.BouncyCastle.Cms.CmsSignedDataGenerator();
        generator.AddCertificates(Org.BouncyCastle.Utilities.Collections.CollectionUtilities.CreateStore(
            [new Org.BouncyCastle.X509.X509Certificate(Certificate)]));
        return generator.Generate(new Org.BouncyCastle.Cms.CmsAbsentContent()).GetEncoded();
    }

    private static byte[] MakeCertificate()
    {
        using var pki = LabPki.Create(new LabPkiDefinition { Seed = 1, Authorities = [new AuthorityRecipe { Name = "issuing" }], Certificates = [] }, TimeProvider.System);
        return pki.Get("issuing").Der.ToArray();
    }

    /// <summary>Sends the same bytes to everybody who connects, and then either closes or goes on with the last byte for ever.</summary>
    private sealed class RawServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly byte[] _bytes;
        private readonly bool _isEndless;

        public RawServer(byte[] bytes, bool isEndless)
        {
            (_bytes, _isEndless) = (bytes, isEndless);
            _listener.Start();
            _ = AcceptAsync();
        }

        public string Url => $"http://{_listener.LocalEndpoint}/issuing.cer";

        public Task Connected => _connected.Task;

        public void Dispose() => _listener.Dispose();

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    _ = ServeAsync(await _listener.AcceptSocketAsync());
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private async Task ServeAsync(Socket socket)
        {
            using (socket)
            {
                var request = new byte[4096];
                try
                {
                    await socket.ReceiveAsync(request);
                    _connected.TrySetResult();
                    await socket.SendAsync(_bytes);
                    if (_isEndless && _bytes.Length == 0)
                    {
                        await socket.ReceiveAsync(request);
                    }

                    var more = new byte[4096];
                    Array.Fill(more, _bytes.Length == 0 ? (byte)0 : _bytes[^1]);
                    while (_isEndless)
                    {
                        await socket.SendAsync(more);
                    }
                }
                catch (SocketException)
                {
                    // The client has had enough.
                }
            }
        }
    }
}
