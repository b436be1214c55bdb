using System.Globalization;
using System.Text;
using AutoDetectSim.Diagnosis.Statistics;
using static AutoDetectSim.Diagnosis.Reports.Html.HtmlWriter;

namespace AutoDetectSim.Diagnosis.Reports.Html;

/// <summary>Draws client, virtual IP and nodes as inline SVG; narrow enough for a phone.</summary>
internal static class TopologyDrawing
{
    private const int Width = 420;
    private const int MostColumns = 3;
    private const int BoxWidth = 128;
    private const int BoxHeight = 44;
    private const int Gap = 12;
    private const int Top = 142;
    private const int MostDrawn = 60;

    public static string Draw(HostDocument host)
    {
        var boxes = Boxes(host);
        var columns = Math.Min(MostColumns, boxes.Count);
        var rows = (boxes.Count + columns - 1) / columns;
        var left = (Width - (columns * BoxWidth) - ((columns - 1) * Gap)) / 2;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"topology\" viewBox=\"0 0 {Width} {Top + (rows * (BoxHeight + Gap)) + 4}\" role=\"img\" aria-label=\"Topology of {Encode(host.Host)}\">");
        Box(svg, (Width - 190) / 2, 4, 190, 36, "neutral", "strict client", null);
        Line(svg, Width / 2, 40, 64);
        Box(svg, (Width - 300) / 2, 64, 300, BoxHeight, "neutral", Shorten($"{host.Host}:{host.Port}", 40), host.Nodes.Count == 1 ? host.Probes.HasLookAlikes ? "server or virtual IP" : "server" : "virtual IP");
        Line(svg, Width / 2, 64 + BoxHeight, Top - 18);
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"line\" d=\"M{left + (BoxWidth / 2)} {Top - 18}H{Width - left - (BoxWidth / 2)}\"/>");
        for (var index = 0; index < boxes.Count; index++)
        {
            var x = left + (index % columns * (BoxWidth + Gap));
            if (index < columns)
            {
                Line(svg, x + (BoxWidth / 2), Top - 18, Top);
            }

            Box(svg, x, Top + (index / columns * (BoxHeight + Gap)), BoxWidth, BoxHeight, boxes[index].Kind, boxes[index].Name, boxes[index].Note);
        }

        return svg.Append("</svg>").ToString();
    }

    private static List<(string Name, string Note, string Kind)> Boxes(HostDocument host) =>
        host.Nodes.Count is > 0 and <= MostDrawn
            ? [.. host.Nodes.Select(node => (Shorten(node.Name, 16), $"{ReportText.Percent(node.Share)}, chain {string.Join(",", node.Chains)}", node.Faults.Count == 0 ? "good" : "bad"))]
            : [.. host.Chains.Select(chain => ($"chain {chain.Label}", $"{ProbesText.Nodes(chain.Nodes.Count, host.Probes.HasLookAlikes)}, {ReportText.Percent(chain.Share)}", chain.Accepted ? "good" : "bad"))];

    private static void Box(StringBuilder svg, int x, int y, int width, int height, string kind, string name, string? note)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<g class=\"{kind}\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"7\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + (width / 2)}\" y=\"{y + (note is null ? (height / 2) + 5 : 19)}\">{Encode(name)}</text>");
        if (note is not null)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"note\" x=\"{x + (width / 2)}\" y=\"{y + 35}\">{Encode(note)}</text>");
        }

        svg.Append("</g>");
    }

    private static void Line(StringBuilder svg, int x, int from, int to) => svg.Append(CultureInfo.InvariantCulture, $"<path class=\"line\" d=\"M{x} {from}V{to}\"/>");

    private static string Shorten(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");
}
