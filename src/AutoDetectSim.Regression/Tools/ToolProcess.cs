using System.ComponentModel;
using System.Diagnostics;

namespace AutoDetectSim.Regression.Tools;

/// <summary>Runs a tool without a shell, bounded in time and output; afterwards none of its processes is left running, except those that it detached on purpose.</summary>
internal static class ToolProcess
{
    /// <summary>Bytes of each of standard output and standard error that are kept; a tool that writes more is killed.</summary>
    public const int MaximumOutput = 4 * 1024 * 1024;

    /// <summary>How long a tool that has ended is given until its output is at its end: a process that it left behind may hold the pipe open.</summary>
    private static readonly TimeSpan PipeGrace = TimeSpan.FromSeconds(1);

    /// <summary>How long a killed process may take to be gone.</summary>
    private static readonly TimeSpan KillGrace = TimeSpan.FromSeconds(5);

    /// <summary>Runs a tool to its end.</summary>
    /// <exception cref="ToolStartException">The program does not exist or cannot be started.</exception>
    public static async Task<ToolRun> RunAsync(ToolCommand command, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var process = Start(command);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(command.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var output = new BoundedOutput(MaximumOutput);
        var error = new BoundedOutput(MaximumOutput);
        Task[] reading =
        [
            output.ReadAsync(process.StandardOutput.BaseStream, stop.Cancel),
            error.ReadAsync(process.StandardError.BaseStream, stop.Cancel),
        ];
        var end = ToolEnd.Exited;
        try
        {
            await process.WaitForExitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync(process, time);
            cancellationToken.ThrowIfCancellationRequested();
            end = output.IsOver || error.IsOver ? ToolEnd.TooMuchOutput : ToolEnd.TimedOut;
        }

        await Task.WhenAll(reading).WaitAsync(PipeGrace, time, CancellationToken.None).ContinueWith(static _ => { }, TaskScheduler.Default);
        return new ToolRun
        {
            End = end == ToolEnd.Exited && CrashCode.Of(process.ExitCode) is not null ? ToolEnd.Crashed : end,
            ExitCode = end == ToolEnd.Exited ? process.ExitCode : null,
            Output = output.Text,
            Error = error.Text,
            Elapsed = time.GetElapsedTime(started),
        };
    }

    private static Process Start(ToolCommand command)
    {
        var start = new ProcessStartInfo(command.Program)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in command.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in command.Environment)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            // The exception's own message names the working directory; the plain reason is the system's.
            var reason = exception is Win32Exception { NativeErrorCode: not 0 } native ? new Win32Exception(native.NativeErrorCode).Message : exception.Message;
            throw new ToolStartException($"{command.Program} cannot be started: {reason}", exception);
        }
    }

    private static async Task KillAsync(Process process, TimeProvider time)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(KillGrace, time, CancellationToken.None);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException or TimeoutException)
        {
            // It has ended by itself, or cannot be killed; either way there is nothing more to be done.
        }
    }
}

/// <summary>What is run.</summary>
internal sealed record ToolCommand
{
    /// <summary>The program: a path, or a name that is looked for in PATH.</summary>
    public required string Program { get; init; }

    /// <summary>Its arguments, each as it is.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Changes to the environment; null takes a variable away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>How long it may take.</summary>
    public required TimeSpan Timeout { get; init; }
}

/// <summary>One run of a tool.</summary>
internal sealed record ToolRun
{
    /// <summary>How it ended.</summary>
    public required ToolEnd End { get; init; }

    /// <summary>Its exit code; null where it was killed.</summary>
    public required int? ExitCode { get; init; }

    /// <summary>Standard output.</summary>
    public required string Output { get; init; }

    /// <summary>Standard error.</summary>
    public required string Error { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>What it wrote to its report, or null.</summary>
    public string? Report { get; init; }
}

/// <summary>How a tool ended.</summary>
internal enum ToolEnd
{
    /// <summary>By itself.</summary>
    Exited,

    /// <summary>By a signal, or on Windows by an exception that it did not handle.</summary>
    Crashed,

    /// <summary>Killed: its time was over.</summary>
    TimedOut,

    /// <summary>Killed: it wrote more than is kept.</summary>
    TooMuchOutput,
}

/// <summary>A tool could not be started.</summary>
internal sealed class ToolStartException(string message, Exception innerException) : Exception(message, innerException);
