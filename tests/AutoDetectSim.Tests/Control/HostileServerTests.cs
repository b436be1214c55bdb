using System.Net;
using System.Net.Sockets;
using System.Text;
using AutoDetectSim.Control;

namespace AutoDetectSim.Tests.Control;

/// <summary>Another program may answer where a ready file says that the control server is.</summary>
public sealed class HostileServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("200 OK", "application/json; charset=bogus", "[]")]
    [InlineData("200 OK", "application/json", "{")]
    [InlineData("200 OK", "application/json", "[null]")]
    [InlineData("200 OK", "application/json", "null")]
    public async Task An_answer_that_cannot_be_read_is_one_sentence(string status, string type, string body)
    {
        using var server = new Server(status, type, body);
        using var client = new ControlClient(server.Access);

        var failure = await Record.ExceptionAsync(() => client.GetAsync("/changes", LabApiJson.Default.IReadOnlyListMadeChange, Token));

        Assert.True(body == "[]" ? failure is null : failure is HttpRequestException, failure?.ToString());
    }

    [Fact]
    public async Task Problems_of_a_server_are_shown_without_control_characters_and_on_one_line()
    {
        using var server = new Server("422 Unprocessable", "application/json; charset=bogus", """{ "problems": ["\u001b[2J\nfine"] }""");
        using var client = new ControlClient(server.Access);

        var failure = await Assert.ThrowsAsync<ControlException>(() => client.GetTextAsync("/scenario", Token));

        Assert.Equal("\\u001b[2J\\u000afine", Assert.Single(failure.Problems));
    }

    [Theory]
    [InlineData("""{ "problems": [null] }""")]
    [InlineData("""{ "problems": null }""")]
    [InlineData("not JSON")]
    public async Task Problems_that_cannot_be_read_leave_the_status(string body)
    {
        using var server = new Server("500 Oh", "application/json", body);
        using var client = new ControlClient(server.Access);

        Assert.Contains("500", (await Assert.ThrowsAsync<ControlException>(() => client.GetTextAsync("/scenario", Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_an_end_is_given_up()
    {
        using var slow = new Server("200 OK", "text/plain", "x") { IsEndless = true };
        using var client = new ControlClient(slow.Access, endsWithin: TimeSpan.FromMilliseconds(200));
        Assert.Contains("does not end", (await Assert.ThrowsAsync<HttpRequestException>(() => client.GetTextAsync("/scenario", Token))).Message, StringComparison.Ordinal);

        using var large = new Server("200 OK", "text/plain", new string('x', 1024 * 1024)) { IsEndless = true, Repeats = true };
        using var patient = new ControlClient(large.Access);
        await Assert.ThrowsAsync<HttpRequestException>(() => patient.GetTextAsync("/scenario", Token));
    }

    /// <summary>Answers one request with fixed bytes.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();

        public Server(string status, string type, string body)
        {
            _listener.Start();
            Access = new ControlAccess { Url = $"http://{_listener.LocalEndpoint}", Token = "t" };
            _ = Task.Run(() => AnswerAsync(status, type, Encoding.UTF8.GetBytes(body)));
        }

        public ControlAccess Access { get; }

        public bool IsEndless { get; init; }

        public bool Repeats { get; init; }

        public void Dispose()
        {
            _stop.Cancel();
            _listener.Dispose();
            _stop.Dispose();
        }

        private async Task AnswerAsync(string status, string type, byte[] body)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var stream = client.GetStream();
                await stream.ReadExactlyAsync(new byte[16], _stop.Token);
                var length = IsEndless ? string.Empty : $"Content-Length: {body.Length}\r\n";
                await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: {type}\r\n{length}Connection: close\r\n\r\n"), .. body], _stop.Token);
                while (Repeats)
                {
                    await stream.WriteAsync(body, _stop.Token);
                }

                if (IsEndless)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
            {
                // The client has what it needs.
            }
        }
    }
}
