using System.Globalization;
using System.Text;

namespace AutoDetectSim.Diagnosis.Reports.Html;

/// <summary>Draws attempts in order, each as a small square, in rows of forty.</summary>
internal static class TimelineDrawing
{
    private const int PerRow = 40;
    private const int Size = 10;
    private const int Gutter = 28;
    private const int MostDrawn = 2000;

    public static string Draw(IReadOnlyList<TimelineSquare> squares)
    {
        var shown = squares.Take(MostDrawn).ToList();
        var columns = Math.Min(PerRow, Math.Max(shown.Count, 20));
        var rows = (shown.Count + PerRow - 1) / PerRow;
        var gutter = rows > 1 ? Gutter : 0;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"timeline\" viewBox=\"0 0 {gutter + (columns * Size)} {Math.Max(1, rows) * Size}\" style=\"max-width:{(gutter + (columns * Size)) * 2}px\" role=\"img\" aria-label=\"{shown.Count} attempts in order\">");
        for (var row = 0; row < rows && rows > 1; row++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Gutter - 4}\" y=\"{(row * Size) + Size - 2}\">{(row * PerRow) + 1}</text>");
        }

        for (var index = 0; index < shown.Count; index++)
        {
            var square = shown[index];
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{(square.IsGood ? "good" : "bad")}\" x=\"{gutter + (index % PerRow * Size)}\" y=\"{index / PerRow * Size}\" width=\"{Size - 1}\" height=\"{Size - 1}\" rx=\"1\"><title>{HtmlWriter.Encode(square.Words)}</title></rect>");
        }

        return svg.Append("</svg>").ToString();
    }
}

/// <summary>One attempt.</summary>
/// <param name="IsGood">Whether it succeeded.</param>
/// <param name="Words">What a pointer that rests on it shows.</param>
internal sealed record TimelineSquare(bool IsGood, string Words);
