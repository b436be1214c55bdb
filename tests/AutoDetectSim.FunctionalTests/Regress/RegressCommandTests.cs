using System.Text.Json;
using System.Xml.Linq;

namespace AutoDetectSim.FunctionalTests.Regress;

public sealed class RegressCommandTests
{
    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_tool_without_an_adapter_is_read_by_its_exit_code()
    {
        var blind = await Regress.JsonAsync("--pack", "chains/expired-leaf", "healthy", "--", "true");
        var anxious = await Regress.JsonAsync("--pack", "chains/expired-leaf", "healthy", "--", "false");
        var good = await Regress.JsonAsync("--pack", "chains/expired-leaf", "healthy", "--", "curl", "-sS", "-o", "{report}", "https://{host}/");

        Assert.Equal((1, 1, 0), (blind.ExitCode, anxious.ExitCode, good.ExitCode));
        Assert.Equal("true: 2 of 3 worlds judged correctly, 1 missed fault", Line(blind.Document));
        Assert.Equal("false: 1 of 3 worlds judged correctly, 2 false alarms", Line(anxious.Document));
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
        var once = await Regress.JsonAsync(["--pack", "one-of-two", .. tool]);
        var often = await Regress.JsonAsync(["--pack", "one-of-two", "--runs", "4", .. tool]);

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
    public async Task A_person_is_shown_the_matrix_and_what_the_tool_did_where_it_was_wrong()
    {
        var result = await Regress.RunAsync("--pack", "chains/expired-leaf", "--", "true");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("healthy (missed)", result.Error, StringComparison.Ordinal);
        Assert.Contains("Expected: broken (certificate: expiredLeaf). Verdict: healthy (missed).", result.Error, StringComparison.Ordinal);
        Assert.Contains("The tool did not connect to the lab.", result.Error, StringComparison.Ordinal);
        Assert.Contains("ran: true", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("true: 1 of 2 worlds judged correctly, 1 missed fault", result.Error.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task JUnit_badge_and_report_are_written_beside_the_answer()
    {
        using var folder = new TemporaryFolder();
        string In(string name) => Path.Combine(folder.Path, name);

        await Regress.RunAsync("--pack", "chains/expired-leaf", "--junit", In("junit.xml"), "--badge", In("badge.json"), "--report", In("matrix.md"), "--", "true");
        await Regress.RunAsync("--pack", "healthy", "--badge", In("badge.svg"), "--", "true");

        var suite = XDocument.Load(In("junit.xml")).Root!.Element("testsuite")!;
        Assert.Equal(("2", "1", "0"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("errors")!.Value));
        var failed = suite.Elements("testcase").Single(test => test.Element("failure") is not null);
        Assert.Equal(("true", "chains/expired-leaf"), (failed.Attribute("classname")!.Value, failed.Attribute("name")!.Value));
        using var badge = JsonDocument.Parse(await File.ReadAllTextAsync(In("badge.json"), TestContext.Current.CancellationToken));
        Assert.Equal("1/2", badge.RootElement.GetProperty("message").GetString());
        Assert.Equal("svg", XDocument.Load(In("badge.svg")).Root!.Name.LocalName);
        Assert.Contains("| chains/expired-leaf | broken: expiredLeaf | **healthy (missed)** | healthy |", await File.ReadAllTextAsync(In("matrix.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
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
        Assert.Equal("true: 1 of 2 worlds judged correctly, 1 that could not start", Line(document));
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

    private static string Line(JsonElement document) => document.GetProperty("summary").GetProperty("line").GetString()!;
}
