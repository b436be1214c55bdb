using System.Diagnostics;
using System.Globalization;

namespace AutoDetectSim.Tests.Common;

/// <summary>Runs real programs: curl, openssl, node, and our own command as a user would.</summary>
public static class Tool
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public static string RepositoryRoot { get; } = FindRoot();

    public static string CommandAssembly => Path.Combine(AppContext.BaseDirectory, "AutoDetectSim.Cli.dll");

    /// <summary>What users load into Node.js before 24, so that it makes its calls through the gateway.</summary>
    public static string ThroughTheGateway => Path.Combine(RepositoryRoot, "docs", "being-the-host", "through-the-gateway.cjs");

    public static string Scenario(string relativePath) => Path.Combine(RepositoryRoot, "scenarios", relativePath);

    public static Task<ToolResult> AutoDetectSimAsync(params string[] arguments) =>
        RunAsync("dotnet", [CommandAssembly, .. arguments]);

    public static async Task<ToolResult> RunAsync(string program, IReadOnlyList<string> arguments, string? input = null, IReadOnlyDictionary<string, string>? environment = null, TimeSpan? limit = null, string? workingDirectory = null)
    {
        using var process = Start(program, arguments, environment, workingDirectory);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        using var end = new CancellationTokenSource(limit ?? Limit);
        try
        {
            await process.WaitForExitAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {(limit ?? Limit).TotalSeconds} s.");
        }

        return new ToolResult(process.ExitCode, await output, await error);
    }

    public static Task<ToolResult> OpenSslAsync(string? input, params string[] arguments) => RunAsync("openssl", arguments, input);

    /// <summary>Stops a process as a user's <c>kill</c> does.</summary>
    public static Task<ToolResult> TerminateAsync(Process process) =>
        RunAsync("sh", ["-c", "kill -TERM " + process.Id.ToString(CultureInfo.InvariantCulture)]);

    public static Process Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? workingDirectory = null)
    {
        Needs.AssertDeclared(program);
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = workingDirectory ?? RepositoryRoot,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("SSLKEYLOGFILE");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new InvalidOperationException($"The tests need {program}: {exception.Message}. The README says how to install it.", exception);
        }
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "AutoDetectSim.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("The tests run from a checkout: AutoDetectSim.sln was not found above them.");
    }
}
