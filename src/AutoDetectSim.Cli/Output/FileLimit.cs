using System.ComponentModel;
using System.Globalization;
using System.Net.Sockets;
using AutoDetectSim.Hosting;
using Microsoft.Win32.SafeHandles;

namespace AutoDetectSim.Cli.Output;

/// <summary>The limit of open files and sockets of a process, which small containers and shells set low.</summary>
internal static class FileLimit
{
    /// <summary>Enough for the scenarios of the library and the connections of a run.</summary>
    private const int Needed = 1024;

    /// <summary>With fewer, not even the program's own parts can be loaded.</summary>
    private const int Least = 200;

    /// <summary>With fewer, a lab with a few connections at a time may end in the middle of its work.</summary>
    private const int LeastOfLab = 400;

    /// <summary>What each connection beyond the first few takes on both of its sides, and what it leads to.</summary>
    private const int OfConnection = 8;

    /// <summary>The commands that start a lab.</summary>
    private static readonly string[] LabCommands = ["capture", "check", "detect", "learn", "mcp", "regress", "run", "test"];

    /// <summary>Files that are kept open to have room for what it takes to explain that there is none.</summary>
    private const int Reserved = 16;

    private const int TooManyOpenFiles = 24;

    private static readonly List<SafeFileHandle> Reserve = [];

    /// <summary>What is wrong with the limit, or null; keeps some room for <see cref="Explain"/>.</summary>
    public static string? Check()
    {
        try
        {
            if (ClientLimit.OpenFiles() is { } limit && limit < Least)
            {
                return TooLow(limit);
            }

            while (OperatingSystem.IsLinux() && Reserve.Count < Reserved)
            {
                Reserve.Add(File.OpenHandle("/dev/null"));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Without /proc or /dev the limit shows when it is met.
        }

        return null;
    }

    /// <summary>Refuses a command that needs more open files than there may be.</summary>
    /// <param name="command">The name of the command.</param>
    /// <param name="atOnce">The connections, or tools, that it has at once.</param>
    /// <exception cref="FileLimitException">The limit is too low.</exception>
    public static void Require(string? command, int atOnce = 1)
    {
        if (!LabCommands.Contains(command, StringComparer.Ordinal) || ClientLimit.OpenFiles() is not { } limit)
        {
            return;
        }

        var needed = LeastOfLab + ((atOnce - 1) * OfConnection);
        if (limit < LeastOfLab)
        {
            throw new FileLimitException(TooLow(limit));
        }

        if (limit < needed)
        {
            throw new FileLimitException(string.Create(CultureInfo.InvariantCulture, $"The limit of open files is {limit}, which is too low for {atOnce} at once: they need about {needed} (ulimit -n {needed})."));
        }
    }

    /// <summary>What to do if an exception comes from the limit; otherwise null.</summary>
    public static string? Explain(Exception? exception)
    {
        Reserve.ForEach(handle => handle.Dispose());
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (IsOfLimit(cause))
            {
                return string.Create(CultureInfo.InvariantCulture, $"The limit of open files is too low: a lab needs about {Needed} (ulimit -n {Needed}), and more for more nodes and more connections at a time.");
            }
        }

        return null;
    }

    private static string TooLow(int limit) =>
        string.Create(CultureInfo.InvariantCulture, $"The limit of open files is {limit}, which is too low: a lab needs about {Needed} (ulimit -n {Needed}).");

    private static bool IsOfLimit(Exception cause) => cause switch
    {
        SocketException socket => socket.SocketErrorCode == SocketError.TooManyOpenSockets,
        Win32Exception native => native.NativeErrorCode == TooManyOpenFiles && !OperatingSystem.IsWindows(),
        _ => cause.Message.Contains("Too many open files", StringComparison.OrdinalIgnoreCase),
    };
}

/// <summary>The limit of open files is too low for what is asked; the message says what is needed.</summary>
internal sealed class FileLimitException(string message) : Exception(message);
