using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace AutoDetectSim.FunctionalTests.Support;

/// <summary>A lab in a process of its own, started by <c>run --ready-file</c> as a user's script would.</summary>
public sealed class LabProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _directory;
    private readonly Task<string> _error;
    private readonly Task<string> _banner;

    private LabProcess(Process process, DirectoryInfo directory, Task<string> error, Task<string> banner, JsonElement ready)
    {
        _process = process;
        _directory = directory;
        _error = error;
        _banner = banner;
        Ready = ready;
    }

    public JsonElement Ready { get; }

    public string Gateway => Ready.GetProperty("gateway").GetString()!;

    public string RootCertificate => Ready.GetProperty("rootCertificate").GetString()!;

    public string DetectUrl => Ready.GetProperty("detectUrl").GetString()!;

    public string ReadyFilePath => Path.Combine(_directory.FullName, "ready.json");

    public JsonElement VirtualIp(string name) =>
        Ready.GetProperty("virtualIps").EnumerateArray().Single(virtualIp => virtualIp.GetProperty("name").GetString() == name);

    /// <summary>What the person at the terminal is shown once the lab runs.</summary>
    public Task<string> BannerAsync() => _banner.WaitAsync(TimeSpan.FromSeconds(30));

    public static async Task<LabProcess> StartAsync(string scenario, params string[] options)
    {
        var directory = Directory.CreateTempSubdirectory("autodetectsim-test-");
        var readyFile = Path.Combine(directory.FullName, "ready.json");
        using var watcher = new FileSystemWatcher(directory.FullName);
        var appeared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Renamed += (_, change) =>
        {
            if (change.FullPath == readyFile)
            {
                appeared.TrySetResult();
            }
        };
        watcher.EnableRaisingEvents = true;
        var process = Tool.Start("dotnet", [Tool.CommandAssembly, "run", scenario, "--ready-file", readyFile, .. options]);
        var banner = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var error = ReadAsync(process.StandardError, banner);
        _ = process.StandardOutput.ReadToEndAsync();
        var first = await Task.WhenAny(appeared.Task, process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(60)));
        if (first != appeared.Task)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException("The lab did not become ready:\n" + await error);
        }

        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(readyFile));
        return new LabProcess(process, directory, error, banner.Task, document.RootElement.Clone());
    }

    private static async Task<string> ReadAsync(StreamReader reader, TaskCompletionSource<string> banner)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            text.AppendLine(line);
            if (line == "Ctrl-C stops the lab.")
            {
                banner.TrySetResult(text.ToString());
            }
        }

        return text.ToString();
    }

    /// <summary>Stops the lab with SIGTERM and returns its exit code and what it printed.</summary>
    public async Task<(int ExitCode, string Error)> StopAsync()
    {
        await Tool.TerminateAsync(_process);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(limit.Token);
        return (_process.ExitCode, await _error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _directory.Delete(recursive: true);
    }
}
