using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using AutoDetectSim.Tls.Kestrel;
using AutoDetectSim.Tls.Tests.Peers;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace AutoDetectSim.Tls.Tests;

public sealed class RobustnessTests
{
    private const string VersionOfDtls = "\u0016\u0003\u0001\u0000\u002f\u0001\u0000\u0000\u002b\u00fe\u00fe0123456789abcdef0123456789abcdef\u0000\u0000\u0002\u0013\u0001\u0001\u0000\u0000\u0000";

    private static readonly TlsServerSettings Settings = new() { Identity = TestPki.P256 };

    [Fact]
    public async Task Plain_http_on_the_tls_port_is_not_tls()
    {
        var failure = await ConnectToAsync("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"u8.ToArray());
        Assert.Equal(TlsFailure.NotTls, failure.Reason);
        Assert.Contains("HTTP/", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("16030300", TlsFailure.ConnectionClosed)] // not even a header
    [InlineData("1603030010AABB", TlsFailure.ConnectionClosed)] // half a record
    [InlineData("160303FFFF", TlsFailure.BadRecord)] // longer than any record
    [InlineData("1603030000", TlsFailure.NoCommonParameters)] // an empty handshake record
    [InlineData("170303000568656C6C6F", TlsFailure.UnexpectedMessage)] // application data
    [InlineData("1603030004FF000000", TlsFailure.UnexpectedMessage)] // an unknown message
    [InlineData("160303000402000000", TlsFailure.DecodeError)] // an empty ServerHello
    [InlineData("160303000402FFFFFF", TlsFailure.ExcessiveMessageSize)] // a message of 16 MB
    [InlineData("FF0303000100", TlsFailure.UnexpectedMessage)] // an unknown record type
    [InlineData("15030300020228", TlsFailure.AlertReceived)]
    [InlineData("15030300020100", TlsFailure.NoCommonParameters)] // close_notify instead of an answer
    [InlineData("", TlsFailure.ConnectionClosed)]
    public async Task Bytes_of_a_broken_server_fail_with_a_reason(string hex, TlsFailure reason) =>
        Assert.Equal(reason, (await ConnectToAsync(Convert.FromHexString(hex))).Reason);

    [Fact]
    public async Task A_hello_with_a_reserved_version_gets_an_alert()
    {
        await using var server = new EchoServer(Settings);
        await using var stream = await server.DialAsync();
        await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(VersionOfDtls));
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer);

        // An alert record, fatal, protocol_version.
        Assert.Equal(7, answer.Length);
        Assert.Equal([0x15, 2, 70], [answer.GetBuffer()[0], answer.GetBuffer()[5], answer.GetBuffer()[6]]);
        await server.FailureAsync();
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", TlsFailure.NotTls)]
    [InlineData("\u0016\u0003\u0001\u0000\u0005\u0002\u0000\u0000\u0001\u0000", TlsFailure.UnexpectedMessage)] // a ServerHello
    [InlineData("\u0016\u0003\u0001\u0000\u0005\u0001\u0000\u0000\u0001\u0000", TlsFailure.DecodeError)] // a ClientHello of one byte
    [InlineData("\u0017\u0003\u0003\u0000\u0001\u0000", TlsFailure.UnexpectedMessage)]
    [InlineData(VersionOfDtls, TlsFailure.ProtocolVersion)] // a ClientHello with the legacy_version 0xFEFE
    [InlineData("\u0016\u0003", TlsFailure.ConnectionClosed)]
    [InlineData("", TlsFailure.ConnectionClosed)]
    public async Task Bytes_of_a_broken_client_fail_with_a_reason(string bytes, TlsFailure reason)
    {
        await using var server = new EchoServer(Settings);
        await using (var stream = await server.DialAsync())
        {
            await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(bytes));
            stream.Socket.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(Stream.Null);
        }

        Assert.Equal(reason, (await server.FailureAsync()).Reason);
    }

    [Fact]
    public async Task Random_bytes_never_hang_or_crash_either_side()
    {
        await using var server = new EchoServer(Settings);
        for (var length = 0; length < 200; length++)
        {
            byte[] bytes = [0x16, 3, 3, 0, (byte)length, .. RandomNumberGenerator.GetBytes(length)];
            await ConnectToAsync(bytes);
            await using var stream = await server.DialAsync();
            await stream.WriteAsync(bytes);
            stream.Socket.Shutdown(SocketShutdown.Send);
            await IgnoreResetAsync(() => stream.CopyToAsync(Stream.Null));
        }
    }

    [Fact]
    public async Task Clients_that_leave_in_the_middle_of_the_handshake_do_no_harm()
    {
        await using var server = new EchoServer(Settings);
        var hello = await ClientHelloAsync();
        for (var length = 0; length <= hello.Length; length += 7)
        {
            await using (var stream = await server.DialAsync())
            {
                await stream.WriteAsync(hello.AsMemory(0, length));
            }

            Assert.Contains((await server.FailureAsync()).Reason, (TlsFailure[])[TlsFailure.ConnectionClosed, TlsFailure.ConnectionReset]);
        }

        await using var connection = await server.ConnectAsync();
        Assert.Equal("TLSv1.3", connection.Record.TlsVersion);
    }

    [Fact]
    public async Task A_client_that_has_left_before_its_handshake_is_served_is_known_all_the_same()
    {
        var input = new Pipe();
        await input.Writer.WriteAsync(await ClientHelloAsync());
        await input.Writer.CompleteAsync();
        var connection = new DefaultConnectionContext("gone")
        {
            Transport = new DuplexPipe(input.Reader, new Pipe().Writer),
            ConnectionClosed = new CancellationToken(canceled: true),
        };
        var builder = new ConnectionBuilder(new ServiceCollection().BuildServiceProvider());
        builder.UsePresentedChain((_, _, _) => ValueTask.FromResult(Settings));

        await builder.Build()(connection);

        var failure = connection.Features.Get<TlsHandshakeException>();
        Assert.Equal((TlsFailure.ConnectionClosed, "mail.contoso.test", 2), (failure?.Reason, failure?.Record.ServerName, failure?.Record.Presented.Count));
    }

    [Fact]
    public async Task A_client_hello_in_single_bytes_is_understood()
    {
        await using var server = new EchoServer(Settings);
        await using var connection = await TlsClient.ConnectAsync(new DrippingStream(await server.DialAsync()), new());
        await connection.Stream.WriteAsync("hello"u8.ToArray());
        var buffer = new byte[5];
        await connection.Stream.ReadExactlyAsync(buffer);
        Assert.Equal("hello"u8.ToArray(), buffer);
    }

    [Fact]
    public async Task A_client_hello_over_several_records_is_understood()
    {
        await using var server = new EchoServer(Settings);
        var hello = await ClientHelloAsync();
        await using var stream = await server.DialAsync();
        foreach (var part in hello[5..].Chunk(20))
        {
            await stream.WriteAsync((byte[])[0x16, 3, 1, 0, (byte)part.Length, .. part]);
        }

        var answer = new byte[6];
        await stream.ReadExactlyAsync(answer);
        Assert.Equal((0x16, 2), (answer[0], answer[5]));
    }

    [Fact]
    public async Task A_connection_that_is_cut_while_data_flows_fails_with_a_reason()
    {
        await using var server = new EchoServer(Settings);
        await using var stream = await server.DialAsync();
        await using var connection = await TlsClient.ConnectAsync(stream, new());
        stream.Socket.Shutdown(SocketShutdown.Both);
        stream.Socket.Dispose();
        await Assert.ThrowsAsync<TlsStreamException>(async () => await connection.Stream.WriteAsync(new byte[100_000]));
    }

    [Fact]
    public async Task A_forged_record_is_refused_and_said_so()
    {
        await using var server = new EchoServer(Settings);
        await using var stream = await server.DialAsync();
        var connection = await TlsClient.ConnectAsync(stream, new());
        await stream.WriteAsync((byte[])[0x17, 3, 3, 0, 32, .. new byte[32]]);
        var failure = await Assert.ThrowsAsync<TlsStreamException>(async () => await connection.Stream.ReadExactlyAsync(new byte[16]));
        Assert.Equal((TlsFailure.AlertReceived, TlsAlertDescription.BadRecordMac), (failure.Reason, failure.Alert));

        // It stays so, and does not turn into an end in order.
        failure = await Assert.ThrowsAsync<TlsStreamException>(async () => await connection.Stream.ReadExactlyAsync(new byte[16]));
        Assert.Equal(TlsAlertDescription.BadRecordMac, failure.Alert);
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task No_handles_are_left_after_a_thousand_connections()
    {
        await using var server = new EchoServer(Settings);
        await ConnectManyAsync(server, 100);
        var before = OpenHandles();
        await ConnectManyAsync(server, 1000);
        Assert.InRange(OpenHandles(), 0, before + 100);
    }

    private static async Task ConnectManyAsync(EchoServer server, int count)
    {
        for (var done = 0; done < count; done += 50)
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
            {
                await using var connection = await server.ConnectAsync();
            }));
        }
    }

    private static int OpenHandles()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.HandleCount;
    }

    private static async Task<TlsHandshakeException> ConnectToAsync(byte[] answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var server = await listener.AcceptSocketAsync();
        var answered = Task.Run(async () =>
        {
            await server.ReceiveAsync(new byte[4096]);
            await server.SendAsync(answer);
            server.Shutdown(SocketShutdown.Send);
        });
        var failure = await Assert.ThrowsAsync<TlsHandshakeException>(() => TlsClient.ConnectAsync(client.GetStream(), new()));
        await answered;
        return failure;
    }

    private static async Task<byte[]> ClientHelloAsync()
    {
        using var sent = new CannedStream([]);
        await Assert.ThrowsAsync<TlsHandshakeException>(() => TlsClient.ConnectAsync(sent, new() { ServerName = "mail.contoso.test" }));
        return sent.Written;
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private static async Task IgnoreResetAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (IOException)
        {
            // The server had not read everything when it closed.
        }
    }
}
