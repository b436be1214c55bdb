using AutoDetectSim.Tls.Tests.Peers;

namespace AutoDetectSim.Tls.Tests;

public sealed class TimeoutTests
{
    [Fact]
    public async Task A_client_gives_up_on_a_server_that_never_answers()
    {
        var time = new SignallingTimeProvider();
        await using var server = new EchoServer(new TlsServerSettings { Fault = HandshakeFault.Silent });
        var connecting = TlsClient.ConnectAsync(await server.DialAsync(), new() { TimeProvider = time, HandshakeTimeout = TimeSpan.FromSeconds(30) });
        await time.TimerCreated;
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(connecting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TlsFailure.Timeout, (await Assert.ThrowsAsync<TlsHandshakeException>(() => connecting)).Reason);
    }

    [Fact]
    public async Task A_silent_server_outlives_its_own_timeout()
    {
        var time = new SignallingTimeProvider();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new EchoServer(
            _ =>
            {
                asked.SetResult();
                return new TlsServerSettings { Fault = HandshakeFault.Silent };
            },
            new TlsServerOptions { TimeProvider = time });
        var stream = await server.DialAsync();
        using var stop = new CancellationTokenSource();
        var connecting = TlsClient.ConnectAsync(stream, new(), stop.Token);
        await asked.Task;
        time.Advance(TimeSpan.FromHours(1));
        Assert.False(connecting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [Fact]
    public async Task A_server_gives_up_on_a_client_that_says_nothing()
    {
        var time = new SignallingTimeProvider();
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.P256 }, new TlsServerOptions { TimeProvider = time });
        await using var stream = await server.DialAsync();
        await time.TimerCreated;
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(0, await stream.ReadAsync(new byte[1]));
        Assert.Equal(TlsFailure.Timeout, (await server.FailureAsync()).Reason);
    }

    [Fact]
    public async Task Cancellation_is_no_failure()
    {
        await using var server = new EchoServer(new TlsServerSettings { Fault = HandshakeFault.Silent });
        using var stop = new CancellationTokenSource();
        var connecting = TlsClient.ConnectAsync(await server.DialAsync(), new(), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }
}
