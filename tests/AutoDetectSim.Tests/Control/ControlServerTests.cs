using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AutoDetectSim.Control;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Control;

public sealed class ControlServerTests : IAsyncLifetime
{
    private const string World = """
        loadBalancers:
          perimeter: { nodes: [ex01, { name: ex02, present: missingIntermediate }] }
        """;

    private Lab _lab = null!;
    private ControlServer _server = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _lab = await Lab.StartAsync(ScenarioLoader.Parse(World, "world.yaml", baseDirectory: null).Scenario!, new LabOptions(), Token);
        _server = await ControlServer.StartAsync(new LabApi(_lab).Map, Token);
        _client = new HttpClient { BaseAddress = new Uri(_server.Access.Url) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _server.Access.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        await _lab.DisposeAsync();
    }

    [Fact]
    public async Task A_change_is_made_remembered_and_taken_back()
    {
        var made = await PostAsync(LabApi.ChangesPath, """{ "change": "perimeter/ex02: present complete" }""");
        Assert.Equal((HttpStatusCode.OK, "perimeter/ex02: present complete"), (made.Status, made.Json.GetProperty("change").GetString()));
        Assert.Equal(2, await PresentedByAsync("ex02"));
        var changes = await GetAsync(LabApi.ChangesPath);
        Assert.Equal("perimeter/ex02: present complete", Assert.Single(changes.Json.EnumerateArray()).GetProperty("change").GetString());

        var reset = await PostAsync(LabApi.ResetPath, "{}");
        Assert.Equal(HttpStatusCode.OK, reset.Status);
        Assert.Equal(1, await PresentedByAsync("ex02"));
    }

    [Fact]
    public async Task Changes_are_taken_back_one_after_the_other()
    {
        await PostAsync(LabApi.ChangesPath, """{ "change": "perimeter/ex02: present complete" }""");
        await PostAsync(LabApi.ChangesPath, """{ "change": "perimeter/ex01: present missingIntermediate" }""");
        Assert.Equal("perimeter/ex01: present missingIntermediate", (await GetAsync(LabApi.StatePath)).Json.GetProperty("undoable").GetString());

        Assert.Equal("Undone: perimeter/ex01: present missingIntermediate", (await PostAsync(LabApi.UndoPath, "{}")).Json.GetProperty("change").GetString());
        Assert.Equal((2, 2), (await PresentedByAsync("ex01"), await PresentedByAsync("ex02")));
        Assert.Equal("Undone: perimeter/ex02: present complete", (await PostAsync(LabApi.UndoPath, "{}")).Json.GetProperty("change").GetString());
        Assert.Equal((2, 1), (await PresentedByAsync("ex01"), await PresentedByAsync("ex02")));
        Assert.Contains("There is nothing to undo", ProblemOf(await PostAsync(LabApi.UndoPath, "{}"), HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        Assert.Equal(4, (await GetAsync(LabApi.StatePath)).Json.GetProperty("revision").GetInt64());
    }

    [Fact]
    public async Task A_change_can_be_tried_without_making_it()
    {
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(LabApi.TryPath, """{ "change": "perimeter/ex02: present complete" }""")).Status);
        Assert.Contains("complete", ProblemOf(await PostAsync(LabApi.TryPath, """{ "change": "perimeter/ex02: present complet" }"""), HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        Assert.Equal(1, await PresentedByAsync("ex02"));
        Assert.Empty((await GetAsync(LabApi.ChangesPath)).Json.EnumerateArray());
    }

    [Fact]
    public async Task A_lab_continues_with_another_scenario_and_goes_back()
    {
        var seed = _lab.Scenario.Seed;
        var other = $$"""{ "name": "other.yaml", "yaml": "seed: {{seed}}\nloadBalancers: { perimeter: { nodes: [{ name: ex01 }, { name: ex02 }, { name: ex03 }] } }" }""";
        Assert.Equal("The lab continues with the scenario other.", (await PostAsync(LabApi.ScenarioPath, other)).Json.GetProperty("change").GetString());
        Assert.Equal(3, (await GetAsync(LabApi.StatePath)).Json.GetProperty("virtualIps")[0].GetProperty("nodes").GetArrayLength());
        await PostAsync(LabApi.UndoPath, "{}");
        Assert.Equal(2, (await GetAsync(LabApi.StatePath)).Json.GetProperty("virtualIps")[0].GetProperty("nodes").GetArrayLength());
        Assert.Contains("scenario.yaml:1:1: ", ProblemOf(await PostAsync(LabApi.ScenarioPath, """{ "yaml": "nonsense: 1" }"""), HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_scenario_as_it_is_now_can_be_read_and_run()
    {
        await PostAsync(LabApi.ChangesPath, """{ "change": "perimeter/ex01: up false" }""");
        using var answer = await _client.GetAsync(new Uri(LabApi.ScenarioPath, UriKind.Relative), Token);
        Assert.Equal("application/yaml", answer.Content.Headers.ContentType!.MediaType);
        var loaded = ScenarioLoader.Parse(await answer.Content.ReadAsStringAsync(Token), "now.yaml", baseDirectory: null);
        Assert.Empty(loaded.Problems);
        Assert.False(loaded.Scenario!.LoadBalancers[0].Nodes[0].Up);
    }

    [Fact]
    public async Task The_journal_says_who_met_whom_and_goes_on_after_a_number()
    {
        using (var client = LabFrontDoor.CreateClient(_lab, concurrency: 1))
        {
            await client.CallAsync("your@contoso.com", ProbeRun.DefaultQuery, Token);
        }

        await _lab.Network.Journal.WhenIdleAsync(TimeSpan.FromSeconds(10), Token);
        var connections = (await GetAsync(LabApi.JournalPath)).Json.EnumerateArray().ToList();
        Assert.NotEmpty(connections);
        var connection = connections[^1];
        Assert.Equal(("perimeter", true), (connection.GetProperty("virtualIp").GetString(), connection.GetProperty("isAutoDetect").GetBoolean()));
        var number = connection.GetProperty("number").GetInt64();
        Assert.Empty((await GetAsync($"{LabApi.JournalPath}?after={number}")).Json.EnumerateArray());
        Assert.Equal("`after` must be the number of a connection, not 'x'.", ProblemOf(await GetAsync($"{LabApi.JournalPath}?after=x"), HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer ")]
    [InlineData("Bearer 0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("Basic dXNlcjpwYXNzd29yZA==")]
    public async Task Whoever_does_not_know_the_token_gets_nothing(string? authorization)
    {
        using var stranger = new HttpClient { BaseAddress = new Uri(_server.Access.Url) };
        stranger.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        foreach (var path in (string[])[LabApi.StatePath, LabApi.ScenarioPath, "/nothing"])
        {
            using var answer = await stranger.GetAsync(new Uri(path, UriKind.Relative), Token);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    public async Task A_page_in_a_browser_gets_nothing_by_another_name_for_this_machine()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, LabApi.StatePath);
        request.Headers.Host = "rebound.example:" + new Uri(_server.Access.Url).Port;
        using var answer = await _client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);

        using var preflight = new HttpRequestMessage(HttpMethod.Options, LabApi.ChangesPath);
        preflight.Headers.Add("Origin", "https://example.org");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Authorization = null;
        using var refused = await _client.SendAsync(preflight, Token);
        Assert.False(refused.IsSuccessStatusCode);
        Assert.DoesNotContain(refused.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest, "The body must be a JSON object with `change`")]
    [InlineData("null", HttpStatusCode.BadRequest, "The body must not be null.")]
    [InlineData("{}", HttpStatusCode.BadRequest, "The body must be a JSON object with `change`")]
    [InlineData("[1,", HttpStatusCode.BadRequest, "The body must be a JSON object with `change`")]
    [InlineData("""{ "change": "perimeter/ex09: present complete" }""", HttpStatusCode.UnprocessableEntity, "There is no node")]
    [InlineData("""{ "change": "perimeter" }""", HttpStatusCode.UnprocessableEntity, "Expected a part, a colon and the change")]
    public async Task A_request_that_cannot_be_is_told_why_and_the_lab_stays_as_it_is(string body, HttpStatusCode status, string message)
    {
        Assert.Contains(message, ProblemOf(await PostAsync(LabApi.ChangesPath, body), status), StringComparison.Ordinal);
        Assert.Empty((await GetAsync(LabApi.ChangesPath)).Json.EnumerateArray());
    }

    [Fact]
    public async Task A_body_without_an_end_is_not_read_to_its_end()
    {
        var body = $$"""{ "change": "{{new string('x', ControlServer.MaximumBody)}}" }""";
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(LabApi.ChangesPath, body)).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(LabApi.StatePath)).Status);
    }

    [Fact]
    public async Task Paths_and_methods_that_are_not_there_are_told()
    {
        Assert.Equal("There is no GET /nothing.", ProblemOf(await GetAsync("/nothing"), HttpStatusCode.NotFound));
        Assert.Equal("There is no GET /reset.", ProblemOf(await GetAsync(LabApi.ResetPath), HttpStatusCode.MethodNotAllowed));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<int> PresentedByAsync(string node)
    {
        var state = await GetAsync(LabApi.StatePath);
        return state.Json.GetProperty("virtualIps")[0].GetProperty("nodes").EnumerateArray().Single(one => one.GetProperty("name").GetString() == node).GetProperty("presents").GetArrayLength();
    }

    private static string ProblemOf((HttpStatusCode Status, JsonElement Json) answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.Status);
        return string.Join('\n', answer.Json.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()));
    }

    private async Task<(HttpStatusCode Status, JsonElement Json)> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), Token);
        return await ReadAsync(answer);
    }

    private async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(new Uri(path, UriKind.Relative), content, Token);
        return await ReadAsync(answer);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Json)> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Token);
        using var document = JsonDocument.Parse(text.Length == 0 ? "null" : text);
        return (answer.StatusCode, document.RootElement.Clone());
    }
}
