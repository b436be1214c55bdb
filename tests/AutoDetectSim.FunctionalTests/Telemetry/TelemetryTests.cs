using System.Globalization;
using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Telemetry;

[Trait("Needs", "tools")]
public sealed class TelemetryTests
{
    private const string Address = "your@contoso.com";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_collector_gets_a_span_for_each_detection_and_below_it_the_parts_of_each_request(bool usesGrpc)
    {
        await using var dashboard = await Dashboard.StartAsync();
        var result = await Tool.RunAsync(
            "dotnet",
            [Tool.CommandAssembly, "detect", Address, "--scenario", "one-in-twenty", "--attempts", "40", "--otlp", usesGrpc ? dashboard.Grpc : dashboard.Http, "--json"],
            environment: new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_PROTOCOL"] = usesGrpc ? "grpc" : "http/protobuf" });

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Error);
        var spans = await dashboard.SpansAsync();
        var detections = spans.Where(span => Text(span, "name") == "detection").ToList();
        Assert.Equal(40, detections.Count);
        Assert.Equal(38, detections.Count(span => Attribute(span, "error.type") == "UNABLE_TO_VERIFY_LEAF_SIGNATURE"));
        Assert.Equal(2, detections.Count(span => Attribute(span, "autodetectsim.outcome") == "found"));

        var found = detections.First(span => Attribute(span, "autodetectsim.outcome") == "found");
        var requests = Below(spans, found);
        Assert.Equal(["AutoDiscover V2", "AutoDiscover V2", "empty Bearer challenge"], requests.Select(span => Text(span, "name")));
        var last = requests[^1];
        Assert.Equal("ex01", Attribute(last, "autodetectsim.node"));
        Assert.Equal("1.3", Attribute(last, "tls.protocol.version"));
        Assert.StartsWith("TLS_", Attribute(last, "tls.cipher"), StringComparison.Ordinal);
        Assert.Equal(["DNS", "TCP connect", "TLS handshake", "HTTP"], Below(spans, last).Select(span => Text(span, "name")));

        var failed = detections.First(span => Attribute(span, "error.type") is not null);
        var broken = Below(spans, failed)[^1];
        Assert.Matches("^ex(0[2-9]|1[0-9]|20)$", Attribute(broken, "autodetectsim.node"));
        Assert.Equal(["DNS", "TCP connect", "TLS handshake"], Below(spans, broken).Select(span => Text(span, "name")));
    }

    [Fact]
    public async Task Prometheus_reads_how_often_each_node_failed()
    {
        await using var lab = await LabProcess.StartAsync("one-in-twenty", "--metrics-port", "0");
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var call = await Tool.RunAsync("curl", ["-s", "-x", lab.Gateway, "--cacert", lab.RootCertificate, "-H", $"x-email: {Address}", lab.DetectUrl]);
            Assert.Equal(0, call.ExitCode);
        }

        var url = lab.Ready.GetProperty("metricsUrl").GetString()!;
        var metrics = await Tool.RunAsync("curl", ["-s", url]);
        var check = await Tool.RunAsync("promtool", ["check", "metrics"], metrics.Output);
        Assert.Equal(0, check.ExitCode);
        var lines = metrics.Output.Split('\n');
        Assert.Equal(19, Sum(lines, "autodetectsim_detections_total{", "error_type=\"UNABLE_TO_VERIFY_LEAF_SIGNATURE\""));
        Assert.Equal(20, Sum(lines, "autodetectsim_detections_total{"));
        Assert.Equal(1, Sum(lines, "autodetectsim_autodetect_requests_total{", "autodetectsim_node=\"ex07\"", "error_type=\"UNABLE_TO_VERIFY_LEAF_SIGNATURE\""));

        var stranger = await Tool.RunAsync("curl", ["-s", "-H", "Host: rebound.example", "-o", "/dev/null", "-w", "%{http_code}", url]);
        Assert.Equal("421", stranger.Output);
    }

    [Fact]
    public async Task A_collector_that_is_not_there_is_named_before_anything_runs()
    {
        var result = await Tool.AutoDetectSimAsync("detect", Address, "--scenario", "one-in-twenty", "--otlp", "http://127.0.0.1:9");

        Assert.Equal(3, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith("--otlp: no collector answers at 127.0.0.1:9", result.Error, StringComparison.Ordinal);
    }

    private static List<JsonElement> Below(IEnumerable<JsonElement> spans, JsonElement parent) =>
        [.. spans.Where(span => span.TryGetProperty("parentSpanId", out var id) && id.GetString() == Text(parent, "spanId")).OrderBy(span => Text(span, "startTimeUnixNano"), StringComparer.Ordinal)];

    private static string? Text(JsonElement span, string name) => span.GetProperty(name).GetString();

    private static string? Attribute(JsonElement span, string key) => span.GetProperty("attributes").EnumerateArray()
        .Where(attribute => Text(attribute, "key") == key)
        .Select(attribute => attribute.GetProperty("value").GetProperty("stringValue").GetString())
        .FirstOrDefault();

    private static double Sum(IEnumerable<string> lines, params string[] parts) => lines
        .Where(line => line.StartsWith(parts[0], StringComparison.Ordinal) && parts.All(part => line.Contains(part, StringComparison.Ordinal)))
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
}
