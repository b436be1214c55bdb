using System.Net.Sockets;

namespace AutoDetectSim.Cli.Output;

/// <summary>The limit of open files and sockets of a process, which small containers and shells set low.</summary>
internal static class FileLimit
{
    /// <summary>Enough for the scenarios of the library and the connections of a run.</summary>
    private const int Needed = 1024;

    private const int TooManyOpenFiles = 24;

    /// <summary>What to do if an exception comes from the limit; otherwise null.</summary>
    public static string? Explain(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException { SocketErrorCode: SocketError.TooManyOpenSockets }
                || (cause is IOException && cause.Message.Contains("Too many open files", StringComparison.OrdinalIgnoreCase))
                || (cause is System.ComponentModel.Win32Exception { NativeErrorCode: TooManyOpenFiles } && !OperatingSystem.IsWindows()))
            {
                return $"The limit of open files is too low: a lab needs about {Needed} (ulimit -n {Needed}), and one more for each node beyond 500 and each connection at a time.";
            }
        }

        return null;
    }
}
