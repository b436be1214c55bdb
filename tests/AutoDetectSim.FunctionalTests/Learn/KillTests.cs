using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Learn;

/// <summary>A lesson in a process of its own, which is killed without a warning.</summary>
public sealed class KillTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Killing_the_process_at_any_moment_loses_no_progress_and_leaves_no_lab()
    {
        // Before anything stands, and when progress begins to be written.
        using (var process = Start())
        {
            await KillAsync(process);
        }

        using (var process = Start())
        {
            await FileAppearsAsync("progress.json", process);
            await KillAsync(process);
        }

        Assert.Equal(0, (await LessonAsync()).GetProperty("hints").GetInt32());

        // When it has just begun to run, after a hint was told, after probes, and in the middle of a repair and a verification.
        using (var process = Start())
        {
            var status = await ReadStatusAsync(process);
            await KillAsync(process);
            await AssertNoLabAsync(status);
        }

        using (var process = Start())
        {
            var status = await ReadStatusAsync(process);
            Assert.Equal(0, (await LearnAsync("hint")).ExitCode);
            await KillAsync(process);
            await AssertNoLabAsync(status);
        }

        Assert.Equal(1, (await LessonAsync()).GetProperty("hints").GetInt32());
        using (var process = Start())
        {
            var status = await ReadStatusAsync(process);
            Assert.Equal(1, status.GetProperty("hintsUsed").GetInt32());
            for (var probe = 0; probe < 5; probe++)
            {
                await ProbeAsync(status);
            }

            await KillAsync(process);
            await AssertNoLabAsync(status);
        }

        Assert.Equal(5, (await LessonAsync()).GetProperty("probes").GetInt32());
        using (var process = Start())
        {
            var status = await ReadStatusAsync(process);
            Assert.Equal(5, status.GetProperty("probes").GetInt32());
            Assert.Equal(0, (await LearnAsync("fix", "perimeter/*: install issuing")).ExitCode);
            var verification = LearnAsync("verify");
            await KillAsync(process);
            Assert.NotEqual(2, (await verification).ExitCode);
            await AssertNoLabAsync(status);
        }

        // The repair was told, so that it is there.
        using (var process = Start())
        {
            var status = await ReadStatusAsync(process);
            Assert.Equal("perimeter/*: install issuing", Assert.Single(status.GetProperty("repairs").EnumerateArray()).GetProperty("change").GetString());
            Assert.Equal(0, (await LearnAsync("verify")).ExitCode);
            Assert.Equal(0, (await LearnAsync("stop")).ExitCode);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, process.ExitCode);
            await AssertNoLabAsync(status);
        }

        Assert.Equal("solved", (await LessonAsync()).GetProperty("state").GetString());
        Assert.False(File.Exists(Path.Combine(_data.Path, "session.json")));
        Assert.False(Directory.Exists(Path.Combine(_data.Path, "lab")));
    }

    [Fact]
    public async Task What_a_killed_process_left_of_its_session_is_not_believed_and_was_for_the_user_alone()
    {
        using var process = Start();
        await ReadStatusAsync(process);
        var path = Path.Combine(_data.Path, "session.json");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        await KillAsync(process);
        Assert.True(File.Exists(path));
        var status = await LearnAsync("status");
        Assert.Equal((3, ""), (status.ExitCode, status.Output));
    }

    private Process Start() => Tool.Start("dotnet", [Tool.CommandAssembly, "learn", "start", "one-in-twenty", "--trainee-seed", "5", "--data", _data.Path, "--json"]);

    private Task<ToolResult> LearnAsync(params string[] arguments) => InProcessCommand.RunAsync(["learn", .. arguments, "--data", _data.Path, "--json"]);

    private static async Task<JsonElement> ReadStatusAsync(Process process)
    {
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("The lesson did not start: " + await process.StandardError.ReadToEndAsync());
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }

    private static async Task KillAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private async Task FileAppearsAsync(string name, Process process)
    {
        using var watcher = new FileSystemWatcher(_data.Path);
        var appeared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Renamed += (_, change) =>
        {
            if (change.Name == name)
            {
                appeared.TrySetResult();
            }
        };
        watcher.EnableRaisingEvents = true;
        if (!File.Exists(Path.Combine(_data.Path, name)))
        {
            await Task.WhenAny(appeared.Task, process.WaitForExitAsync(TestContext.Current.CancellationToken));
        }
    }

    private static async Task ProbeAsync(JsonElement status)
    {
        var topology = status.GetProperty("topology");
        var result = await Tool.RunAsync("curl", ["-sS", "-x", topology.GetProperty("gateway").GetString()!, "--cacert", topology.GetProperty("rootCertificate").GetString()!, "-H", "x-email: your@contoso.com", topology.GetProperty("detectUrl").GetString()!]);
        Assert.Equal(0, result.ExitCode);
    }

    private async Task AssertNoLabAsync(JsonElement status)
    {
        var topology = status.GetProperty("topology");
        string[] places = [new Uri(topology.GetProperty("gateway").GetString()!).Authority, topology.GetProperty("dns").GetString()!, .. topology.GetProperty("virtualIps").EnumerateArray().Select(one => one.GetProperty("endpoint").GetString()!)];
        foreach (var place in places)
        {
            using var client = new TcpClient();
            await Assert.ThrowsAnyAsync<SocketException>(() => client.ConnectAsync(IPEndPoint.Parse(place), TestContext.Current.CancellationToken).AsTask());
        }

        Assert.Equal(3, (await LearnAsync("status")).ExitCode);
    }

    /// <summary>What the list says of the lesson.</summary>
    private async Task<JsonElement> LessonAsync()
    {
        var list = await LearnAsync("list");
        Assert.Equal(0, list.ExitCode);
        using var document = JsonDocument.Parse(list.Output);
        return document.RootElement.GetProperty("lessons").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "one-in-twenty").Clone();
    }
}
