using System.Net;
using System.Text;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Exchange;

/// <summary>Mapping files and the admin API are a stranger's: they answer, and do nothing else.</summary>
public sealed class HostileMappingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hostile-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("""{ "BodyAsFile": "{{request.query.f}}", "UseTransformer": true }""", "not a template")]
    [InlineData("""{ "BodyAsFile": "/etc/passwd" }""", "below the scenario's folder")]
    [InlineData("""{ "BodyAsFile": "../../../../../../../../etc/passwd" }""", "below the scenario's folder")]
    [InlineData("""{ "BodyAsFile": "link" }""", "below the scenario's folder")]
    [InlineData("""{ "BodyAsFile": "around/passwd" }""", "below the scenario's folder")]
    [InlineData("""{ "BodyAsFile": "." }""", "not a file")]
    [InlineData("""{ "ProxyUrl": "http://127.0.0.1:1" }""", "leave the lab")]
    [InlineData("""{ "WebProxy": { "Address": "http://127.0.0.1:1" } }""", "leave the lab")]
    [InlineData("""{ "X509Certificate2ThumbprintOrSubjectName": "x" }""", "leave the lab")]
    [InlineData("""{ "Body": "x", "UseTransformer": true, "TransformerType": "Scriban" }""", "must be Handlebars")]
    [InlineData("""{ "Body": "{{#each request.headers}}{{#each request.headers}}x{{/each}}{{/each}}", "UseTransformer": true }""", "within {{#each}}")]
    public void A_mapping_that_reads_a_file_or_leaves_the_lab_is_refused_by_lint(string response, string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right on Windows.");
        Write("mappings/a.json", $$"""{ "Request": {}, "Response": {{response}} }""");
        File.CreateSymbolicLink(In("mappings/link"), "/etc/passwd");
        Directory.CreateSymbolicLink(In("mappings/around"), "/etc");

        var problem = Assert.Single(MappingFiles.Check(World()));

        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Webhooks_saving_and_patterns_from_files_are_refused()
    {
        Write("mappings/a.json", """{ "Request": {}, "Response": {}, "Webhook": { "Request": { "Url": "http://127.0.0.1:1" } } }""");
        Write("mappings/b.json", """{ "Request": {}, "Response": {}, "SaveToFile": true }""");
        Write("mappings/c.json", """{ "Request": { "Path": { "Matchers": [{ "Name": "RegexMatcher", "PatternAsFile": "/etc/passwd" }] } }, "Response": {} }""");

        Assert.Equal(3, MappingFiles.Check(World()).Count);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("outside")]
    public void A_folder_of_mappings_outside_the_scenario_is_refused(string folder)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right on Windows.");
        Directory.CreateSymbolicLink(In("outside"), "/etc");

        Assert.Contains("below the scenario's folder", Assert.Single(MappingFiles.Check(World() with { Mappings = folder })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_served_as_it_was_when_it_was_checked()
    {
        Write("mappings/a.json", """{ "Request": { "Path": "/owa/healthcheck.htm" }, "Response": { "BodyAsFile": "body.txt" } }""");
        Write("mappings/body.txt", "{{checked}}");
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso() with { BaseDirectory = _folder.FullName });
        File.Delete(In("mappings/body.txt"));
        Write("mappings/body.txt", "swapped");

        Assert.Equal("{{checked}}", RawAnswer.Parse(await host.GetAsync("mail.contoso.com", "/owa/healthcheck.htm")).Body);
    }

    [Theory]
    [InlineData("""{{File \"/etc/passwd\"}}""")]
    [InlineData("""{{Environment.GetEnvironmentVariable \"PATH\"}}""")]
    [InlineData("{{mapping.Settings.PreWireMockMiddlewareInit.Target.Token}}")]
    [InlineData("{{{mapping.Settings}}}")]
    [InlineData("{{& mapping.Settings}}")]
    [InlineData("{{[mapping].Settings}}")]
    [InlineData("{{request/../mapping.Settings}}")]
    [InlineData("{{request.body.[..].mapping}}")]
    [InlineData("{{@root.mapping.Settings}}")]
    [InlineData("{{this.mapping.Settings}}")]
    [InlineData("""{{lookup this \"mapping\"}}""")]
    [InlineData("{{lookup (lookup mapping 'Settings') 'Urls'}}")]
    [InlineData("{{#if mapping.Settings}}x{{/if}}")]
    [InlineData("{{#if request.body}}x{{else if mapping.Settings}}y{{/if}}")]
    [InlineData("{{ !mapping.Settings}}")]
    [InlineData("{{^mapping}}x{{/mapping}}")]
    [InlineData("{{response.Body}}")]
    [InlineData("{{request.bodyData.Encoding}}")]
    [InlineData("""{{Url.EncodeUri \"a\\\" mapping.Settings \"b\"}}""")]
    public async Task A_template_names_nothing_but_the_request_in_files_and_at_the_admin_api(string template)
    {
        var mapping = $$"""{ "Request": { "Path": "/x" }, "Response": { "Body": "{{template}}", "UseTransformer": true } }""";
        Write("mappings/a.json", mapping);
        Write("mappings/b.json", $$"""{ "Request": { "Path": "/x" }, "Response": { "Headers": { "{{template}}": "x" }, "UseTransformer": true } }""");

        Assert.Equal(2, MappingFiles.Check(World()).Count);
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso() with { WireMockAdmin = true }, allowsAdmin: true);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", host.Servers.AdminToken);
        using var content = new StringContent(mapping, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(host.Servers.AdminUrl + "/mappings"), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_template_may_use_the_request_conditions_loops_and_helpers()
    {
        Write("mappings/a.json", """
            { "Request": { "Path": "/owa/healthcheck.htm" }, "Response": { "UseTransformer": true, "Headers": { "X-Mine": "{{request.headers.X-A.[0]}}" },
              "Body": "{{!note}}{{request.method}} {{{request.path}}} {{Math.Add 1 (Math.Add 2 3)}} {{#if request.query.a}}yes{{else}}no{{/if}} {{#each request.query}}{{@key}}={{this}};{{/each}} {{Url.EncodeUri request.path}}" } }
            """);
        await using var host = await ExchangeHost.StartAsync(World());

        var answer = RawAnswer.Parse(await host.GetAsync("mail.contoso.com", "/owa/healthcheck.htm?a=1&b=2/3", "X-A: mine\r\n"));

        Assert.Equal("GET /owa/healthcheck.htm 6 yes a=1;b=2/3; %2Fowa%2Fhealthcheck.htm", answer.Body);
        Assert.Equal(["mine"], answer["X-Mine"]);
    }

    [Fact]
    public void The_token_of_the_admin_api_is_in_no_property_that_a_template_could_follow()
    {
        var guard = new AdminGuard();

        Assert.DoesNotContain(guard.TokenForTheUser(), typeof(AdminGuard).GetProperties().Select(property => property.GetValue(guard)?.ToString()));
        Assert.Empty(typeof(AdminGuard).GetFields());
    }

    [Fact]
    public async Task A_header_with_letters_beyond_ASCII_gets_the_same_answer_with_and_without_mappings()
    {
        const string Header = "X-A: \u00c3\u00a9\r\n";
        await using var plain = await ExchangeHost.StartAsync();
        Write("mappings/a.json", """{ "Request": { "Path": "/none" }, "Response": {} }""");
        await using var mapped = await ExchangeHost.StartAsync(World());

        var expected = RawAnswer.Parse(await plain.GetAsync("mail.contoso.com", "/owa/healthcheck.htm", Header));
        var answer = RawAnswer.Parse(await mapped.GetAsync("mail.contoso.com", "/owa/healthcheck.htm", Header));

        Assert.Equal(200, expected.Status);
        Assert.Equal((expected.Status, expected.Body), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task A_scenario_alone_does_not_open_the_admin_api()
    {
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso() with { WireMockAdmin = true });

        Assert.True(host.Servers.HasMappingServer);
        Assert.Null(host.Servers.AdminUrl);
        Assert.Null(host.Servers.AdminToken);
    }

    [Theory]
    [InlineData(200, "GET", "/mappings", null)]
    [InlineData(401, "GET", "/mappings", null, "Authorization", "Bearer wrong")]
    [InlineData(421, "GET", "/mappings", null, "Host", "attacker.example")]
    [InlineData(403, "GET", "/mappings", null, "Origin", "http://attacker.example")]
    [InlineData(404, "GET", "/settings", null)]
    [InlineData(404, "PUT", "/settings", "{}")]
    [InlineData(404, "GET", "/files/passwd", null)]
    [InlineData(404, "PUT", "/files/x", "x")]
    [InlineData(404, "POST", "/mappings/save", null)]
    [InlineData(400, "POST", "/mappings", """{ "Request": {}, "Response": { "ProxyUrl": "http://127.0.0.1:1" } }""")]
    [InlineData(400, "POST", "/mappings", """{ "Request": {}, "Response": { "BodyAsFile": "/etc/passwd" } }""")]
    [InlineData(400, "POST", "/mappings", """[{ "request": {}, "response": { "Body": "x" }, "webhooks": [{ "Request": { "Url": "http://127.0.0.1:1" } }] }]""")]
    [InlineData(201, "POST", "/mappings", """{ "Request": { "Path": "/x" }, "Response": { "Body": "x" } }""")]
    public async Task The_admin_api_takes_a_token_no_page_of_a_browser_and_only_mappings_that_stay_in_the_lab(int status, string method, string path, string? body, string? header = null, string? value = null)
    {
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso() with { WireMockAdmin = true }, allowsAdmin: true);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), host.Servers.AdminUrl + path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("Authorization", header is "Authorization" ? value : "Bearer " + host.Servers.AdminToken);
        if (header is not (null or "Authorization"))
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
    }

    private Scenario World() => ExchangeHost.Contoso() with { BaseDirectory = _folder.FullName };

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.WriteAllText(In(name), text);
    }
}
