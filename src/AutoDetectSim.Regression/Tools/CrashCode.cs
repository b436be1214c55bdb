using System.Globalization;

namespace AutoDetectSim.Regression.Tools;

/// <summary>Exit codes of processes that crashed or were killed.</summary>
internal static class CrashCode
{
    /// <summary>Shells and .NET report a process that signal N ended as 128 + N; signals go up to 31 before the real-time ones.</summary>
    private const int SignalBase = 128;

    private const int LastSignal = 31;

    /// <summary>NTSTATUS values of severity "error", such as 0xC0000005 (access violation).</summary>
    private const uint WindowsErrors = 0xC0000000;

    private static readonly Dictionary<int, string> Names = new()
    {
        [1] = "SIGHUP", [2] = "SIGINT", [3] = "SIGQUIT", [4] = "SIGILL", [5] = "SIGTRAP", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE",
        [9] = "SIGKILL", [11] = "SIGSEGV", [13] = "SIGPIPE", [14] = "SIGALRM", [15] = "SIGTERM", [24] = "SIGXCPU", [25] = "SIGXFSZ", [31] = "SIGSYS",
    };

    /// <summary>What ended the process, in words; null if it ended by itself.</summary>
    public static string? Of(int exitCode)
    {
        if (OperatingSystem.IsWindows())
        {
            return unchecked((uint)exitCode) >= WindowsErrors ? string.Create(CultureInfo.InvariantCulture, $"crashed with 0x{exitCode:X8}") : null;
        }

        var signal = exitCode - SignalBase;
        return signal is > 0 and <= LastSignal
            ? string.Create(CultureInfo.InvariantCulture, $"ended by signal {signal}{(Names.TryGetValue(signal, out var name) ? $" ({name})" : "")}")
            : null;
    }
}
