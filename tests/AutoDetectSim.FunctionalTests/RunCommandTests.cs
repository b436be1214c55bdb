using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests;

public sealed class RunCommandTests
{
    private const string Query = "?services=office365,outlook,google,icloud,yahoo&protocols=rest-cloud,rest-outlook,rest-office365,eas,imap,smtp";

    private static readonly string[] Order2021 =
    [
        "X-Request-Id", "X-Instance-Id", "X-DNS-Prefetch-Control", "X-Frame-Options", "Strict-Transport-Security", "X-Download-Options",
        "X-Content-Type-Options", "X-XSS-Protection", "X-OLM-Source-Endpoint", "X-Provider-Id", "X-Debug-Support", "X-AutoDv2-Error",
        "X-Feedback-Token", "Vary", "X-Response-Time", "Content-Length", "Content-Type", "Date",
    ];

    private static readonly string[] Order2025 =
    [
        "content-type", "date", "server", "strict-transport-security", "x-olm-source-endpoint", "x-provider-id", "x-debug-support",
        "x-autodv2-error", "x-feedback-token", "x-dns-prefetch-control", "x-frame-options", "x-download-options", "x-content-type-options",
        "x-xss-protection", "x-instance-id", "x-response-time", "x-request-id", "x-autodetect-cv",
    ];

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Curl_gets_the_failing_answer_of_2021_with_its_headers_in_their_order()
    {
        await using var lab = await LabProcess.StartAsync(Tool.Scenario("none-complete.yaml"));
        var (status, names, text) = await CurlAsync(lab, "--http1.1");
        Assert.Equal("HTTP/1.1 200 OK", status);
        Assert.Equal(Order2021, names);
        Assert.Contains("X-AutoDv2-Error: UNABLE_TO_VERIFY_LEAF_SIGNATURE\r\n", text, StringComparison.Ordinal);
        Assert.EndsWith("""{"email":"your@contoso.com","services":[],"protocols":[]}""", text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Curl_gets_the_failing_answer_of_2025_over_http_2_with_its_headers_in_their_order()
    {
        await using var lab = await LabProcess.StartAsync(Tool.Scenario("none-complete.yaml"), "--edition", "2025");
        var (status, names, text) = await CurlAsync(lab, "--http2");
        Assert.Equal("HTTP/2 200", status.Trim());
        Assert.Equal(Order2025, names);
        Assert.Contains("x-autodv2-error: UNABLE_TO_VERIFY_LEAF_SIGNATURE\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task The_gateway_refuses_every_host_outside_the_lab()
    {
        await using var lab = await LabProcess.StartAsync(Tool.Scenario("healthy.yaml"));
        var secure = await Tool.RunAsync("curl", ["-sS", "-x", lab.Gateway, "https://www.example.org/"]);
        Assert.NotEqual(0, secure.ExitCode);
        Assert.Contains("403", secure.Error, StringComparison.Ordinal);
        var plain = await Tool.RunAsync("curl", ["-sS", "-x", lab.Gateway, "-o", "-", "-w", "%{http_code}", "http://www.example.org/"]);
        Assert.EndsWith("403", plain.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ready_file_says_where_every_virtual_ip_listens_and_goes_when_the_lab_is_terminated()
    {
        await using var lab = await LabProcess.StartAsync(Tool.Scenario("one-in-twenty.yaml"));
        var perimeter = lab.VirtualIp("perimeter");
        Assert.Equal(20, perimeter.GetProperty("nodes").GetArrayLength());
        Assert.Equal(["autodiscover.contoso.com", "mail.contoso.com"], perimeter.GetProperty("hosts").EnumerateArray().Select(host => host.GetString()));
        Assert.StartsWith("127.0.0.1:", perimeter.GetProperty("endpoint").GetString(), StringComparison.Ordinal);
        Assert.Equal("203.0.113.10", perimeter.GetProperty("address").GetString());
        Assert.True(File.Exists(lab.RootCertificate));
        Assert.Contains("curl -i -x http://127.0.0.1:", await lab.BannerAsync(), StringComparison.Ordinal);
        Assert.Equal((0, "The lab has stopped.\n"), await lab.StopAsync());
        Assert.False(File.Exists(lab.ReadyFilePath));
        Assert.False(File.Exists(lab.RootCertificate));
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task The_lines_for_a_shell_work_as_they_are_printed()
    {
        await using var lab = await LabProcess.StartAsync(Tool.Scenario("none-complete.yaml"));
        var lines = (await lab.BannerAsync()).Split(Environment.NewLine);
        string Line(string start) => lines.First(line => line.StartsWith("  " + start, StringComparison.Ordinal)).Trim();

        var curl = await Tool.RunAsync("sh", ["-c", Line("curl ")]);
        Assert.Contains("X-AutoDv2-Error: UNABLE_TO_VERIFY_LEAF_SIGNATURE", curl.Output, StringComparison.Ordinal);
        var openssl = await Tool.RunAsync("sh", ["-c", Line("openssl ")]);
        Assert.Contains("Verify return code: 21 ", openssl.Output, StringComparison.Ordinal);
        var detect = await Tool.RunAsync("sh", ["-c", $"dotnet '{Tool.CommandAssembly}' {Line("autodetectsim ")["autodetectsim ".Length..]} --json"]);
        Assert.Equal(1, detect.ExitCode);
        Assert.Contains("\"UNABLE_TO_VERIFY_LEAF_SIGNATURE\":20", detect.Output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task An_answer_is_replaced_while_the_lab_runs_through_the_admin_api_that_the_scenario_asks_for()
    {
        using var directory = new TemporaryFolder();
        var file = Path.Combine(directory.Path, "admin.yaml");
        await File.WriteAllTextAsync(file, "wireMockAdmin: true\nexpect: { detect: your@contoso.com }\n", TestContext.Current.CancellationToken);
        await using var lab = await LabProcess.StartAsync(file, "--wiremock-admin");
        var token = "Authorization: Bearer " + lab.Ready.GetProperty("wireMockToken").GetString();
        var admin = lab.Ready.GetProperty("wireMockAdmin").GetString()!;
        Assert.StartsWith("http://127.0.0.1:", admin, StringComparison.Ordinal);
        Assert.Contains("WireMock admin API    " + admin, await lab.BannerAsync(), StringComparison.Ordinal);
        Assert.Contains("autodiscover.json/success", (await Tool.RunAsync("curl", ["-sS", "-H", token, admin + "/mappings"])).Output, StringComparison.Ordinal);

        const string Mapping = """{ "Request": { "Path": "/owa/healthcheck.htm" }, "Response": { "StatusCode": 418, "Body": "replaced" } }""";
        await Tool.RunAsync("curl", ["-sSf", "-H", token, "-H", "Content-Type: application/json", "-d", Mapping, admin + "/mappings"]);
        var replaced = await Tool.RunAsync("curl", ["-sS", "-x", lab.Gateway, "--cacert", lab.RootCertificate, "-w", " %{http_code}", "https://mail.contoso.com/owa/healthcheck.htm"]);
        Assert.Equal("replaced 418", replaced.Output);

        await using var usual = await LabProcess.StartAsync(Tool.Scenario("healthy.yaml"));
        Assert.False(usual.Ready.TryGetProperty("wireMockAdmin", out _));
    }

    [Fact]
    public async Task A_gateway_port_that_is_taken_ends_with_exit_code_3()
    {
        await using var lab = await LabProcess.StartAsync(Tool.Scenario("healthy.yaml"));
        var port = new Uri(lab.Gateway).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var result = await Tool.AutoDetectSimAsync("run", Tool.Scenario("healthy.yaml"), "--gateway-port", port);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains(port, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_log_holds_the_secrets_of_both_sides_and_a_file_that_cannot_be_written_is_explained()
    {
        using var directory = new TemporaryFolder();
        var log = Path.Combine(directory.Path, "keys.log");
        var result = await Tool.RunAsync(
            "dotnet",
            [Tool.CommandAssembly, "detect", "your@contoso.com", "--scenario", Tool.Scenario("healthy.yaml"), "--json"],
            environment: new Dictionary<string, string> { ["SSLKEYLOGFILE"] = log });
        Assert.Equal(0, result.ExitCode);
        var secrets = await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken);
        var traffic = secrets.Where(line => line.StartsWith("SERVER_TRAFFIC_SECRET_0 ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(traffic);
        Assert.Contains(traffic.CountBy(line => line), line => line.Value == 2);

        var refused = await Tool.AutoDetectSimAsync("detect", "your@contoso.com", "--scenario", Tool.Scenario("healthy.yaml"), "--key-log", Path.Combine(directory.Path, "missing", "keys.log"));
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("key log", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);
    }

    private static async Task<(string Status, string[] Names, string Text)> CurlAsync(LabProcess lab, string version)
    {
        var result = await Tool.RunAsync("curl", ["-sS", "-i", version, "--suppress-connect-headers", "-x", lab.Gateway, "--cacert", lab.RootCertificate, "-H", "x-email: your@contoso.com", lab.DetectUrl + Query]);
        Assert.True(result.ExitCode == 0, result.ToString());
        var head = result.Output[..result.Output.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");
        return (head[0], [.. head.Skip(1).Select(line => line.Split(':')[0])], result.Output);
    }
}
