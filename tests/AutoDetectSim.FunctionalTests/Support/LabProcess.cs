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

    /// <summary>Where the lab is listed for <c>env</c>.</summary>
    public string DataFolder => _directory.FullName;

    /// <summary>The variable that makes other commands find the list.</summary>
    public const string DataVariable = "AUTODETECTSIM_DATA";

    public string ReadyFilePath => Path.Combine(_directory.FullName, "ready.json");

    public JsonElement VirtualIp(string name) =>
        Ready.GetProperty("virtualIps").EnumerateArray().Single(virtualIp => virtualIp.GetProperty("name").GetString() == name);

    /// <summary>What the person at the terminal is shown once the lab runs.</summary>
    public Task<string> BannerAsync() => _banner.WaitAsync(TimeSpan.FromSeconds(30));

    public static Task<LabProcess> StartAsync(string scenario, params string[] options) => StartInAsync(dataFolder: null, scenario, options);

    /// <summary>Starts a lab that is listed in the data folder of another.</summary>
    public static Task<LabProcess> StartBesideAsync(LabProcess other, string scenario) => StartInAsync(other.DataFolder, scenario);

    private static async Task<LabProcess> StartInAsync(string? dataFolder, string scenario, params string[] options)
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
        // The user's own data folder is not for tests.
        var environment = new Dictionary<string, string> { [DataVariable] = dataFolder ?? directory.FullName };
        var process = Tool.Start("dotnet", [Tool.CommandAssembly, "run", scenario, "--ready-file", readyFile, .. options], environment);
        var banner = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var error = process.StandardError.ReadToEndAsync();
        _ = ReadAsync(process.StandardOutput, banner);
        var first = await Task.WhenAny(appeared.Task, process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(60)));
        if (first != appeared.Task)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException("The lab did not become ready:\n" + await error);
        }

        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(readyFile));
        return new LabProcess(process, directory, error, banner.Task, document.RootElement.Clone());
    }

    private static async Task ReadAsync(StreamReader reader, TaskCompletionSource<string> banner)
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
    }

    /// <summary>Stops the lab with SIGTERM and returns its exit code and its messages.</summary>
    public async Task<(int ExitCode, string Error)> StopAsync()
    {
        await Tool.TerminateAsync(_process);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(limit.Token);
        return (_process.ExitCode, await _error);
    }

    /// <summary>Kills the lab, so that it cannot tidy up.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }
}
