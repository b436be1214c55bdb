using System.Globalization;
using System.Text;

namespace AutoDetectSim.Diagnosis.Reports.Html;

/// <summary>Draws the way of a detection from the phone to the servers, one box below the other.</summary>
internal static class JourneyDrawing
{
    private const int Width = 420;
    private const int BoxWidth = 340;
    private const int BoxHeight = 46;
    private const int Step = 70;

    public static string Draw(DetectDocument document)
    {
        var detections = document.Detections;
        List<(string Name, string Note, string Kind)> boxes =
        [
            ("phone", $"adds {document.Email}", "neutral"),
            ("AutoDetect", $"{detections.Successes} of {detections.Attempts} detections succeeded", Kind(detections.Successes, detections.Attempts)),
            .. document.Check?.Hosts.Select(host => (host.Host, $"{ReportText.Role(host.Role)}: {host.Successes} of {host.Attempts} connections succeeded", Kind(host.Successes, host.Attempts))) ?? [],
        ];
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {(boxes.Count * Step) - 14}\" role=\"img\" aria-label=\"The path of a detection\">");
        for (var index = 0; index < boxes.Count; index++)
        {
            var (name, note, kind) = boxes[index];
            var y = (index * Step) + 4;
            svg.Append(CultureInfo.InvariantCulture, $"<g class=\"{kind}\"><rect x=\"{(Width - BoxWidth) / 2}\" y=\"{y}\" width=\"{BoxWidth}\" height=\"{BoxHeight}\" rx=\"7\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width / 2}\" y=\"{y + 20}\">{HtmlWriter.Encode(Shorten(name))}</text><text class=\"note\" x=\"{Width / 2}\" y=\"{y + 37}\">{HtmlWriter.Encode(Shorten(note))}</text></g>");
            if (index + 1 < boxes.Count)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"line\" d=\"M{Width / 2} {y + BoxHeight}v{Step - BoxHeight - 4}m-4 -6l4 6l4 -6\"/>");
            }
        }

        return svg.Append("</svg>").ToString();
    }

    private static string Kind(int successes, int attempts) => successes == attempts ? "good" : successes == 0 ? "bad" : "mixed";

    private static string Shorten(string text) => text.Length <= 52 ? text : string.Concat(text.AsSpan(0, 51), "…");
}
