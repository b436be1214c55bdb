using System.Text.Json;
using System.Xml.Linq;

namespace AutoDetectSim.FunctionalTests.Regress;

public sealed class RegressCommandTests
{
    /// <summary>A tool that connects, and is content with any certificate.</summary>
    private static readonly string[] Blind = ["curl", "-sk", "-o", "{report}", "https://{host}/"];

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_tool_without_an_adapter_is_read_by_its_exit_code()
    {
        var blind = await Regress.JsonAsync(["--pack", "chains/expired-leaf", "healthy", "--", .. Blind]);
        var anxious = await Regress.JsonAsync("--pack", "chains/expired-leaf", "healthy", "--", "sh", "-c", "curl -sk -o /dev/null https://{host}/; exit 1");
        var good = await Regress.JsonAsync("--pack", "chains/expired-leaf", "healthy", "--", "curl", "-sS", "-o", "{report}", "https://{host}/");

        Assert.Equal((1, 1, 0), (blind.ExitCode, anxious.ExitCode, good.ExitCode));
        Assert.Equal("curl: 2 of 3 worlds judged correctly, 1 missed fault", Line(blind.Document));
        Assert.Equal("sh: 1 of 3 worlds judged correctly, 2 false alarms", Line(anxious.Document));
        Assert.Equal("curl: 3 of 3 worlds judged correctly", Line(good.Document));
    }

    [Fact]
    public async Task A_tool_is_given_its_arguments_as_they_are_with_the_placeholders_filled_in()
    {
        var (_, document) = await Regress.JsonAsync(
            "--pack", "healthy", "--", "sh", "-c", "printf '%s|' \"$@\" \"$AUTODETECTSIM_HOST\" \"$AUTODETECTSIM_EMAIL\"; exit 1", "x", "--", "@file", "--json", "{host}", "{{host}}", "%{http_code}", "a b");

        Assert.Equal(
            "--|@file|--json|autodiscover.contoso.com|{host}|%{http_code}|a b|autodiscover.contoso.com|your@contoso.com|",
            document.GetProperty("worlds")[0].GetProperty("sample").GetProperty("output").GetString());
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_fault_on_one_of_two_nodes_hides_from_a_tool_that_runs_once()
    {
        string[] tool = ["--", "curl", "-sS", "-o", "{report}", "https://{host}/"];
        var once = await Regress.JsonAsync(["--pack", "one-of-two", "--runs", "1", .. tool]);
        var often = await Regress.JsonAsync(["--pack", "one-of-two", .. tool]);

        Assert.Equal((1, 0), (once.ExitCode, often.ExitCode));
        Assert.Equal("intermittent", often.Document.GetProperty("worlds")[0].GetProperty("said").GetProperty("state").GetString());
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_wrong_cause_and_an_answer_that_cannot_be_read_are_told_apart_from_a_missed_fault()
    {
        using var folder = new TemporaryFolder();
        var adapter = folder.Write("probe.yaml", """
            asks: autodiscover
            command: [curl, -sS, -o, "{report}", "https://{host}/"]
            rules:
              - { exitCode: 0, verdict: healthy }
              - { stderr: expired, verdict: broken, cause: selfSigned }
            """);

        var (exitCode, document) = await Regress.JsonAsync("--adapter", adapter, "--pack", "chains/expired-leaf", "chains/self-signed");

        Assert.Equal(1, exitCode);
        Assert.Equal("probe: 2 of 4 worlds judged correctly, 1 wrong cause, 1 without a verdict", Line(document));
        Assert.Contains("no rule matches: exit code 60", document.GetProperty("worlds")[2].GetProperty("parts")[0].GetProperty("reasons")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_person_is_shown_the_matrix_and_for_a_missed_fault_the_nodes_the_timeline_and_the_rule()
    {
        var result = await Regress.RunAsync(["--pack", "chains/expired-leaf", "one-of-two", "--runs", "1", "--", .. Blind]);

        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        foreach (var text in (string[])[
            "healthy (missed)",
            "Expected: broken (certificate: expiredLeaf). Verdict: healthy (missed).",
            "healthy in 1 run; rule 1 { exitCode: 0, verdict: healthy }: exit code 0",
            "in 1 connection: CERT_HAS_EXPIRED",
            "1. perimeter/ex01: autodiscover.contoso.com, CERT_HAS_EXPIRED",
            "The tool met ex01, which AutoDetect rejects, and did not notice.",
            "did not meet ex02",
            "The tool met 1 of 2 nodes in 1 connection. To meet the others, leave out `runs`, or use `--runs 2`.",
            "ran: curl -sk"])
        {
            Assert.Contains(text, Words(result.Output), StringComparison.Ordinal);
        }

        Assert.EndsWith("curl: 2 of 4 worlds judged correctly, 2 missed faults", result.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("sh", "-c", "exit 127")]
    public async Task A_tool_that_never_connects_has_no_verdict_and_earns_nothing(params string[] tool)
    {
        var result = await Regress.RunAsync(["--pack", "chains/expired-leaf", "--", .. tool]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("0 of 2 worlds judged correctly, 2 without a verdict", Words(result.Output), StringComparison.Ordinal);
        Assert.Contains("The tool did not connect to the lab, so it has no verdict.", Words(result.Output), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_tool_that_asks_the_gateway_for_https_URLs_has_not_reached_the_lab()
    {
        // As npm's needle does: no tunnel, the URL as request target.
        string[] tool = ["--", "curl", "-sS", "--noproxy", "*", "-o", "{report}", "--request-target", "https://{host}/", "http://{gatewayEndpoint}/"];
        var result = await Regress.RunAsync(["--pack", "chains/expired-leaf", .. tool]);
        var stranger = await Regress.RunAsync("--pack", "chains/expired-leaf", "--", "curl", "-sS", "-o", "{report}", "http://www.example.org/");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("0 of 2 worlds judged correctly, 2 without a verdict", Words(result.Output), StringComparison.Ordinal);
        Assert.Contains("open a tunnel with CONNECT autodiscover.contoso.com:443", Words(result.Output), StringComparison.Ordinal);
        Assert.Contains("0 of 2 worlds judged correctly, 2 without a verdict", Words(stranger.Output), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_tool_that_a_signal_ends_has_no_verdict()
    {
        var (exitCode, document) = await Regress.JsonAsync("--pack", "chains/expired-leaf", "--", "sh", "-c", "curl -sk -o /dev/null https://{host}/; kill -SEGV $$");

        Assert.Equal((1, "sh: 0 of 2 worlds judged correctly, 2 without a verdict"), (exitCode, Line(document)));
        Assert.Equal("no verdict: ended by signal 11 (SIGSEGV)", document.GetProperty("worlds")[0].GetProperty("parts")[0].GetProperty("reasons")[0].GetString());
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_name_that_does_not_resolve_is_found_by_a_tool_that_tries_to_connect()
    {
        var (exitCode, document) = await Regress.JsonAsync("--pack", "network/no-autodiscover-record", "--layer", "dns", "--", "curl", "-sS", "-o", "{report}", "https://{host}/");

        Assert.Equal((0, 0), (exitCode, document.GetProperty("summary").GetProperty("noVerdicts").GetInt32()));
    }

    [Fact]
    public async Task Worlds_are_chosen_by_fault_layer_and_theme()
    {
        var byFault = await Regress.JsonAsync("--pack", "chain", "--fault", "expiredLeaf", "selfSigned", "--theme", "chains", "--", "true");
        var byLayer = await Regress.JsonAsync("--pack", "chain", "--layer", "tls", "--", "true");
        var unknown = await Regress.RunAsync("--pack", "chains", "--fault", "expiredLeef", "--layer", "tls", "--", "true");

        Assert.Equal(
            ["chains/expired-leaf", "chains/self-signed"],
            byFault.Document.GetProperty("worlds").EnumerateArray().Select(world => world.GetProperty("scenario").GetString()!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Equal(4, byFault.Document.GetProperty("worlds").GetArrayLength());
        Assert.All(byLayer.Document.GetProperty("worlds").EnumerateArray().Where(world => world.GetProperty("world").GetString() == "asWritten"), world => Assert.Equal("tls", world.GetProperty("expected").GetProperty("layer").GetString()));
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("did you mean 'expiredLeaf'?", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("--layer: no chosen world has 'tls'", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task GitHub_is_shown_an_annotation_for_each_misjudged_world()
    {
        var result = await Regress.RunAsync(["--pack", "chains/expired-leaf", "--github", "--", .. Blind]);
        var json = await Regress.RunAsync(["--pack", "chains/expired-leaf", "--github", "--json", "--", .. Blind]);

        var annotation = result.Output.Split('\n').Single(line => line.StartsWith("::", StringComparison.Ordinal));
        Assert.StartsWith("::error title=curl%3A chains/expired-leaf::Expected: broken (certificate: expiredLeaf). Verdict: healthy (missed).%0A", annotation, StringComparison.Ordinal);
        Assert.StartsWith("::error title=", json.Error, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(json.Output);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task JUnit_badge_and_report_are_written_beside_the_answer()
    {
        using var folder = new TemporaryFolder();
        string In(string name) => Path.Combine(folder.Path, name);

        await Regress.RunAsync(["--pack", "chains/expired-leaf", "--junit", In("junit.xml"), "--badge", In("badge.json"), "--report", In("matrix.md"), "--", .. Blind]);
        await Regress.RunAsync(["--pack", "healthy", "--badge", In("badge.svg"), "--", .. Blind]);

        var suite = XDocument.Load(In("junit.xml")).Root!.Element("testsuite")!;
        Assert.Equal(("2", "1", "0"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("errors")!.Value));
        var failed = suite.Elements("testcase").Single(test => test.Element("failure") is not null);
        Assert.Equal(("curl", "chains/expired-leaf"), (failed.Attribute("classname")!.Value, failed.Attribute("name")!.Value));
        using var badge = JsonDocument.Parse(await File.ReadAllTextAsync(In("badge.json"), TestContext.Current.CancellationToken));
        Assert.Equal("1/2", badge.RootElement.GetProperty("message").GetString());
        Assert.Equal("svg", XDocument.Load(In("badge.svg")).Root!.Name.LocalName);
        Assert.Contains("| chains/expired-leaf | broken: expiredLeaf | **healthy (missed)** | healthy |", await File.ReadAllTextAsync(In("matrix.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "time")]
    public async Task A_tool_that_hangs_is_killed_and_has_given_no_verdict()
    {
        var (exitCode, document) = await Regress.JsonAsync("--pack", "healthy", "--timeout", "1", "--", "sleep", "600");

        Assert.Equal(1, exitCode);
        Assert.Equal("sleep: 0 of 1 worlds judged correctly, 1 without a verdict", Line(document));
    }

    [Fact]
    public async Task Stopping_the_command_kills_the_tools_and_removes_what_was_written()
    {
        using var folder = new TemporaryFolder();
        using var watcher = new FileSystemWatcher(folder.Path, "pid");
        var began = new TaskCompletionSource();
        watcher.Changed += (_, _) => began.TrySetResult();
        watcher.EnableRaisingEvents = true;
        var pidFile = Path.Combine(folder.Path, "pid");

        using var process = Tool.Start("dotnet", [Tool.CommandAssembly, "regress", "--pack", "healthy", "--", "sh", "-c", $"echo $$ \"$AUTODETECTSIM_ROOT\" > {pidFile}; sleep 600; true"]);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Same(began.Task, await Task.WhenAny(began.Task, process.WaitForExitAsync(TestContext.Current.CancellationToken)));
        await Tool.TerminateAsync(process);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(limit.Token);

        Assert.Contains("Stopped.", await error, StringComparison.Ordinal);
        var parts = (await File.ReadAllTextAsync(pidFile, TestContext.Current.CancellationToken)).Split(' ', 2);
        Assert.False(Directory.Exists($"/proc/{parts[0]}"));
        Assert.False(File.Exists(parts[1].Trim()));
    }

    [Fact]
    public async Task A_lab_that_cannot_start_is_told_and_the_other_worlds_are_tried_all_the_same()
    {
        using var folder = new TemporaryFolder();
        var broken = folder.Write("pki.yaml", "loadBalancers: { perimeter: { address: 192.0.2.10 } }\n");
        var addresses = string.Join("\n", Enumerable.Range(10, 200).Select(octet => $"  b{octet}: {{ hosts: [h{octet}.contoso.com], address: 192.0.2.{octet} }}"));
        var full = folder.Write("full.yaml", "loadBalancers:\n" + addresses + "\n");

        var (exitCode, document) = await Regress.JsonAsync("--pack", full, broken, "--", "true");

        Assert.Equal(3, exitCode);
        Assert.Equal("true: 0 of 2 worlds judged correctly, 1 without a verdict, 1 that could not start", Line(document));
        Assert.Contains("192.0.2.0/24", document.GetProperty("worlds")[0].GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No such file or adapter; did you mean `openssl`?", "--adapter", "opensl")]
    [InlineData("did you mean 'chain'?", "--pack", "chian", "--", "true")]
    [InlineData("did you mean {host}?", "--", "probe", "{hots}")]
    [InlineData("no-such-tool cannot be started: No such file or directory", "--pack", "healthy", "one-of-two", "--", "no-such-tool", "{host}")]
    [InlineData("Give the tool to test after --")]
    [InlineData("--badge: 'badge.png' does not end with .json or .svg.", "--badge", "badge.png", "--", "true")]
    [InlineData("--source: 'here' is not an IP address.", "--source", "here", "--", "true")]
    [InlineData("--runs must be a whole number", "--runs", "0", "--", "true")]
    [InlineData("connects directly", "--adapter", "sslscan", "--source", "52.125.128.7")]
    public async Task A_wrong_command_line_is_explained_and_ends_with_exit_code_2(string expected, params string[] arguments)
    {
        var result = await Regress.RunAsync(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        using var folder = new TemporaryFolder();
        var adapter = folder.Write("bad.yaml", "runs: 0\nrules: [{ verdict: helthy }]\n");
        var scenario = folder.Write("bad-scenario.yaml", "seed: one\n");

        var result = await Regress.RunAsync("--adapter", adapter, "--pack", scenario, "helthy", "--", "probe", "{hots}");

        Assert.Equal(2, result.ExitCode);
        foreach (var part in new[] { $"{adapter}:1:7: `runs`", $"{adapter}:2:20: Unknown value `helthy` for `verdict`", $"{scenario}:1:7: `seed`", "'healthy'", "{host}" })
        {
            Assert.Contains(part, result.Error, StringComparison.Ordinal);
        }
    }

    /// <summary>A text without line breaks, whatever the width.</summary>
    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Line(JsonElement document) => document.GetProperty("summary").GetProperty("line").GetString()!;
}
