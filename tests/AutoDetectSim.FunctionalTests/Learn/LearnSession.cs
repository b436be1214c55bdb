using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Learn;

/// <summary>A lesson or mystery that runs, and the commands of a second terminal.</summary>
internal sealed class LearnSession : IAsyncDisposable
{
    private readonly TemporaryFolder _data;
    private readonly Task<int> _exitCode;

    private LearnSession(TemporaryFolder data, Task<int> exitCode, JsonElement status)
    {
        _data = data;
        _exitCode = exitCode;
        Status = status;
    }

    /// <summary>What was shown at the start.</summary>
    public JsonElement Status { get; }

    public JsonElement Topology => Status.GetProperty("topology");

    public string Gateway => Topology.GetProperty("gateway").GetString()!;

    public string Root => Topology.GetProperty("rootCertificate").GetString()!;

    public string DetectUrl => Topology.GetProperty("detectUrl").GetString()!;

    public string Address => Status.GetProperty("address").GetString()!;

    /// <summary>Starts it with the arguments that come after <c>learn</c>.</summary>
    public static async Task<LearnSession> StartAsync(params string[] arguments)
    {
        var data = new TemporaryFolder();
        var (printed, exitCode) = InProcessCommand.Start(["learn", .. arguments, "--data", data.Path, "--json"]);
        await Task.WhenAny(printed.FirstLine, exitCode);
        if (!printed.FirstLine.IsCompleted)
        {
            throw new InvalidOperationException($"The lesson did not start (exit {await exitCode}):\n{printed.ErrorText}");
        }

        using var document = JsonDocument.Parse(printed.OutputText);
        return new LearnSession(data, exitCode, document.RootElement.Clone());
    }

    /// <summary>Runs a command of <c>learn</c>.</summary>
    public Task<ToolResult> RunAsync(params string[] arguments) => InProcessCommand.RunAsync(["learn", .. arguments, "--data", _data.Path, "--json"]);

    /// <summary>Runs a command of <c>learn</c> that prints JSON.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        return result.Output.Length > 0 ? Parse(result.Output) : throw new InvalidOperationException($"learn {string.Join(' ', arguments)}: {result}");
    }

    /// <summary>Runs <c>check</c> or <c>detect</c> against the lab.</summary>
    public async Task<JsonElement> LookAsync(params string[] arguments)
    {
        var result = await InProcessCommand.RunAsync([.. arguments, "--proxy", Gateway, "--ca", Root, "--json"]);
        return result.Output.Length > 0 ? Parse(result.Output) : throw new InvalidOperationException($"{string.Join(' ', arguments)}: {result}");
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("stop");
        Assert.Equal(0, await _exitCode);
        _data.Dispose();
    }

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
