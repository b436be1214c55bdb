using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AutoDetectSim.Regression.Reports;

/// <summary>A regression run as a badge: the JSON of a shields.io endpoint, or a picture.</summary>
internal static partial class RegressionBadge
{
    private const string Label = "worlds judged correctly";

    /// <summary>Width of a letter of the picture, in pixels; the text is stretched to fit.</summary>
    private const double LetterWidth = 6.5;

    private const int Padding = 10;

    /// <summary>All judged correctly, all but known limits, and others.</summary>
    private static readonly (string Name, string Value)[] Colors = [("brightgreen", "#4c1"), ("green", "#97ca00"), ("red", "#e05d44")];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON that shields.io/badges/endpoint-badge reads.</summary>
    public static string Json(RegressionSummary summary) => Json(Message(summary), Color(summary).Name);

    /// <summary>Whether a text is, byte for byte but for the ends of its lines, the JSON of some run.</summary>
    public static bool IsJson(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return Result().Match(lines) is { Success: true } result && Colors.Any(color => lines == Json(result.Groups["result"].Value, color.Name));
    }

    private static string Json(string message, string color) => new JsonObject
    {
        ["schemaVersion"] = 1,
        ["label"] = Label,
        ["message"] = message,
        ["color"] = color,
    }.ToJsonString(Indented) + "\n";

    /// <summary>The badge as SVG.</summary>
    public static string Svg(RegressionSummary summary)
    {
        XNamespace svg = "http://www.w3.org/2000/svg";
        var message = Message(summary);
        var (left, right) = (Width(Label), Width(message));
        XElement Box(double x, double width, string fill) => new(svg + "rect", new XAttribute("x", x), new XAttribute("width", width), new XAttribute("height", 20), new XAttribute("fill", fill));
        XElement Text(double x, double width, string text) => new(
            svg + "text", new XAttribute("x", x + (width / 2)), new XAttribute("y", 14), new XAttribute("textLength", width - Padding), text);
        return new XElement(
            svg + "svg",
            new XAttribute("width", left + right),
            new XAttribute("height", 20),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", $"{Label}: {message}"),
            Box(0, left, "#555"),
            Box(left, right, Color(summary).Value),
            new XElement(
                svg + "g",
                new XAttribute("fill", "#fff"),
                new XAttribute("text-anchor", "middle"),
                new XAttribute("font-family", "Verdana,Geneva,DejaVu Sans,sans-serif"),
                new XAttribute("font-size", 11),
                Text(0, left, Label),
                Text(left, right, message))).ToString() + "\n";
    }

    private static string Message(RegressionSummary summary) => string.Create(CultureInfo.InvariantCulture, $"{summary.Right}/{summary.Worlds}");

    private static (string Name, string Value) Color(RegressionSummary summary) =>
        summary.Right == summary.Worlds ? Colors[0] : summary.Right + summary.KnownLimits == summary.Worlds ? Colors[1] : Colors[2];

    [GeneratedRegex("\"message\": \"(?<result>[0-9]{1,6}/[0-9]{1,6})\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Result();

    private static double Width(string text) => Math.Ceiling(text.Length * LetterWidth) + Padding;
}
