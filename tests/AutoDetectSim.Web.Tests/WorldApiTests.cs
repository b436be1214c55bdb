using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AutoDetectSim.Scenarios.Library;
using AutoDetectSim.Web.Api;

namespace AutoDetectSim.Web.Tests;

/// <summary>The control interface as scripts use it, without the console.</summary>
public sealed class WorldApiTests : IAsyncLifetime
{
    private RunningConsole _console = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _console = await RunningConsole.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_console.Control.Access.Url) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _console.Control.Access.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _console.DisposeAsync();
    }

    [Fact]
    public async Task The_topology_has_the_verdict_of_the_chosen_client_and_uses_up_no_turn_of_the_load_balancer()
    {
        using var strict = await GetAsync("/topology");
        var chains = strict.RootElement.GetProperty("virtualIps")[0].GetProperty("chains").EnumerateArray().ToList();
        Assert.Equal([(19, false), (1, true)], chains.Select(chain => (chain.GetProperty("nodes").GetInt32(), chain.GetProperty("accepted").GetBoolean())));
        using var windows = await GetAsync("/topology?client=windows");
        Assert.All(windows.RootElement.GetProperty("virtualIps")[0].GetProperty("chains").EnumerateArray(), chain => Assert.True(chain.GetProperty("accepted").GetBoolean()));
        Assert.StartsWith("Unknown client 'x'. Choose from: autodetect, ", await ProblemAsync("/topology?client=x", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        await _console.DetectAsync(1);
        using var after = await GetAsync("/topology");
        Assert.Equal(["ex01"], after.RootElement.GetProperty("virtualIps")[0].GetProperty("nodes").EnumerateArray().Where(node => node.GetProperty("met").GetInt32() > 0).Select(node => node.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_node_is_explained_as_check_explains_it()
    {
        using var node = await GetAsync("/nodes/perimeter/ex02");
        var chain = node.RootElement.GetProperty("chain");
        Assert.Equal("UNABLE_TO_VERIFY_LEAF_SIGNATURE", chain.GetProperty("code").GetString());
        Assert.Equal(["missingIntermediate"], chain.GetProperty("faults").EnumerateArray().Select(fault => fault.GetString()));
        Assert.Contains("perimeter/ex02: present complete", node.RootElement.GetProperty("suggestions").EnumerateArray().Select(one => one.GetString()));
        Assert.Contains("has no node 'ex99'", await ProblemAsync("/nodes/perimeter/ex99", HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("no virtual IP 'x'", await ProblemAsync("/nodes/x/ex01", HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_of_a_connection_is_split_as_far_as_it_is_known()
    {
        await _console.DetectAsync(1);
        using var journal = await GetAsync("/journal");
        var secure = journal.RootElement.EnumerateArray().Where(one => one.TryGetProperty("tlsVersion", out _)).ToLookup(one => one.GetProperty("isAutoDetect").GetBoolean(), one => one.GetProperty("number").GetInt64());

        using var program = await GetAsync($"/connections/{secure[false].First()}");
        var seen = program.RootElement.GetProperty("timing");
        Assert.Equal(["isClient", "tlsMs", "httpMs"], seen.EnumerateObject().Select(part => part.Name));
        Assert.False(seen.GetProperty("isClient").GetBoolean());

        using var simulated = await GetAsync($"/connections/{secure[true].First()}");
        var measured = simulated.RootElement.GetProperty("timing");
        Assert.True(measured.GetProperty("isClient").GetBoolean());
        string[] parts = ["dnsMs", "tcpMs", "tlsMs", "httpMs"];
        Assert.All(parts, part => Assert.True(measured.GetProperty(part).GetDouble() > 0, part));
    }

    [Fact]
    public async Task The_journal_names_the_client_of_each_connection()
    {
        await _console.DetectAsync(1);
        using (await PostAsync("/provision", """{ "email": "your@contoso.com" }"""))
        using (await PostAsync("/outlook", """{ "email": "your@contoso.com" }"""))
        {
        }

        using var journal = await GetAsync("/journal");
        var seen = journal.RootElement.EnumerateArray().Select(one => (one.GetProperty("client").GetString()!, one.GetProperty("isAutoDetect").GetBoolean())).Distinct().ToList();
        Assert.Contains(("program", false), seen);
        Assert.Contains(("autoDetect", true), seen);
        Assert.Contains(("exchangeOnline", false), seen);
        Assert.Contains(("outlookDesktop", false), seen);
        Assert.All(seen, one => Assert.Equal(one.Item1 == "autoDetect", one.Item2));
    }

    [Fact]
    public async Task A_template_is_the_text_that_the_command_writes()
    {
        using var list = await GetAsync("/templates");
        Assert.Contains("terminating-device", list.RootElement.EnumerateArray().Select(one => one.GetProperty("name").GetString()));
        var text = await _client.GetStringAsync("/templates/balancer?domain=fabrikam.com&nodes=12", Token);
        Assert.Equal(ScenarioTemplates.Text(ScenarioTemplates.Find("balancer")!, "fabrikam.com", 12), text);
        Assert.Contains("ex{01..12}", text, StringComparison.Ordinal);
        Assert.Equal("No template is named 'x'.", await ProblemAsync("/templates/x", HttpStatusCode.NotFound));
        Assert.Equal("'many' is not a number of servers.", await ProblemAsync("/templates/balancer?nodes=many", HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task Latency_that_the_lab_only_counts_is_in_the_part_that_waits_for_it()
    {
        await _console.Lab.ChangeAsync("perimeter/ex01: latency 100ms", Token);
        await _console.DetectAsync(1);
        using var journal = await GetAsync("/journal");
        var number = journal.RootElement.EnumerateArray().First(one => one.GetProperty("isAutoDetect").GetBoolean() && one.GetProperty("node").GetString() == "ex01").GetProperty("number").GetInt64();
        using var simulated = await GetAsync($"/connections/{number}");
        var measured = simulated.RootElement.GetProperty("timing");
        string[] parts = ["tcpMs", "tlsMs", "httpMs"];
        Assert.All(parts, part => Assert.True(measured.GetProperty(part).GetDouble() >= 100, part));
        Assert.True(measured.GetProperty("dnsMs").GetDouble() < 100);
    }

    [Fact]
    public async Task Events_tell_of_changes_and_connections_as_they_happen()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, WorldApi.EventsPath);
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        Assert.Equal(0, (await NextAsync(reader)).GetProperty("revision").GetInt64());
        await _console.Lab.ChangeAsync("perimeter/ex02: up false", Token);
        Assert.Equal("perimeter/ex02: up false", (await NextAsync(reader)).GetProperty("undoable").GetString());
        await _console.DetectAsync(1);
        var met = 0;
        while (met == 0)
        {
            met = (await NextAsync(reader)).GetProperty("met").EnumerateObject().Where(one => one.Name == "perimeter/ex01").Sum(one => one.Value.GetInt32());
        }
    }

    [Fact]
    public async Task A_check_is_the_document_of_the_command_or_lines_with_progress()
    {
        using var plain = await PostAsync("/check", """{ "host": "autodiscover.contoso.com", "attempts": 20 }""");
        Assert.Equal("intermittent", plain.RootElement.GetProperty("verdict").GetString());

        using var answer = await _client.PostAsync(new Uri("/check?progress=true", UriKind.Relative), Json("""{ "host": "autodiscover.contoso.com", "attempts": 20 }"""), Token);
        var lines = (await answer.Content.ReadAsStringAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var last = JsonDocument.Parse(lines[^1]);
        Assert.Equal(2, last.RootElement.GetProperty("report").GetInt32());
        Assert.StartsWith("<!DOCTYPE html>", await _client.GetStringAsync(new Uri("/reports/2.html", UriKind.Relative), Token), StringComparison.Ordinal);
        await ProblemAsync("/reports/9.html", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/check", """{ "host": "a b", "email": "x", "attempts": 0 }""", 3)]
    [InlineData("/check", """{ "host": "mail.contoso.com", "fix": ["perimeter/ex99: up"] }""", 1)]
    [InlineData("/detect", """{ "email": "your@contoso.com", "attempts": 1001 }""", 1)]
    [InlineData("/outlook", """{ "email": "nobody" }""", 1)]
    [InlineData("/evidence", """{ "files": [] }""", 1)]
    [InlineData("/evidence", """{ "files": [{ "name": "x.txt", "text": "nothing that is known" }] }""", 1)]
    [InlineData("/evidence", """{ "files": [{ "name": "x.txt", "base64": "?" }] }""", 1)]
    [InlineData("/journal/export", """{ "form": "pdf", "numbers": [] }""", 1)]
    public async Task What_cannot_be_is_refused_with_every_problem(string path, string body, int problems)
    {
        using var answer = await _client.PostAsync(new Uri(path, UriKind.Relative), Json(body), Token);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal(problems, document.RootElement.GetProperty("problems").GetArrayLength());
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Commands_made_of_a_strangers_request_are_safe_to_paste()
    {
        var endPoint = _console.Lab.Network.CustomerVirtualIps.First().EndPoint!;
        await Tool.RunAsync("curl", ["-k", "-s", "--connect-to", "::" + endPoint, "-H", "X-Evil: '; touch x; '", "https://autodiscover.contoso.com/$(id)"]);
        await _console.Lab.Network.Journal.WhenIdleAsync(TimeSpan.FromSeconds(10), Token);
        using var exported = await PostAsync("/journal/export", """{ "form": "curl", "numbers": [1] }""");
        var text = exported.RootElement.GetProperty("text").GetString()!;
        Assert.Contains(@"'X-Evil: '\''; touch x; '\'''", text, StringComparison.Ordinal);
        Assert.Contains("'https://autodiscover.contoso.com/$(id)'", text, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task<JsonElement> NextAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                using var document = JsonDocument.Parse(line[6..]);
                return document.RootElement.Clone();
            }
        }

        throw new InvalidOperationException("The stream has ended.");
    }

    private async Task<JsonDocument> GetAsync(string path) => JsonDocument.Parse(await _client.GetStringAsync(new Uri(path, UriKind.Relative), Token));

    [Theory]
    [InlineData("/evidence", """{ "files": [null] }""", HttpStatusCode.BadRequest)]
    [InlineData("/evidence", """{ "files": null }""", HttpStatusCode.BadRequest)]
    [InlineData("/check", """{ "host": "autodiscover.contoso.com", "attempts": 1, "fix": [null] }""", HttpStatusCode.BadRequest)]
    [InlineData("/detect", """{ "email": "a@contoso.com\r\nX-Evil: y" }""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/detect", """{ "email": "jörg@contoso.com" }""", HttpStatusCode.UnprocessableEntity)]
    public async Task A_body_with_null_in_a_list_or_a_line_break_in_an_address_is_refused_with_a_reason(string path, string body, HttpStatusCode status)
    {
        using var answer = await _client.PostAsync(new Uri(path, UriKind.Relative), Json(body), Token);

        Assert.Equal(status, answer.StatusCode);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        Assert.NotEqual(0, document.RootElement.GetProperty("problems").GetArrayLength());
    }

    private async Task<JsonDocument> PostAsync(string path, string body)
    {
        using var answer = await _client.PostAsync(new Uri(path, UriKind.Relative), Json(body), Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
    }

    private async Task<string> ProblemAsync(string path, HttpStatusCode status)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), Token);
        Assert.Equal(status, answer.StatusCode);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return document.RootElement.GetProperty("problems")[0].GetString()!;
    }
}
