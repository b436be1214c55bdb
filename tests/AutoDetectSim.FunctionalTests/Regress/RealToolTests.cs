using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Regression.Adapters;

namespace AutoDetectSim.FunctionalTests.Regress;

/// <summary>The adapters that ship, each with the program that it is for.</summary>
public sealed class RealToolTests
{
    private static readonly string Guide = Path.Combine(Tool.RepositoryRoot, "docs", "regress.md");

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("curl", "curl")]
    [InlineData("docs/regress/curl-once.yaml", "curl-once")]
    public async Task The_matrix_of_curl_in_the_guide_is_what_curl_says(string adapter, string part)
    {
        using var folder = new TemporaryFolder();
        var report = Path.Combine(folder.Path, "matrix.md");

        var result = await Regress.RunAsync("--adapter", adapter, "--report", report, "--allow-known");

        Assert.True(result.ExitCode == 0, result.ToString());
        GeneratedFile.AssertPart(Guide, part, await RegressMatrix.ReadAsync(report));
    }

    [Theory]
    [InlineData("curl")]
    [InlineData("curl-once")]
    [InlineData("testssl")]
    public void Every_cell_of_the_matrices_that_is_not_right_is_explained(string part)
    {
        var lines = GeneratedFile.Part(Guide, part).Split('\n');
        var wrong = lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains("**", StringComparison.Ordinal)).Select(line => line.Split(" | ")[0][2..]).ToList();

        Assert.NotEqual(part is "curl", wrong.Count > 0);
        Assert.All(wrong, scenario => Assert.Contains(lines, line => line.StartsWith($"- **{scenario}**: ", StringComparison.Ordinal)));
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("openssl")]
    [InlineData("node")]
    public async Task OpenSSL_and_Node_judge_every_shape_of_chain_right(string adapter)
    {
        var (exitCode, document) = await Regress.JsonAsync("--adapter", adapter, "--pack", "chains", "one-of-two", "tls-1.0-only", "client-certificate-demanded", "handshake-failure-alert");

        Assert.Empty(Regress.Wrong(document));
        Assert.Equal(0, exitCode);
        Assert.All(document.GetProperty("worlds").EnumerateArray(), world => Assert.NotEqual(0, world.GetProperty("connections").GetInt32()));
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Sslscan_misses_exactly_what_its_adapter_says_that_it_misses()
    {
        string[] worlds = ["--pack", "chains", "one-of-two", "wildcard-and-apex", "tls-1.0-only", "client-certificate-demanded"];
        var (exitCode, document) = await Regress.JsonAsync(["--adapter", "sslscan", .. worlds]);

        var summary = document.GetProperty("summary");
        Assert.Equal(1, exitCode);
        Assert.Equal(summary.GetProperty("missedFaults").GetInt32(), summary.GetProperty("knownLimits").GetInt32());
        Assert.NotEqual(0, summary.GetProperty("missedFaults").GetInt32());
        Assert.Equal(document.GetProperty("worlds").GetArrayLength(), summary.GetProperty("right").GetInt32() + summary.GetProperty("knownLimits").GetInt32());
        Assert.Empty(summary.GetProperty("overcomeLimits").EnumerateArray());
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task The_call_of_the_field_by_hand_finds_faults_at_every_layer_and_their_causes()
    {
        var (exitCode, document) = await Regress.JsonAsync(
            "--adapter", "curl-detect", "--runs", "4", "--pack", "healthy", "one-of-two", "activesync-host-broken", "chains/expired-intermediate", "tls-1.0-only", "one-node-refused", "autodiscover-v1-only", "instance-unavailable");

        Assert.Empty(Regress.Wrong(document));
        Assert.Equal(0, exitCode);
        var said = document.GetProperty("worlds").EnumerateArray().ToDictionary(world => $"{world.GetProperty("scenario")} {world.GetProperty("world")}", world => world.GetProperty("said"));
        Assert.Equal("intermittent", said["one-of-two asWritten"].GetProperty("state").GetString());
        Assert.Equal("expiredLeaf", said["chains/expired-intermediate asWritten"].GetProperty("causes")[0].GetString());
        Assert.Equal("network", said["network/one-node-refused asWritten"].GetProperty("causes")[0].GetString());
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Curl_that_comes_from_AutoDetects_address_finds_the_firewall_that_forgets_it()
    {
        string[] worlds = ["--adapter", "curl", "--pack", "firewall-rejects"];
        var (elsewhere, _) = await Regress.JsonAsync(worlds);
        var (fromAutoDetect, document) = await Regress.JsonAsync([.. worlds, "--source", "52.125.128.7"]);

        Assert.Equal((1, 0), (elsewhere, fromAutoDetect));
        Assert.Equal("firewall-rejects", JsonSerializer.Deserialize<string>(document.GetProperty("worlds")[0].GetProperty("scenario").GetRawText())!.Split('/')[^1]);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("gnutls-cli")]
    [InlineData("ssl-checker")]
    [InlineData("nmap")]
    [InlineData("check_ssl_cert")]
    public async Task Programs_of_the_field_judge_chains_as_their_adapters_say(string adapter)
    {
        // check_ssl_cert takes seconds for each run.
        string[] worlds = adapter == "check_ssl_cert" ? ["chains/missing-intermediate"] : ["chains/complete", "chains/missing-intermediate", "chains/name-mismatch", "chains/self-signed", "one-of-two"];
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/lib/nagios/plugins",
            ["NODE_PATH"] = adapter == "ssl-checker" ? await InstallAsync("ssl-checker@3.0.1") : "",
        };

        var result = await Tool.RunAsync("dotnet", [Tool.CommandAssembly, "regress", "--adapter", adapter, "--allow-known", "--json", "--pack", .. worlds], environment: environment, limit: TimeSpan.FromMinutes(5));

        Assert.True(result.ExitCode == 0, result.ToString());
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(adapter == "nmap" ? 2 : 0, document.RootElement.GetProperty("summary").GetProperty("knownLimits").GetInt32());
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_tool_that_makes_four_connections_a_run_does_not_keep_step_with_round_robin()
    {
        // Only the first of its connections counts, and four are a whole number of rounds of two nodes.
        const string Probe = "curl -s -o /dev/null \"https://$1/\" || failed=1; for i in 2 3 4; do curl -s -o /dev/null \"https://$1/\"; done; exit ${failed:-0}";
        var (exitCode, document) = await Regress.JsonAsync("--pack", "one-of-two", "--", "sh", "-c", Probe, "sh", "{host}");

        Assert.Empty(Regress.Wrong(document));
        Assert.Equal(0, exitCode);
        Assert.Equal("intermittent", document.GetProperty("worlds")[0].GetProperty("said").GetProperty("state").GetString());
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_tool_that_makes_one_connection_less_where_the_first_fails_does_not_keep_step_with_round_robin()
    {
        // Only the last of its connections counts: the third after a good first one, else the second; in turn both meet the good node.
        const string Probe = "curl -s -o /dev/null \"https://$1/\" && curl -s -o /dev/null \"https://$1/\"; curl -s -o /dev/null \"https://$1/\"";
        var (exitCode, document) = await Regress.JsonAsync("--pack", "one-of-two", "--", "sh", "-c", Probe, "sh", "{host}");

        Assert.Empty(Regress.Wrong(document));
        Assert.Equal(0, exitCode);
        Assert.Equal("intermittent", document.GetProperty("worlds")[0].GetProperty("said").GetProperty("state").GetString());
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task The_calls_of_Test_HMAEAS_tell_worlds_apart_as_its_adapter_reads_them()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "clients", "hmaeas-calls.ps1");

        var (exitCode, document) = await Regress.JsonAsync(
            "--adapter", "test-hmaeas", "--pack", "one-of-two", "chains/expired-leaf",
            "--", await PowerShell.Program.Value, "-NoLogo", "-NoProfile", "-NonInteractive", "-File", script, "{email}");

        Assert.Empty(Regress.Wrong(document));
        Assert.Equal(0, exitCode);
        var said = document.GetProperty("worlds").EnumerateArray().ToDictionary(world => $"{world.GetProperty("scenario")} {world.GetProperty("world")}", world => world.GetProperty("said"));
        Assert.Equal("intermittent", said["one-of-two asWritten"].GetProperty("state").GetString());
    }

    private static async Task<string> InstallAsync(string package)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "clients", package.Replace('@', '-'));
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            var installed = await Tool.RunAsync("npm", ["install", "--prefix", folder, "--no-save", package]);
            Assert.True(installed.ExitCode == 0, installed.ToString());
        }

        return Path.Combine(folder, "node_modules");
    }

    [Fact]
    public void Every_adapter_that_ships_is_tried_on_its_program() =>
        Assert.Equal(
            ["check_ssl_cert", "curl", "curl-detect", "gnutls-cli", "nmap", "node", "openssl", "ssl-checker", "sslscan", "test-hmaeas", "testssl"], AdapterLibrary.Names);
}
