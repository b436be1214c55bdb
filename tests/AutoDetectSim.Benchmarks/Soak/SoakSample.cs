using System.Diagnostics;
using System.Globalization;

namespace AutoDetectSim.Benchmarks.Soak;

/// <summary>What the process takes at one moment of a soak.</summary>
internal sealed record SoakSample(int Detections, int Successes, TimeSpan Elapsed, long Heap, long WorkingSet, int Handles, int Sockets, int Threads)
{
    /// <summary>The head of the table of samples.</summary>
    public const string Head = "| detections | successes | elapsed | managed memory | working set | handles | sockets | threads |\n|---|---|---|---|---|---|---|---|";

    /// <summary>Measures the process, after a collection.</summary>
    public static SoakSample Take(int detections, int successes, TimeSpan elapsed)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return new SoakSample(detections, successes, elapsed, GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64, process.HandleCount, CountSockets(), process.Threads.Count);
    }

    /// <summary>A row of the table.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Detections:N0} | {Successes:N0} | {Elapsed.TotalSeconds:N0} s | {Heap / 1048576.0:0.0} MB | {WorkingSet / 1048576.0:0} MB | {Handles} | {(Sockets < 0 ? "" : Sockets.ToString(CultureInfo.InvariantCulture))} | {Threads} |");

    /// <summary>Open sockets; -1 where the system does not tell.</summary>
    private static int CountSockets()
    {
        const string Descriptors = "/proc/self/fd";
        return Directory.Exists(Descriptors)
            ? Directory.EnumerateFileSystemEntries(Descriptors).Count(entry => new FileInfo(entry).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true)
            : -1;
    }
}
