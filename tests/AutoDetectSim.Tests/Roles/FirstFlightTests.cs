using System.Net;
using System.Text;
using AutoDetectSim.Hosting.Parts;
using AutoDetectSim.Network;

namespace AutoDetectSim.Tests.Roles;

public sealed class FirstFlightTests
{
    private static readonly Caller Detection = new(IPAddress.Parse("52.125.128.7"), 4711);

    [Fact]
    public void A_request_without_TLS_is_for_the_host_of_its_header()
    {
        var whole = "GET /issuing.cer HTTP/1.1\r\nAccept: */*\r\nhost: aia.contoso.com:80\r\n\r\n"u8;

        Assert.Equal(new FirstFlight(false, "aia.contoso.com"), FirstFlight.TryRead(whole));
        Assert.Null(FirstFlight.TryRead(whole[..^1]));
        Assert.Equal(new FirstFlight(false, null), FirstFlight.TryRead("GET / HTTP/1.0\r\n\r\n"u8));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(10)]
    public void A_ClientHello_is_for_the_host_in_SNI_however_many_records_it_comes_in(int record)
    {
        var hello = Records(Hello("mail.contoso.com"), record);

        Assert.Equal(new FirstFlight(true, "mail.contoso.com"), FirstFlight.TryRead(hello));
        Assert.Null(FirstFlight.TryRead(hello.AsSpan(0, hello.Length - 1)));
    }

    [Fact]
    public void A_ClientHello_that_cannot_be_read_names_no_host_and_breaks_nothing()
    {
        var hello = Records(Hello("mail.contoso.com"), 1000);
        for (var index = 9; index < hello.Length; index++)
        {
            var broken = hello.ToArray();
            broken[index] = 0xFF;
            _ = FirstFlight.TryRead(broken);
        }

        Assert.Equal(new FirstFlight(true, null), FirstFlight.TryRead(Records(Hello(null), 1000)));
    }

    [Fact]
    public void The_PROXY_header_carries_source_and_session()
    {
        var header = ProxyHeader.Write(Detection);

        Assert.True(ProxyHeader.Begins(header));
        Assert.Equal(header.Length, ProxyHeader.LengthOf(header));
        Assert.Equal(new ProxyHeader(Detection.Address, Detection.Session), ProxyHeader.Read(header));
        Assert.False(ProxyHeader.Begins("\r\n\r\nGET"u8));
    }

    [Fact]
    public void A_PROXY_header_of_HAProxy_has_a_source_and_no_session()
    {
        // proxy-protocol.txt 2.2: TCP over IPv4, 192.0.2.7:56324 to 192.0.2.8:443.
        byte[] header = [.. "\r\n\r\n\0\r\nQUIT\n"u8, 0x21, 0x11, 0, 12, 192, 0, 2, 7, 192, 0, 2, 8, 0xDC, 0x04, 0x01, 0xBB];
        byte[] local = [.. "\r\n\r\n\0\r\nQUIT\n"u8, 0x20, 0x00, 0, 0];
        byte[] truncated = [.. "\r\n\r\n\0\r\nQUIT\n"u8, 0x21, 0x11, 0, 4, 192, 0, 2, 7];

        Assert.Equal(new ProxyHeader(IPAddress.Parse("192.0.2.7"), null), ProxyHeader.Read(header));
        Assert.Equal(new ProxyHeader(null, null), ProxyHeader.Read(local));
        Assert.Null(ProxyHeader.Read(truncated));
    }

    private static byte[] Hello(string? host)
    {
        var name = host is null ? [] : Encoding.ASCII.GetBytes(host);
        byte[] sni = host is null ? [] : [0, 0, .. Length(name.Length + 5), .. Length(name.Length + 3), 0, .. Length(name.Length), .. name];
        byte[] extensions = [0, 43, 0, 3, 2, 3, 4, .. sni];
        byte[] body = [3, 3, .. new byte[32], 0, 0, 2, 0x13, 0x01, 1, 0, .. Length(extensions.Length), .. extensions];
        return [1, 0, .. Length(body.Length), .. body];
    }

    private static byte[] Records(byte[] message, int size) => [.. message.Chunk(size).SelectMany(part => (byte[])[22, 3, 1, .. Length(part.Length), .. part])];

    private static byte[] Length(int length) => [(byte)(length >> 8), (byte)length];
}
