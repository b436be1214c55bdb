using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Tests.AutoDetect;

/// <summary>What the front door takes and what it refuses, under TestHost.</summary>
public sealed class FrontDoorTests
{
    [Theory]
    [InlineData("/detect")]
    [InlineData("/autodetect/detect")]
    [InlineData("/detect?services=office365,outlook,google,icloud,yahoo&protocols=rest-cloud,rest-outlook,rest-office365,eas,imap,smtp")]
    [InlineData("/detect?protocols=eas,rest-cloud,imap,pop3,smtp&timeout=13.5&services=office365,outlook,google,icloud,yahoo")]
    [InlineData("/detect?services=office365,outlook,google,yahoo,icloud,yahoo.co.jp&protocols=all&timeout=20")]
    [InlineData("/detect?protocols=eas,rest-cloud,imap,pop3,Email&timeout=13.5&services=office365")]
    [InlineData("/detect?unknown=1&services=office365,nonsense&=&&timeout=soon&protocols=eas,,")]
    public async Task Every_canonical_call_is_answered(string path)
    {
        using var response = await CallAsync(path, request => request.Headers.Add("X-Email", "your@contoso.com"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"onprem\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("your@contoso.com")]
    [InlineData("your@contoso.com:password")]
    [InlineData("your@contoso.com:")]
    public async Task The_address_may_come_as_Basic_credentials(string credentials)
    {
        using var response = await CallAsync("/detect", request => request.Headers.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"email\":\"your@contoso.com\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x-email", "")]
    [InlineData("x-email", "contoso.com")]
    [InlineData("x-email", "@contoso.com")]
    [InlineData("x-email", "your@")]
    [InlineData("x-email", "your@contoso")]
    [InlineData("x-email", "your@contoso..com")]
    [InlineData("x-email", "your@-contoso.com")]
    [InlineData("x-email", "your@contoso.com/../../x")]
    [InlineData("x-email", "your@contoso.com?x=")]
    [InlineData("x-email", "your@127.0.0.1:22.com")]
    [InlineData("x-email", "your name@contoso.com")]
    [InlineData("x-email", "a@b@contoso.com")]
    [InlineData("Authorization", "Basic")]
    [InlineData("Authorization", "Basic !!!!")]
    [InlineData("Authorization", "Basic //79")]
    [InlineData("Authorization", "Basic eW91cg==")]
    [InlineData("Authorization", "Bearer eW91ckBjb250b3NvLmNvbQ==")]
    public async Task A_call_without_a_usable_address_is_refused(string header, string value)
    {
        using var response = await CallAsync("/detect", request => request.Headers.TryAddWithoutValidation(header, value));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith("{\"error\":\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(response.Headers.Contains("X-Request-Id"));
        Assert.True(response.Headers.Contains("X-Response-Time"));
        Assert.NotNull(response.Headers.Date);
    }

    [Fact]
    public async Task A_call_without_any_identity_is_refused()
    {
        using var response = await CallAsync("/detect", _ => { });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task An_address_of_more_than_254_characters_is_refused()
    {
        using var response = await CallAsync("/detect", request => request.Headers.Add("x-email", "your@" + new string('a', 60) + string.Concat(Enumerable.Repeat(".aaaaaaaaaaaaaaa", 13)) + ".com"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Two_addresses_are_refused()
    {
        using var response = await CallAsync("/detect", request => request.Headers.Add("x-email", ["your@contoso.com", "my@contoso.com"]));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_huge_query_is_refused()
    {
        using var response = await CallAsync("/detect?protocols=" + new string('x', 5000), request => request.Headers.Add("x-email", "your@contoso.com"));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, response.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/detected")]
    [InlineData("/autodetect")]
    [InlineData("/x/detect")]
    public async Task Other_paths_do_not_exist(string path)
    {
        using var response = await CallAsync(path, request => request.Headers.Add("x-email", "your@contoso.com"));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    public async Task Methods_other_than_GET_are_not_allowed(string method)
    {
        using var response = await CallAsync("/detect", request =>
        {
            request.Method = new HttpMethod(method);
            request.Headers.Add("x-email", "your@contoso.com");
        });
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_code_with_characters_that_no_header_may_hold_is_made_printable()
    {
        var network = FakeNetwork.HybridContoso(Reply.Failed("BAD\r\nX-Injected: yes\u00e9"));
        using var response = await CallAsync("/detect", request => request.Headers.Add("x-email", "your@contoso.com"), network);
        Assert.Equal("BAD??X-Injected: yes?", response.Headers.GetValues("X-AutoDv2-Error").Single());
        Assert.False(response.Headers.Contains("X-Injected"));
    }

    [Fact]
    public async Task An_instance_that_does_not_serve_answers_503_in_its_turn()
    {
        var definition = new AutoDetectDefinition
        {
            Instances = [new() { Name = "prod5-autodetect-1" }, new() { Name = "prod5-autodetect-2", Available = false }],
        };
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso(), definition);
        await using var app = await StartAsync(harness);
        using var client = app.GetTestClient();
        client.DefaultRequestHeaders.Add("x-email", "your@contoso.com");
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            using var response = await client.GetAsync("/detect", TestContext.Current.CancellationToken);
            statuses.Add(response.StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable], statuses);
    }

    private static async Task<HttpResponseMessage> CallAsync(string path, Action<HttpRequestMessage> prepare, FakeNetwork? network = null)
    {
        using var harness = new DetectionHarness(network ?? FakeNetwork.HybridContoso());
        await using var app = await StartAsync(harness);
        using var client = app.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        prepare(request);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<WebApplication> StartAsync(DetectionHarness harness)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        var app = builder.Build();
        app.Run(new AutoDetectFrontDoor(harness.Service).HandleAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
