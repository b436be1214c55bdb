using System.Security.Cryptography;
using AutoDetectSim.Tls.Tests.Peers;

namespace AutoDetectSim.Tls.Tests;

public sealed class StreamTests
{
    public static TheoryData<TlsVersions> Versions => [TlsVersions.Tls10, TlsVersions.Tls12, TlsVersions.Tls13];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Large_bodies_flow_in_both_directions_at_once(TlsVersions version)
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.P256, Versions = version });
        await using var connection = await server.ConnectAsync(new() { Versions = version });
        var sent = RandomNumberGenerator.GetBytes(10_000_000);
        var sending = connection.Stream.WriteAsync(sent).AsTask();
        var received = new byte[sent.Length];
        await connection.Stream.ReadExactlyAsync(received);
        await sending;
        Assert.True(sent.AsSpan().SequenceEqual(received));
    }

    [Fact]
    public async Task Both_sides_may_write_without_anybody_reading_until_the_network_is_full()
    {
        // If a reader waited for a blocked writer of its own side, this would never end.
        await using var pair = await SocketPair.CreateAsync();
        var accepting = TlsServer.AcceptAsync(pair.Server, (_, _) => ValueTask.FromResult(new TlsServerSettings { Identity = TestPki.P256 }));
        await using var client = await TlsClient.ConnectAsync(pair.Client, new());
        await using var server = await accepting;
        var data = RandomNumberGenerator.GetBytes(20_000_000);
        Task[] writing = [client.Stream.WriteAsync(data).AsTask(), server.Stream.WriteAsync(data).AsTask()];
        byte[][] received = [new byte[data.Length], new byte[data.Length]];
        await Task.WhenAll(client.Stream.ReadExactlyAsync(received[0]).AsTask(), server.Stream.ReadExactlyAsync(received[1]).AsTask());
        await Task.WhenAll(writing);
        Assert.All(received, bytes => Assert.True(data.AsSpan().SequenceEqual(bytes)));
    }

    [Fact]
    public async Task A_hundred_connections_work_at_the_same_time()
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.Rsa });
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async number =>
        {
            await using var connection = await server.ConnectAsync();
            var sent = new byte[50_000];
            sent.AsSpan().Fill((byte)number);
            var sending = connection.Stream.WriteAsync(sent).AsTask();
            var received = new byte[sent.Length];
            await connection.Stream.ReadExactlyAsync(received);
            await sending;
            Assert.True(sent.AsSpan().SequenceEqual(received));
        }));
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Openssl_may_change_its_keys_in_the_middle()
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.P256 });
        using var process = Tool.Start("openssl", ["s_client", "-tls1_3", "-connect", $"127.0.0.1:{server.Port}"]);
        try
        {
            // "K" asks for new keys of both sides (RFC 8446, section 4.6.3).
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            foreach (var line in (string[])["one", "K", "two", "K", "three"])
            {
                await process.StandardInput.WriteLineAsync(line);
                await process.StandardInput.FlushAsync(limit.Token);
                var (output, expected) = line == "K" ? (process.StandardError, "KEYUPDATE") : (process.StandardOutput, line);
                string? said;
                do
                {
                    said = await output.ReadLineAsync(limit.Token);
                }
                while (said is not null && said != expected);
                Assert.Equal(expected, said);
            }
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task Close_notify_ends_the_other_side_in_order()
    {
        await using var pair = await SocketPair.CreateAsync();
        var accepting = TlsServer.AcceptAsync(pair.Server, (_, _) => ValueTask.FromResult(new TlsServerSettings { Identity = TestPki.P256 }));
        await using var client = await TlsClient.ConnectAsync(pair.Client, new());
        await using (var server = await accepting)
        {
            await server.Stream.WriteAsync("bye"u8.ToArray());
        }

        using var reader = new StreamReader(client.Stream);
        Assert.Equal("bye", await reader.ReadToEndAsync());
        Assert.Equal(0, await client.Stream.ReadAsync(new byte[1]));
    }

    [Fact]
    public async Task A_connection_may_be_disposed_while_somebody_reads()
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.P256 });
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            var connection = await server.ConnectAsync();
            var reading = connection.Stream.ReadAsync(new byte[16]).AsTask();
            await connection.DisposeAsync();
            if (await Record.ExceptionAsync(() => reading) is { } exception)
            {
                Assert.True(exception is TlsStreamException or ObjectDisposedException, exception.ToString());
            }
        }));
    }

    [Fact]
    public async Task An_end_without_close_notify_is_an_end_too()
    {
        await using var pair = await SocketPair.CreateAsync();
        var accepting = TlsServer.AcceptAsync(pair.Server, (_, _) => ValueTask.FromResult(new TlsServerSettings { Identity = TestPki.P256 }));
        await using var client = await TlsClient.ConnectAsync(pair.Client, new());
        await accepting;
        pair.Server.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.Equal(0, await client.Stream.ReadAsync(new byte[1]));
    }

    [Fact]
    public async Task Synchronous_reads_and_writes_work()
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.P256 });
        var connection = await server.ConnectAsync();
        await Task.Run(() =>
        {
            connection.Stream.Write("hello"u8);
            var buffer = new byte[5];
            connection.Stream.ReadExactly(buffer);
            Assert.Equal("hello"u8.ToArray(), buffer);
            connection.Stream.Dispose();
            Assert.Throws<ObjectDisposedException>(() => connection.Stream.Write("x"u8));
        });
    }
}
