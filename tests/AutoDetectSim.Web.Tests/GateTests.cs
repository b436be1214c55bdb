using System.Net;
using System.Text;

namespace AutoDetectSim.Web.Tests;

/// <summary>Whom a console answers. The tests share one.</summary>
public sealed class GateTests(GateTests.Entered entered) : IClassFixture<GateTests.Entered>
{
    private readonly RunningConsole _console = entered.Console;

    [Fact]
    public async Task The_link_gives_a_cookie_and_the_cookie_opens_the_pages()
    {
        using var page = await SendAsync(HttpMethod.Get, "/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("/assets/main.js", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        using var state = await SendAsync(HttpMethod.Get, "/api/lab/state");
        Assert.Contains("\"scenario\":\"one-in-twenty\"", await state.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/assets/main.js")]
    [InlineData("/api/lab/state")]
    [InlineData("/api/console")]
    [InlineData("/api/lab/events")]
    [InlineData("/enter?token=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public async Task Nothing_is_shown_without_the_token(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, cookie: false);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1")]
    [InlineData("evil.example:80")]
    public async Task A_strange_name_in_the_Host_header_is_refused(string host)
    {
        using var answer = await SendAsync(HttpMethod.Get, "/api/lab/scenario", host: host);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        using var entry = await SendAsync(HttpMethod.Get, _console.Console.Link.PathAndQuery, host: host, cookie: false);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, entry.StatusCode);
    }

    [Theory]
    [InlineData("http://evil.example", null)]
    [InlineData("null", null)]
    [InlineData(null, null)]
    [InlineData("OWN", "same-site")]
    [InlineData("OWN", "cross-site")]
    public async Task Another_site_can_change_nothing(string? origin, string? site)
    {
        var before = _console.Lab.Control.Changes.Count;
        using var answer = await SendAsync(HttpMethod.Post, "/api/lab/changes", origin: origin == "OWN" ? _console.Url : origin, site: site, body: """{ "change": "perimeter/ex01: up false" }""");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(before, _console.Lab.Control.Changes.Count);
    }

    [Fact]
    public async Task Another_site_can_read_nothing()
    {
        using var scripted = await SendAsync(HttpMethod.Get, "/api/lab/state", site: "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, scripted.StatusCode);
        using var foreign = await SendAsync(HttpMethod.Get, "/api/lab/state", origin: "http://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.False(foreign.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Changes_need_JSON_and_are_made_with_the_cookie()
    {
        var before = _console.Lab.Control.Changes.Count;
        const string Change = """{ "change": "perimeter/ex01: up false" }""";
        using (var form = await SendAsync(HttpMethod.Post, "/api/lab/changes", origin: _console.Url, body: Change, type: "text/plain"))
        {
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
        }

        using (var read = await SendAsync(HttpMethod.Get, "/api/lab/changes?change=perimeter/ex01:%20up%20false"))
        {
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
            Assert.Equal(before, _console.Lab.Control.Changes.Count);
        }

        using var made = await SendAsync(HttpMethod.Post, "/api/lab/changes", origin: _console.Url, body: Change);
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.Equal("perimeter/ex01: up false", _console.Lab.Control.Changes[^1].Sentence);
        Assert.Equal(before + 1, _console.Lab.Control.Changes.Count);
    }

    [Theory]
    [InlineData("PUT", "/")]
    [InlineData("DELETE", "/api/lab/state")]
    [InlineData("POST", "/api/console")]
    public async Task Other_methods_are_refused(string method, string path)
    {
        using var answer = await SendAsync(new HttpMethod(method), path, origin: _console.Url, body: "{}");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Theory]
    [InlineData("/assets/../enter.html")]
    [InlineData("/assets/%2e%2e/secret")]
    [InlineData("/etc/passwd")]
    public async Task No_file_of_this_computer_can_be_read(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/lessons/start", """{ "lesson": null }""")]
    [InlineData("/api/lessons/check", """{ "host": null }""")]
    public async Task A_lesson_that_is_null_is_refused_with_a_reason(string path, string body)
    {
        using var answer = await SendAsync(HttpMethod.Post, path, origin: _console.Url, body: body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("problems", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_called_too_large_and_the_lab_is_not_called_dead()
    {
        // The body itself never comes: a server that refuses it closes the connection.
        var address = new Uri(_console.Url);
        using var client = new System.Net.Sockets.TcpClient(address.Host, address.Port);
        var request = $"POST /api/lab/changes HTTP/1.1\r\nHost: {address.Authority}\r\nCookie: {entered.Cookie}\r\nOrigin: {_console.Url}\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Token);
        using var reader = new StreamReader(client.GetStream());
        Assert.StartsWith("HTTP/1.1 413 ", await reader.ReadLineAsync(Token), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, bool cookie = true, string? host = null, string? origin = null, string? site = null, string? body = null, string type = "application/json")
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false });
        using var request = new HttpRequestMessage(method, _console.Url + path);
        request.Headers.Host = host;
        if (cookie)
        {
            request.Headers.Add("Cookie", entered.Cookie);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, type);
        }

        return await client.SendAsync(request, Token);
    }

    /// <summary>A console whose link has been opened.</summary>
    public sealed class Entered : IAsyncLifetime
    {
        internal RunningConsole Console { get; private set; } = null!;

        internal string Cookie { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Console = await RunningConsole.StartAsync();
            using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false });
            using var answer = await client.GetAsync(Console.Console.Link, TestContext.Current.CancellationToken);
            var set = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
            Assert.Contains("; httponly", set, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; samesite=strict", set, StringComparison.OrdinalIgnoreCase);
            Cookie = set.Split(';')[0];
        }

        public ValueTask DisposeAsync() => Console.DisposeAsync();
    }
}
