using System.Globalization;
using AutoDetectSim.Regression.Tools;

namespace AutoDetectSim.Regression.Tests;

public sealed class ToolProcessTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_a_tool_says_and_its_exit_code_are_read()
    {
        var run = await ShellAsync("echo out; echo err >&2; exit 7", Long);

        Assert.Equal((ToolEnd.Exited, 7, "out\n", "err\n"), (run.End, run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task No_shell_looks_at_the_arguments()
    {
        string[] arguments = ["a b", "$HOME", "'\"", "*", "", "; echo injected", "%PATH%", "--"];

        var run = await RunAsync("printf", ["%s\\n", .. arguments], Long);

        Assert.Equal(arguments, run.Output.Split('\n')[..^1]);
    }

    [Fact]
    public async Task Variables_are_set_and_taken_away_and_there_is_no_input()
    {
        var run = await ToolProcess.RunAsync(
            new ToolCommand
            {
                Program = "sh",
                Arguments = ["-c", "echo \"$GIVEN/${HOME-none}\"; cat"],
                Environment = new Dictionary<string, string?> { ["GIVEN"] = "value", ["HOME"] = null },
                Timeout = Long,
            },
            TimeProvider.System,
            TestContext.Current.CancellationToken);

        Assert.Equal("value/none\n", run.Output);
    }

    [Fact]
    public async Task A_tool_whose_time_is_over_is_killed_with_all_that_it_started()
    {
        using var folder = new TemporaryFolder();
        var pids = Path.Combine(folder.Path, "pids");

        var run = await ShellAsync($"sh -c 'echo $$ >> {pids}; sleep 600' & echo $$ >> {pids}; echo begun; wait", Short);

        Assert.Equal((ToolEnd.TimedOut, (int?)null, "begun\n"), (run.End, run.ExitCode, run.Output));
        Assert.All(await PidsAsync(pids), pid => Assert.False(IsRunning(pid), $"{pid} still runs."));
    }

    [Fact]
    public async Task A_tool_that_writes_without_end_is_killed()
    {
        var run = await ShellAsync("while :; do echo 0123456789012345678901234567890123456789; done", Long);

        Assert.Equal(ToolEnd.TooMuchOutput, run.End);
        Assert.InRange(run.Output.Length, ToolProcess.MaximumOutput / 2, ToolProcess.MaximumOutput);
    }

    [Fact]
    public async Task A_process_that_a_tool_leaves_behind_is_not_waited_for()
    {
        using var folder = new TemporaryFolder();
        var pids = Path.Combine(folder.Path, "pids");

        var run = await ShellAsync($"sleep 600 & echo $! > {pids}; echo done", Long);

        Assert.Equal((ToolEnd.Exited, "done\n"), (run.End, run.Output));
        Assert.True(run.Elapsed < TimeSpan.FromSeconds(30), run.Elapsed.ToString());
        foreach (var pid in await PidsAsync(pids))
        {
            System.Diagnostics.Process.GetProcessById(pid).Kill();
        }
    }

    [Fact]
    public async Task A_run_that_is_called_off_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        var pids = Path.Combine(folder.Path, "pids");
        using var stop = new CancellationTokenSource();
        using var watcher = new FileSystemWatcher(folder.Path, "ready");
        watcher.Created += (_, _) => stop.Cancel();
        watcher.EnableRaisingEvents = true;

        var running = ToolProcess.RunAsync(
            new ToolCommand { Program = "sh", Arguments = ["-c", $"sleep 600 & echo $! >> {pids}; echo $$ >> {pids}; touch {folder.Path}/ready; wait"], Timeout = Long }, TimeProvider.System, stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.All(await PidsAsync(pids), pid => Assert.False(IsRunning(pid), $"{pid} still runs."));
    }

    [Theory]
    [InlineData("autodetectsim-no-such-program")]
    [InlineData("/no/such/program")]
    public async Task A_program_that_does_not_exist_is_told_by_name(string program)
    {
        var exception = await Assert.ThrowsAsync<ToolStartException>(() => RunAsync(program, [], Long));

        Assert.StartsWith(program + " cannot be started: ", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<int>> PidsAsync(string file)
    {
        var pids = (await File.ReadAllLinesAsync(file)).Select(line => int.Parse(line, CultureInfo.InvariantCulture)).ToList();
        Assert.NotEmpty(pids);
        return pids;
    }

    private static bool IsRunning(int pid)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            // A killed child of a killed parent waits for init to collect it; it runs no more.
            return !process.WaitForExit(TimeSpan.FromSeconds(5)) && File.ReadAllText($"/proc/{pid}/stat").Split(' ')[2] != "Z";
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    private static Task<ToolRun> ShellAsync(string script, TimeSpan timeout) => RunAsync("sh", ["-c", script], timeout);

    private static Task<ToolRun> RunAsync(string program, IReadOnlyList<string> arguments, TimeSpan timeout) =>
        ToolProcess.RunAsync(new ToolCommand { Program = program, Arguments = arguments, Timeout = timeout }, TimeProvider.System, TestContext.Current.CancellationToken);
}
