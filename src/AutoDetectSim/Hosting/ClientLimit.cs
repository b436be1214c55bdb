using System.Globalization;
using Microsoft.AspNetCore.Connections;

namespace AutoDetectSim.Hosting;

/// <summary>
/// How many connections of programs outside the lab are open at a time: as many as the limit of open files leaves room for, beside the files
/// of the process and the connections that the lab itself makes. Those beyond it are reset.
/// </summary>
/// <param name="maximum">The limit.</param>
internal sealed class ClientLimit(int maximum)
{
    /// <summary>What a process with a lab has open without any connection.</summary>
    private const int Reserved = 300;

    /// <summary>Fewest connections, whatever the limit of open files.</summary>
    private const int Fewest = 32;

    private int _open;

    /// <summary>The limit that goes with the limit of open files of this process; without a known one there is none.</summary>
    public static int OfThisProcess() => OpenFiles() is { } files ? Math.Max(Fewest, (files - Reserved) / 2) : int.MaxValue;

    /// <summary>The limit of open files and sockets of this process; null where the system does not say.</summary>
    public static int? OpenFiles()
    {
        const string Name = "Max open files";
        try
        {
            return OperatingSystem.IsLinux()
                && File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal)) is { } line
                && int.TryParse(line[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
                    ? limit
                    : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Counts a connection until it ends; false: it is one too many.</summary>
    public bool TryEnter(ConnectionContext connection)
    {
        if (Interlocked.Increment(ref _open) > maximum)
        {
            Interlocked.Decrement(ref _open);
            return false;
        }

        connection.ConnectionClosed.UnsafeRegister(static state => Interlocked.Decrement(ref ((ClientLimit)state!)._open), this);
        return true;
    }
}
