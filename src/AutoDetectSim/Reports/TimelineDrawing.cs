using System.Globalization;
using System.Text;
using static AutoDetectSim.Reports.HtmlReport;

namespace AutoDetectSim.Reports;

/// <summary>Draws every connection of a host as a small square, in rows of fifty.</summary>
internal static class TimelineDrawing
{
    private const int PerRow = 50;
    private const int Size = 8;
    private const int MostDrawn = 2000;

    public static string Draw(HostDocument host)
    {
        var shown = host.Timeline.Take(MostDrawn).ToList();
        var rows = (shown.Count + PerRow - 1) / PerRow;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"timeline\" viewBox=\"0 0 {PerRow * Size} {rows * Size}\" role=\"img\" aria-label=\"Connections in order\">");
        for (var index = 0; index < shown.Count; index++)
        {
            var attempt = shown[index];
            var kind = attempt.Code == "OK" ? "good" : "bad";
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{index % PerRow * Size}\" y=\"{index / PerRow * Size}\" width=\"{Size - 1}\" height=\"{Size - 1}\"><title>{E(Words(attempt))}</title></rect>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static string Words(AttemptDocument attempt) => string.Create(
        CultureInfo.InvariantCulture,
        $"{attempt.Number}: {attempt.Node ?? "unknown node"}, {attempt.Code}, after {attempt.StartedMs / 1000:0.00} s, took {attempt.ElapsedMs:0} ms");
}
