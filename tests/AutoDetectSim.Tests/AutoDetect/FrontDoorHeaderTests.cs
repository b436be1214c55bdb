using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AutoDetectSim.Tests.AutoDetect;

/// <summary>The headers of [SEED] and [CAP2025], as curl receives them.</summary>
[Trait("Needs", "tools")]
public sealed class FrontDoorHeaderTests
{
    [Fact]
    public async Task SEED_headers_of_the_2021_edition()
    {
        var network = FakeNetwork.HybridContoso(Reply.Failed("UNABLE_TO_VERIFY_LEAF_SIGNATURE") with { Elapsed = TimeSpan.FromMilliseconds(782) });
        using var harness = new DetectionHarness(network);
        await using var server = await FrontDoorServer.StartAsync(harness);
        var (status, headers, body) = await Curl.GetAsync(
            "-H", "x-email: abcdefghijk@contoso.com",
            $"http://127.0.0.1:{server.Port}/detect?services=office365,outlook,google,icloud,yahoo&protocols=rest-cloud,rest-outlook,rest-office365,eas,imap,smtp");
        Assert.Equal("HTTP/1.1 200 OK", status);
        Assert.Equal("""{"email":"abcdefghijk@contoso.com","services":[],"protocols":[]}""", body);
        Assert.Equal(
            [
                "X-Request-Id", "X-Instance-Id", "X-DNS-Prefetch-Control", "X-Frame-Options", "Strict-Transport-Security", "X-Download-Options",
                "X-Content-Type-Options", "X-XSS-Protection", "X-OLM-Source-Endpoint", "X-Provider-Id", "X-Debug-Support", "X-AutoDv2-Error",
                "X-Feedback-Token", "Vary", "X-Response-Time", "Content-Length", "Content-Type", "Date",
            ],
            headers.Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]));
        Assert.Matches("^X-Request-Id: prod5-1-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", headers[0]);
        Assert.Contains("X-Instance-Id: prod5-autodetect-1", headers);
        Assert.Contains("X-DNS-Prefetch-Control: off", headers);
        Assert.Contains("X-Frame-Options: SAMEORIGIN", headers);
        Assert.Contains("Strict-Transport-Security: max-age=15552000; includeSubDomains", headers);
        Assert.Contains("X-Download-Options: noopen", headers);
        Assert.Contains("X-Content-Type-Options: nosniff", headers);
        Assert.Contains("X-XSS-Protection: 1; mode=block", headers);
        Assert.Contains("X-OLM-Source-Endpoint: https://prod5-api.acompli.net/autodetect/detect", headers);
        Assert.Contains("X-Provider-Id: Unknown", headers);
        Assert.Contains("X-AutoDv2-Error: UNABLE_TO_VERIFY_LEAF_SIGNATURE", headers);
        Assert.Contains("Vary: Accept-Encoding", headers);
        Assert.Contains("X-Response-Time: 822ms", headers);
        Assert.Contains("Content-Length: 64", headers);
        Assert.Contains("Content-Type: application/json; charset=utf-8", headers);
        Assert.Contains("Date: Sat, 15 May 2021 16:46:21 GMT", headers);
    }

    [Fact]
    public async Task CAP2025_headers_of_the_2025_edition_over_http2()
    {
        using var harness = new DetectionHarness(Captures.WithoutExampleCom(), Captures.ExampleCom, Edition.Kestrel2025);
        harness.Time.SetUtcNow(new DateTimeOffset(2025, 12, 8, 21, 32, 55, TimeSpan.Zero));
        await using var server = await FrontDoorServer.StartAsync(harness, HttpProtocols.Http2);
        var (status, headers, body) = await Curl.GetAsync(
            "--http2-prior-knowledge", "-u", "email@example.com:password",
            $"http://127.0.0.1:{server.Port}/autodetect/detect?app=outlookdesktopBasic");
        Assert.Equal("HTTP/2 200", status);
        Assert.Equal(
            """{"email":"email@example.com","services":[],"protocols":[{"protocol":"imap","hostname":"imapgms.jnet.sei.co.jp","port":993,"encryption":"ssl","username":"email@example.com","validated":false},{"protocol":"smtp","hostname":"smtpgms.jnet.sei.co.jp","port":465,"encryption":"ssl","username":"email@example.com","validated":false}]}""",
            body);
        Assert.Equal(
            [
                "content-type", "date", "server", "strict-transport-security", "x-olm-source-endpoint", "x-provider-id", "x-debug-support",
                "x-autodv2-error", "x-feedback-token", "x-dns-prefetch-control", "x-frame-options", "x-download-options", "x-content-type-options",
                "x-xss-protection", "x-instance-id", "x-response-time", "x-request-id", "x-autodetect-cv",
            ],
            headers.Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]));
        Assert.Contains("content-type: application/json; charset=utf-8", headers);
        Assert.Contains("date: Mon, 08 Dec 2025 21:32:58 GMT", headers);
        Assert.Contains("server: Kestrel", headers);
        Assert.Contains("strict-transport-security: max-age=2592000", headers);
        Assert.Contains("x-olm-source-endpoint: /detect", headers);
        Assert.Contains("x-provider-id: seeatest", headers);
        Assert.Contains("x-autodv2-error: ENOTFOUND", headers);
        Assert.Contains("x-instance-id: autodetect-deployment-76fffc487d-wfs4b", headers);
        Assert.Contains("x-response-time: 3472 ms", headers);
        var requestId = headers.Single(line => line.StartsWith("x-request-id: ", StringComparison.Ordinal))["x-request-id: ".Length..];
        Assert.True(Guid.TryParseExact(requestId, "D", out _));
        Assert.Contains("x-autodetect-cv: " + requestId, headers);
    }

    [Fact]
    public async Task A_healthy_answer_has_no_error_header()
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso());
        await using var server = await FrontDoorServer.StartAsync(harness);
        var (_, headers, _) = await Curl.GetAsync("-H", "X-Email: your@contoso.com", $"http://127.0.0.1:{server.Port}/detect");
        Assert.DoesNotContain(headers, line => line.StartsWith("X-AutoDv2-Error", StringComparison.OrdinalIgnoreCase));
    }
}
