using System.Net.Http.Headers;
using System.Text;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Exchange;

/// <summary>What a mapping matches and writes has limits of time and size, whatever it and its requests are made of.</summary>
public sealed class MappingLimitTests : IDisposable
{
    /// <summary>Far more than any of these takes, and far less than what has no limit.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("limits-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("RegexMatcher", "^/owa/(a+)+$")]
    [InlineData("RegexMatcher", "^/owa/(.*a){20}$")]
    [InlineData("WildcardMatcher", "/owa/*a*a*a*a*a*a*a*a*a*a*b")]
    public async Task A_pattern_that_would_go_back_for_hours_is_answered_at_once(string matcher, string pattern)
    {
        Write("a.json", $$"""{ "Request": { "Path": { "Matchers": [{ "Name": "{{matcher}}", "Pattern": "{{pattern}}" }] } }, "Response": { "StatusCode": 418 } }""");
        Write("b.json", $$"""{ "Request": { "Path": "/owa/*a*a*a*a*a*a*a*a*a*a*c" }, "Response": { "StatusCode": 418 } }""");
        await using var host = await ExchangeHost.StartAsync(World());

        var answer = await host.GetAsync("mail.contoso.com", "/owa/" + new string('a', 4000) + "!").WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.NotEqual(418, RawAnswer.Parse(answer).Status);
        Assert.Equal(200, RawAnswer.Parse(await host.GetAsync("mail.contoso.com", "/owa/healthcheck.htm").WaitAsync(Limit, TestContext.Current.CancellationToken)).Status);
    }

    [Theory]
    [InlineData("(a)\\\\1")]
    [InlineData("(?=a)b")]
    [InlineData("(?<!a)b")]
    [InlineData("(?>a+)b")]
    public void A_pattern_that_can_only_be_matched_by_going_back_is_refused_by_lint(string pattern)
    {
        Write("a.json", $$"""{ "Request": { "Path": { "Matchers": [{ "Name": "RegexMatcher", "Pattern": "{{pattern}}" }] } }, "Response": {} }""");

        Assert.Contains("its time has no limit", Assert.Single(MappingFiles.Check(World())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "Body": { "Matcher": { "Name": "SimMetricsMatcher.Levenstein", "Pattern": "x" } } }""", "Unknown matcher SimMetricsMatcher")]
    [InlineData("""{ "Body": { "Matcher": { "Name": "JmesPathMatcher", "Pattern": "a" } } }""", "Unknown matcher JmesPathMatcher")]
    [InlineData("""{ "Body": { "Matcher": { "Name": "JsonMatcher", "Pattern": { "a": "(a+)+" }, "Regex": true } } }""", "JsonMatcher with Regex")]
    [InlineData("""{ "Body": { "Matcher": { "Name": "JsonPathMatcher", "Pattern": "$..[?(@.a =~ /(a+)+$/)]" } } }""", "a JSONPath with =~")]
    [InlineData("""{ "Body": { "Matcher": { "Name": "JsonPathMatcher", "Pattern": "$..a..a..a" } } }""", "more than one ..")]
    [InlineData("""{ "Body": { "Matcher": { "Name": "JsonPathMatcher", "Pattern": "$[?($[*] < $[*])]" } } }""", "$ in a filter")]
    [InlineData("""{ "Body": { "Matcher": { "Name": "JsonPathMatcher", "Pattern": "$.a'[?($[*] < $[*])]'" } } }""", "$ in a filter")]
    [InlineData("""{ "Body": { "Matcher": { "Name": "JsonPathMatcher", "Pattern": "$[?(@[*] < @[*])]" } } }""", "more than one of *")]
    [InlineData("""{ "Body": { "Matcher": { "Name": "JsonPathMatcher", "Pattern": "$[?(@[0:] < @..a)]" } } }""", "more than one of *")]
    [InlineData("""{ "Body": { "Matcher": { "Name": "JsonPathMatcher", "Pattern": "$[0,0][0,0][0,0][0,0][0,0]" } } }""", "4 commas")]
    [InlineData("""{ "Body": { "Matcher": { "Name": "XPathMatcher", "Pattern": "for $a in 1 to 1000000000 return $a" } } }""", "not XPath 1.0")]
    [InlineData("""{ "Headers": [{ "Name": "x", "Matchers": [{ "Name": "RegexMatcher", "Pattern": "(a)\\1" }] }] }""", "its time has no limit")]
    [InlineData("""{ "Params": [{ "Name": "x", "Matchers": [{ "Name": "RegexMatcher", "Pattern": "(a" }] }] }""", "Not enough )'s")]
    [InlineData("""{ "Cookies": [{ "Name": "x", "Matchers": [{ "Name": "Unknown", "Pattern": "x" }] }] }""", "Unknown matcher Unknown")]
    [InlineData("""{ "Path": { "Matchers": [{ "Name": "RegexMatcher", "Patterns": ["a", "(?=a)"] }] } }""", "its time has no limit")]
    public void A_matcher_without_a_limit_is_refused_by_lint(string request, string reason)
    {
        Write("a.json", $$"""{ "Request": {{request}}, "Response": {} }""");

        Assert.Contains(reason, Assert.Single(MappingFiles.Check(World())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_billion_laughs_and_a_slow_XPath_are_not_matched_and_the_lab_goes_on()
    {
        Write("a.json", """{ "Request": { "Body": { "Matcher": { "Name": "XPathMatcher", "Pattern": "//a[count(//a[count(//a[count(//a) > 1]) > 1]) > 1]" } } }, "Response": { "StatusCode": 418 } }""");
        Write("b.json", """{ "Request": { "Body": { "Matcher": { "Name": "XPathMatcher", "Pattern": "//lol" } } }, "Response": { "StatusCode": 418 } }""");
        await using var host = await ExchangeHost.StartAsync(World());
        var entities = string.Concat(Enumerable.Range(1, 9).Select(number => $"<!ENTITY l{number} \"{string.Concat(Enumerable.Repeat($"&l{number - 1};", 10))}\">"));

        foreach (var body in new[] { $"<!DOCTYPE lol [<!ENTITY l0 \"lol\">{entities}]><lol>&l9;</lol>", $"<r>{string.Concat(Enumerable.Repeat("<a/>", 20_000))}</r>" })
        {
            var answer = await host.LoggedOnAsync("POST", "mail.contoso.com", "/owa/healthcheck.htm", body).WaitAsync(Limit, TestContext.Current.CancellationToken);
            Assert.NotEqual(418, answer.Status);
        }

        Assert.Equal(418, (await host.LoggedOnAsync("POST", "mail.contoso.com", "/owa/healthcheck.htm", "<lol/>")).Status);
    }

    [Fact]
    public async Task Matchers_that_are_replaced_match_as_those_of_WireMock()
    {
        Write("regex.json", Mapping("""{ "Path": { "Matchers": [{ "Name": "RegexMatcher", "Pattern": "^/OWA/r[0-9]+$", "IgnoreCase": true }] } }""", 441));
        Write("reject.json", Mapping("""{ "Path": "/owa/j*", "Headers": [{ "Name": "X-A", "Matchers": [{ "Name": "RegexMatcher", "Pattern": "^b", "RejectOnMatch": true }] }] }""", 442));
        Write("and.json", Mapping("""{ "Path": { "Matchers": [{ "Name": "WildcardMatcher", "Patterns": ["/owa/w*", "*z"], "MatchOperator": "And" }] } }""", 443));
        Write("xpath.json", Mapping("""{ "Path": "/owa/x", "Body": { "Matcher": { "Name": "XPathMatcher", "Pattern": "/p:a[@b='1']", "XmlNamespaceMap": [{ "Prefix": "p", "Uri": "urn:p" }] } } }""", 444));
        Write("json.json", Mapping("""{ "Path": "/owa/p", "Body": { "Matcher": { "Name": "JsonPathMatcher", "Pattern": "$.a[?(@.b == 1)]" } } }""", 445));
        await using var host = await ExchangeHost.StartAsync(World());

        Assert.Equal(441, RawAnswer.Parse(await host.GetAsync("mail.contoso.com", "/owa/r12")).Status);
        Assert.NotEqual(441, RawAnswer.Parse(await host.GetAsync("mail.contoso.com", "/owa/r12x")).Status);
        Assert.Equal(442, (await host.LoggedOnAsync("GET", "mail.contoso.com", "/owa/j", headers: "X-A: a\r\n")).Status);
        Assert.NotEqual(442, (await host.LoggedOnAsync("GET", "mail.contoso.com", "/owa/j", headers: "X-A: b\r\n")).Status);
        Assert.Equal(443, RawAnswer.Parse(await host.GetAsync("mail.contoso.com", "/owa/w1z")).Status);
        Assert.NotEqual(443, RawAnswer.Parse(await host.GetAsync("mail.contoso.com", "/owa/w1")).Status);
        Assert.Equal(444, (await host.LoggedOnAsync("POST", "mail.contoso.com", "/owa/x", "<a xmlns='urn:p' b='1'/>")).Status);
        Assert.NotEqual(444, (await host.LoggedOnAsync("POST", "mail.contoso.com", "/owa/x", "<a b='1'/>")).Status);
        Assert.Equal(445, (await host.LoggedOnAsync("POST", "mail.contoso.com", "/owa/p", """{"a":[{"b":1}]}""")).Status);
        Assert.NotEqual(445, (await host.LoggedOnAsync("POST", "mail.contoso.com", "/owa/p", """{"a":[{"b":2}]}""")).Status);
    }

    [Theory]
    [InlineData("{{#*inline \\\"x\\\"}}{{> x}}{{> x}}{{/inline}}{{> x}}", "another template")]
    [InlineData("{{> x}}", "another template")]
    [InlineData("{{#each request.headers}}{{#each request.query}}x{{/each}}{{/each}}", "within {{#each}}")]
    [InlineData("{{#each request.headers}}{{../request.body}}{{/each}}", "within {{#each}}")]
    [InlineData("{{#each request.headers}}{{@root.request.body}}{{/each}}", "within {{#each}}")]
    [InlineData("{{#each request.headers}}{{request.body}}{{/each}}", "within {{#each}}")]
    [InlineData("{{#each request.body}}{{this}}{{/each}}", "the blocks if, unless, and each over")]
    [InlineData("{{#request.headers}}x{{/request.headers}}", "the blocks if, unless, and each over")]
    [InlineData("{{#with request}}{{#each headers}}x{{/each}}{{/with}}", "the blocks if, unless, and each over")]
    [InlineData("{{{{each request.headers}}}}x{{{{/each}}}}", "raw blocks")]
    [InlineData("{{request.body", "does not end")]
    [InlineData("{{#each\\nrequest.headers}}{{#each request.query}}x{{/each}}{{/each}}", "within {{#each}}")]
    [InlineData("{{Url.EncodeUri (Url.EncodeUri request.body)}}", "encoded already")]
    [InlineData("{{Math.Abs (Math.Abs (Math.Abs (Math.Abs (Math.Abs (Math.Abs (Math.Abs (Math.Abs (Math.Abs (Math.Abs 1)))))))))}}", "nest 8 helpers")]
    public void A_template_without_a_limit_is_refused_by_lint(string template, string reason)
    {
        Write("a.json", $$"""{ "Request": {}, "Response": { "Body": "{{template}}", "UseTransformer": true } }""");

        Assert.Contains(reason, Assert.Single(MappingFiles.Check(World())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_template_and_one_with_many_expressions_are_refused_by_lint()
    {
        Write("long.json", $$$"""{ "Request": {}, "Response": { "Body": "{{{new string('x', 70_000)}}}{{request.url}}", "UseTransformer": true } }""");
        Write("many.json", $$"""{ "Request": {}, "Response": { "BodyAsJson": { "a": "{{string.Concat(Enumerable.Repeat("{{request.body}}", 40))}}", "b": "{{string.Concat(Enumerable.Repeat("{{request.body}}", 40))}}" }, "UseTransformer": true } }""");

        var problems = MappingFiles.Check(World());

        Assert.Contains(problems, problem => problem.Message.Contains("65536 characters", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Message.Contains("64 expressions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_largest_template_on_the_largest_request_is_answered_in_time()
    {
        Write("a.json", $$$"""{ "Request": { "Path": "/owa/*" }, "Response": { "Body": "{{{string.Concat(Enumerable.Repeat("{{{request.body}}}", 60))}}}{{#each request.headers}}{{@key}}{{/each}}", "UseTransformer": true } }""");
        await using var host = await ExchangeHost.StartAsync(World());

        var answer = await host.LoggedOnAsync("POST", "mail.contoso.com", "/owa/healthcheck.htm", new string('x', 250_000)).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Equal(200, answer.Status);
        Assert.InRange(answer.Body.Length, 60 * 250_000, (60 * 250_000) + 10_000);
    }

    [Fact]
    public async Task A_large_document_is_not_searched_by_a_JSONPath()
    {
        Write("a.json", Mapping("""{ "Path": "/owa/*", "Body": { "Matcher": { "Name": "JsonPathMatcher", "Pattern": "$..a" } } }""", 445));
        await using var host = await ExchangeHost.StartAsync(World());
        async Task<int> StatusAsync(int size) => (await host.LoggedOnAsync("POST", "mail.contoso.com", "/owa/healthcheck.htm", $$"""{"b":"{{new string('x', size)}}","a":1}""")).Status;

        Assert.Equal(445, await StatusAsync(1000));
        Assert.NotEqual(445, await StatusAsync(300_000));
    }

    [Fact]
    public async Task What_the_admin_api_is_given_has_the_same_limits()
    {
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso() with { WireMockAdmin = true }, allowsAdmin: true);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.Servers.AdminToken);
        async Task<int> PostAsync(string mapping)
        {
            using var content = new StringContent(mapping, Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(new Uri(host.Servers.AdminUrl + "/mappings"), content, TestContext.Current.CancellationToken);
            return (int)answer.StatusCode;
        }

        Assert.Equal(400, await PostAsync("""{ "Request": { "Path": { "Matchers": [{ "Name": "RegexMatcher", "Pattern": "(?=a)" }] } }, "Response": {} }"""));
        Assert.Equal(201, await PostAsync("""[{ "Request": { "Path": { "Matchers": [{ "Name": "RegexMatcher", "Pattern": "^/owa/(a+)+$" }] } }, "Response": { "StatusCode": 418 } }]"""));
        Assert.Equal(201, await PostAsync("""{ "Request": { "Path": "/owa/*a*a*a*a*a*a*a*a*b" }, "Response": { "StatusCode": 418 } }"""));
        var slow = await host.GetAsync("mail.contoso.com", "/owa/" + new string('a', 4000) + "!").WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.NotEqual(418, RawAnswer.Parse(slow).Status);
        Assert.Equal(418, RawAnswer.Parse(await host.GetAsync("mail.contoso.com", "/owa/aaa")).Status);
    }

    [Fact]
    public async Task The_request_log_of_the_admin_api_has_a_size()
    {
        await using var host = await ExchangeHost.StartAsync(ExchangeHost.Contoso() with { WireMockAdmin = true }, allowsAdmin: true);
        var body = new string('x', 250_000);
        for (var request = 0; request < 60; request++)
        {
            await host.LoggedOnAsync("POST", "mail.contoso.com", "/owa/healthcheck.htm", body);
        }

        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.Servers.AdminToken);
        using var kept = System.Text.Json.JsonDocument.Parse(await client.GetStringAsync(new Uri(host.Servers.AdminUrl + "/requests"), TestContext.Current.CancellationToken));

        Assert.InRange(kept.RootElement.GetArrayLength(), 1, (int)(RequestLogLimit.MaximumBytes / body.Length));
    }

    private static string Mapping(string request, int status) => $$"""{ "Request": {{request}}, "Response": { "StatusCode": {{status}} } }""";

    private Scenario World() => ExchangeHost.Contoso() with { BaseDirectory = _folder.FullName };

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "mappings"));
        File.WriteAllText(Path.Combine(_folder.FullName, "mappings", name), text);
    }
}
