using System.Diagnostics;
using System.Text.Json;

namespace AutoDetectSim.FunctionalTests.Roles;

/// <summary>One part of a lab in its own process, with the log that it writes.</summary>
internal sealed class PartProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly List<JsonElement> _log = [];
    private readonly List<string> _other = [];
    private readonly SemaphoreSlim _changed = new(0);
    private readonly Task _reading;

    private PartProcess(Process process)
    {
        _process = process;
        _reading = ReadAsync();
        _ = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>The lines of the log so far.</summary>
    public IReadOnlyList<JsonElement> Log
    {
        get
        {
            lock (_log)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>Starts a process, and waits until each of its roles listens.</summary>
    /// <param name="arguments">What follows <c>run</c>.</param>
    /// <param name="place">What the command is started with, such as <c>ip netns exec NAME</c>.</param>
    public static async Task<PartProcess> StartAsync(IReadOnlyList<string> arguments, IReadOnlyList<string>? place = null)
    {
        string[] command = [.. place ?? [], "dotnet", Tool.CommandAssembly, "run", .. arguments];
        var part = new PartProcess(Tool.Start(command[0], command[1..]));
        await part.WhenLoggedAsync("PartListens", arguments.Count(argument => argument == "--role"));
        return part;
    }

    /// <summary>Waits until the log has a number of events.</summary>
    public async Task WhenLoggedAsync(string name, int count)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (Events(name).Count < count)
        {
            if (_reading.IsCompleted && Events(name).Count < count)
            {
                throw new InvalidOperationException($"The part ended before {count} of {name}:\n{string.Join('\n', _other)}");
            }

            await Task.WhenAny(_changed.WaitAsync(limit.Token), _reading);
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The events of one name.</summary>
    public IReadOnlyList<JsonElement> Events(string name) => [.. Log.Where(line => line.GetProperty("event").GetString() == name)];

    /// <summary>Kills the process without a warning.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Stops the process with SIGTERM.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        await Tool.TerminateAsync(_process);
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        await _reading;
        _process.Dispose();
        _changed.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_log)
            {
                if (line.StartsWith('{'))
                {
                    _log.Add(JsonDocument.Parse(line).RootElement.Clone());
                }
                else
                {
                    _other.Add(line);
                }
            }

            _changed.Release();
        }
    }
}
