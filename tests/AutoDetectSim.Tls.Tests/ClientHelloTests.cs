using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Tls.Tests.Peers;

namespace AutoDetectSim.Tls.Tests;

/// <summary>How a ClientHello looks to devices on the way: length, groups, segments.</summary>
public sealed class ClientHelloTests
{
    private const string Name = "mail.contoso.test";

    [Theory]
    [InlineData(false, 400)]
    [InlineData(false, 1601)]
    [InlineData(false, 9000)]
    [InlineData(true, 1601)]
    [InlineData(true, 4000)]
    public async Task A_padded_hello_has_the_length_that_was_asked_for_and_the_server_goes_on(bool offersMlKem, int length)
    {
        var hello = await HelloOfAsync(new() { ServerName = Name, OffersMlKem = offersMlKem, PaddedHelloLength = length });

        Assert.Equal((length, offersMlKem, Name), (hello.Length, hello.OffersMlKem, hello.ServerName));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Padding_takes_at_least_the_header_of_its_extension(int more)
    {
        var plain = await HelloOfAsync(new() { ServerName = Name });

        Assert.Equal(plain.Length + 4, (await HelloOfAsync(new() { ServerName = Name, PaddedHelloLength = plain.Length + more })).Length);
        Assert.Equal(plain.Length, (await HelloOfAsync(new() { ServerName = Name, PaddedHelloLength = plain.Length })).Length);
        Assert.Equal(plain.Length, (await HelloOfAsync(new() { ServerName = Name, PaddedHelloLength = 10 })).Length);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 100)]
    [InlineData(100_000, null)]
    public async Task A_hello_in_two_segments_is_seen_to_come_in_two(int first, int? seen)
    {
        var hello = await HelloOfAsync(new() { ServerName = Name, FirstSegmentLength = first });

        Assert.Equal(seen ?? hello.Length, hello.FirstReadLength);
        Assert.True(hello.Length > 100);
    }

    private static async Task<TlsClientHello> HelloOfAsync(TlsClientSettings settings)
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.P256 });
        await using var connection = await ConnectAsync(server.Port, settings);
        return Assert.Single(server.Hellos);
    }

    private static async Task<TlsClientConnection> ConnectAsync(int port, TlsClientSettings settings)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), TestContext.Current.CancellationToken);
        return await TlsClient.ConnectAsync(new NetworkStream(socket, ownsSocket: true), settings, TestContext.Current.CancellationToken);
    }
}
