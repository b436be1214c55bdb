using System.Buffers;
using System.Text;
using AutoDetectSim.Hosting;
using CsCheck;

namespace AutoDetectSim.Tests.Hosting;

public sealed class ConnectRequestTests
{
    [Fact]
    public void No_bytes_make_the_parser_throw() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            var heads = (byte[][])[[.. "CONNECT "u8, .. bytes], [.. "CONNECT a.example:443 HTTP/1.1\r\n"u8, .. bytes, .. "\r\n\r\n"u8]];
            return heads.All(head => ConnectRequest.TryParse(new ReadOnlySequence<byte>(head), out var request, out _) || request is null);
        }, iter: Samples.Of(100));

    [Fact]
    public void What_follows_the_head_is_left_to_the_tunnel()
    {
        var bytes = new ReadOnlySequence<byte>("CONNECT [2001:db8::10]:443 HTTP/1.1\r\nProxy-Authorization: Basic NTIuMTI1LjEyOC43Og==\r\n\r\nhello"u8.ToArray());
        Assert.True(ConnectRequest.TryParse(bytes, out var request, out var consumed));
        Assert.Equal(("2001:db8::10", 443, "52.125.128.7"), (request!.Host, request.Port, request.Source?.ToString()));
        Assert.Equal("hello", Encoding.ASCII.GetString(bytes.Slice(consumed)));
    }
}
