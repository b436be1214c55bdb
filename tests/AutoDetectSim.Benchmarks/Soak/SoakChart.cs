using System.Globalization;

namespace AutoDetectSim.Benchmarks.Soak;

/// <summary>The samples of a soak over the detections, as charts that Markdown readers draw (Mermaid).</summary>
internal static class SoakChart
{
    /// <summary>A chart of memory, and one of handles, sockets and threads.</summary>
    public static string Draw(IReadOnlyList<SoakSample> samples) => string.Join('\n',
    [
        .. Chart("Working set (upper line) and managed memory (lower line)", "MB", samples, sample => sample.WorkingSet / 1048576.0, sample => sample.Heap / 1048576.0),
        .. Chart("Handles (upper line), threads and sockets (lower lines)", "count", samples, sample => sample.Handles, sample => sample.Threads, sample => Math.Max(sample.Sockets, 0)),
    ]);

    private static IEnumerable<string> Chart(string title, string unit, IReadOnlyList<SoakSample> samples, params Func<SoakSample, double>[] lines) =>
    [
        "",
        "```mermaid",
        "xychart-beta",
        $"  title \"{title}\"",
        $"  x-axis \"thousands of detections\" [{string.Join(", ", samples.Select(sample => Text(sample.Detections / 1000.0)))}]",
        $"  y-axis \"{unit}\" 0 --> {Text(Math.Ceiling(samples.SelectMany(sample => lines.Select(line => line(sample))).DefaultIfEmpty(1).Max() * 1.1))}",
        .. lines.Select(line => $"  line [{string.Join(", ", samples.Select(sample => Text(line(sample))))}]"),
        "```",
    ];

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
