using System.Net;
using System.Net.Sockets;
using System.Text;
using AutoDetectSim.Protocols.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Protocols.Tests.Http;

public sealed class WireHeaderOrderTests
{
    private const string Close = "Connection: close\r\n";

    [Fact]
    public async Task Named_headers_come_in_the_named_order_and_casing_and_the_others_after_them()
    {
        var answer = await AnswerAsync("GET / HTTP/1.1\r\nHost: a\r\n" + Close, context =>
        {
            context.SetResponseHeaderOrder(["x-second", "X-FIRST", "date", "content-length"]);
            context.Response.Headers["X-First"] = "1";
            context.Response.Headers["X-Second"] = "2";
            context.Response.Headers["X-Third"] = "3";
            context.Response.Headers.Date = "D";
            context.Response.ContentLength = 4;
            return context.Response.WriteAsync("body");
        });
        Assert.Equal("HTTP/1.1 200 OK\r\nx-second: 2\r\nX-FIRST: 1\r\ndate: D\r\ncontent-length: 4\r\nConnection: close\r\nX-Third: 3\r\n\r\nbody", answer);
    }

    [Fact]
    public async Task A_name_that_is_listed_twice_takes_one_value_first_and_the_rest_later()
    {
        var answer = await AnswerAsync("GET / HTTP/1.1\r\nHost: a\r\n" + Close, context =>
        {
            context.SetResponseHeaderOrder(["X-A", "X-B", "X-A", "Content-Length"]);
            context.Response.Headers["X-A"] = new(["1", "2", "3"]);
            context.Response.Headers["X-B"] = "b";
            context.Response.Headers.Date = "D";
            context.Response.ContentLength = 0;
            return Task.CompletedTask;
        });
        Assert.Equal("HTTP/1.1 200 OK\r\nX-A: 1\r\nX-B: b\r\nX-A: 2\r\nX-A: 3\r\nContent-Length: 0\r\nConnection: close\r\nDate: D\r\n\r\n", answer);
    }

    [Theory]
    [InlineData("HEAD", 200, true)]
    [InlineData("GET", 204, false)]
    [InlineData("GET", 304, false)]
    public async Task Answers_without_a_body_do_not_disturb_the_next_answer(string method, int status, bool hasLength)
    {
        var answer = await AnswerAsync($"{method} /first HTTP/1.1\r\nHost: a\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\n" + Close, context =>
        {
            context.SetResponseHeaderOrder(["X-Path", "Date", "Content-Length"]);
            context.Response.Headers["X-Path"] = context.Request.Path.Value;
            context.Response.Headers.Date = "D";
            context.Response.StatusCode = context.Request.Path == "/first" ? status : 200;
            context.Response.ContentLength = hasLength || context.Request.Path == "/second" ? 2 : null;
            return context.Request.Path == "/first" ? Task.CompletedTask : context.Response.WriteAsync("ok");
        });
        var parts = answer.Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, parts.Length);
        Assert.StartsWith($"{status} ", parts[0], StringComparison.Ordinal);
        Assert.Contains("\r\nX-Path: /first\r\nDate: D\r\n", parts[0], StringComparison.Ordinal);
        Assert.Equal("200 OK\r\nX-Path: /second\r\nDate: D\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok", parts[1]);
    }

    [Fact]
    public async Task Pipelined_chunked_and_large_bodies_pass_untouched_even_when_they_look_like_heads()
    {
        var lookalike = "HTTP/1.1 200 OK\r\nX-B: 1\r\nX-A: 2\r\n\r\n";
        var large = string.Concat(Enumerable.Repeat(lookalike, 20_000));
        var requests = string.Concat(Enumerable.Range(0, 20).Select(index => $"GET /{index} HTTP/1.1\r\nHost: a\r\n{(index == 19 ? Close : "")}\r\n"));
        var answer = await AnswerAsync(requests[..^2], async context =>
        {
            context.SetResponseHeaderOrder(["X-A", "X-B"]);
            context.Response.Headers["X-B"] = "b";
            context.Response.Headers["X-A"] = "a";
            context.Response.Headers.Date = "D";
            if (context.Request.Path == "/7")
            {
                context.Response.ContentLength = large.Length;
                await context.Response.WriteAsync(large);
            }
            else
            {
                await context.Response.WriteAsync(lookalike);
                await context.Response.Body.FlushAsync();
                await context.Response.WriteAsync(lookalike);
            }
        });
        var chunk = $"{lookalike.Length:x}\r\n{lookalike}\r\n";
        var small = $"HTTP/1.1 200 OK\r\nX-A: a\r\nX-B: b\r\nDate: D\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}{chunk}0\r\n\r\n";
        var expected = new StringBuilder();
        for (var index = 0; index < 19; index++)
        {
            expected.Append(index == 7 ? $"HTTP/1.1 200 OK\r\nX-A: a\r\nX-B: b\r\nContent-Length: {large.Length}\r\nDate: D\r\n\r\n{large}" : small);
        }

        expected.Append(small.Replace("Date: D\r\nTransfer-Encoding", "Connection: close\r\nDate: D\r\nTransfer-Encoding", StringComparison.Ordinal));
        Assert.Equal(expected.ToString(), answer);
    }

    [Fact]
    public async Task A_hundred_continue_before_the_answer_passes_as_it_is()
    {
        var answer = await AnswerAsync("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n" + Close, async context =>
        {
            context.SetResponseHeaderOrder(["X-A", "Date"]);
            context.Response.Headers.Date = "D";
            context.Response.Headers["X-A"] = await new StreamReader(context.Request.Body).ReadToEndAsync();
            context.Response.ContentLength = 0;
        }, thenSend: "abc");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX-A: abc\r\nDate: D\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", answer);
    }

    [Fact]
    public async Task A_request_that_Kestrel_refuses_itself_is_answered_as_without_the_middleware()
    {
        var answer = await AnswerAsync("GET / HTTP/1.1\r\nHost: a\r\nbad header\r\n", _ => Task.CompletedTask);
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\nDate: ", answer, StringComparison.Ordinal);
    }

    private static async Task<string> AnswerAsync(string request, RequestDelegate handler, string thenSend = "")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseWireHeaderOrder());
        });
        await using var application = builder.Build();
        application.Run(handler);
        await application.StartAsync();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPEndPoint.Parse(new Uri(application.Urls.First()).Authority));
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request + "\r\n"));
        using var answer = new MemoryStream();
        if (thenSend.Length > 0)
        {
            var first = new byte["HTTP/1.1 100 Continue\r\n\r\n".Length];
            await stream.ReadExactlyAsync(first, TestContext.Current.CancellationToken);
            answer.Write(first);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(thenSend));
        }

        await stream.CopyToAsync(answer, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(answer.ToArray());
    }
}
