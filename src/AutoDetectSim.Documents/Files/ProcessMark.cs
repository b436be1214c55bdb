using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Documents.Files;

/// <summary>
/// The words in a file that tell whose it is: files that live as long as a process name it. What a killed process left behind
/// is recognized by them.
/// </summary>
internal static partial class ProcessMark
{
    // Start times are counted from the boot, whose time follows the clock when that is set: what may be alive is never taken for dead.
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    // Processes of another PID namespace (a container that shares this folder) cannot be looked up from here.
    private static readonly Lazy<string> Namespace = new(() =>
    {
        try
        {
            return OperatingSystem.IsLinux() ? Path.GetFileName(File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.FullName) ?? string.Empty : string.Empty;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    });

    private static readonly Lazy<string> Present = new(() =>
    {
        using var process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"AutoDetectSim process {Environment.ProcessId}, started {process.StartTime.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}{(Namespace.Value.Length == 0 ? string.Empty : " in " + Namespace.Value)}");
    });

    /// <summary>The mark of this process, for example <c>AutoDetectSim process 4711, started 2026-11-30T08:15:00Z</c>.</summary>
    public static string Mine => Present.Value;

    /// <summary>Whose a text is.</summary>
    public static MarkedOwner OwnerOf(string text)
    {
        var marks = Mark().Matches(text);
        return marks.Count == 0 ? MarkedOwner.Nobody : marks.Any(IsAlive) ? MarkedOwner.Running : MarkedOwner.Ended;
    }

    private static bool IsAlive(Match mark) =>
        (mark.Groups["namespace"] is { Success: true, Value: var other } && !string.Equals(other, Namespace.Value, StringComparison.Ordinal)) || IsAlive(mark.Groups["id"].Value, mark.Groups["started"].Value);

    private static bool IsAlive(string number, string started)
    {
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || !DateTimeOffset.TryParse(started, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var then))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return (process.StartTime.ToUniversalTime() - then.UtcDateTime).Duration() < Tolerance;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
        catch (Win32Exception)
        {
            // It runs, and this user may not look at it.
            return true;
        }
    }

    [GeneratedRegex(@"AutoDetectSim process (?<id>[0-9]{1,10}), started (?<started>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)( in (?<namespace>pid:\[[0-9]{1,20}\]))?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Mark();
}

/// <summary>Whose a marked text is.</summary>
internal enum MarkedOwner
{
    /// <summary>It has no mark.</summary>
    Nobody,

    /// <summary>A process of this program that runs.</summary>
    Running,

    /// <summary>A process of this program that has ended, and left it behind.</summary>
    Ended,
}
