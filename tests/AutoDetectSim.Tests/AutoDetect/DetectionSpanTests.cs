using System.Collections.Concurrent;
using System.Diagnostics;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.AutoDetect;

/// <summary>Spans of detections, as any listener of the process gets them.</summary>
public sealed class DetectionSpanTests
{
    [Theory]
    [InlineData("dns: { autodiscover.contoso.com: { NXDOMAIN: [] } }", "DNS", "ENOTFOUND")]
    [InlineData("loadBalancers: { perimeter: { nodes: [{ name: ex01, fault: refused }] } }", "TCP connect", "ECONNREFUSED")]
    [InlineData("loadBalancers: { perimeter: { nodes: [{ name: ex01, fault: silent }] } }", "TLS handshake", "ETIMEDOUT")]
    [InlineData("loadBalancers: { perimeter: { nodes: [{ name: ex01, fault: reset }] } }", "TLS handshake", "ECONNRESET")]
    [InlineData("loadBalancers: { perimeter: { nodes: [{ name: ex01, present: missingIntermediate }] } }", "TLS handshake", "UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("loadBalancers: { perimeter: { nodes: [{ name: ex01, fault: noAnswer }] } }", "HTTP", "ETIMEDOUT")]
    [InlineData("loadBalancers: { perimeter: { nodes: [{ name: ex01, fault: resetAnswer }] } }", "HTTP", "ECONNRESET")]
    public async Task The_part_of_a_request_that_failed_has_the_error(string world, string part, string code)
    {
        var spans = await DetectAsync(world);

        var request = Assert.Single(spans, span => span.Kind == ActivityKind.Client && span.GetTagItem("error.type") is not null);
        Assert.Equal(code, request.GetTagItem("error.type"));
        var parts = spans.Where(span => span.ParentSpanId == request.SpanId).OrderBy(span => span.StartTimeUtc).ThenBy(span => span.Duration).ToList();
        Assert.Equal((part, code), (parts[^1].DisplayName, parts[^1].GetTagItem("error.type")));
        Assert.All(parts.SkipLast(1), span => Assert.Null(span.GetTagItem("error.type")));
        Assert.Equal(request.Duration.TotalMilliseconds, parts.Sum(span => span.Duration.TotalMilliseconds), tolerance: 1.0);
    }

    [Fact]
    public async Task A_request_names_the_virtual_ip_and_the_node()
    {
        var spans = await DetectAsync("loadBalancers: { perimeter: { nodes: [ex01] } }");

        var last = spans.Last(span => span.Kind == ActivityKind.Client);
        Assert.Equal(("perimeter", "ex01", 443), (last.GetTagItem("autodetectsim.virtual_ip"), last.GetTagItem("autodetectsim.node"), last.GetTagItem("server.port")));
    }

    /// <summary>The spans of one detection, in the order in which they began; other labs of the process have other names.</summary>
    private static async Task<IReadOnlyList<Activity>> DetectAsync(string world)
    {
        var name = "spans-" + Guid.NewGuid().ToString("N");
        var stopped = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == LabTelemetry.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var lab = await Lab.StartAsync(ScenarioLoader.Parse($"name: {name}\n{world}", "world.yaml", baseDirectory: null).Scenario!, cancellationToken: TestContext.Current.CancellationToken);
        using var client = LabFrontDoor.CreateClient(lab, concurrency: 1);
        await client.CallAsync("your@contoso.com", ProbeRun.DefaultQuery, TestContext.Current.CancellationToken);
        var detection = Assert.Single(stopped, span => (string?)span.GetTagItem("autodetectsim.scenario") == name);
        return [.. stopped.Where(span => span.TraceId == detection.TraceId).OrderBy(span => span.StartTimeUtc)];
    }
}
