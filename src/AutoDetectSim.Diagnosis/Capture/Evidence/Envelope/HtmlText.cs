using System.Net;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Diagnosis.Capture.Evidence.Envelope;

/// <summary>The text of a mail or a page that was saved as HTML. Text that merely holds HTML, such as the body of an answer, is left alone.</summary>
internal static partial class HtmlText
{
    public static string Decode(string text)
    {
        var start = text.AsSpan(0, Math.Min(text.Length, 400)).TrimStart();
        return start.StartsWith("<html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<pre", StringComparison.OrdinalIgnoreCase)
            ? WebUtility.HtmlDecode(Tag().Replace(LineEnd().Replace(Hidden().Replace(text, ""), "\n"), ""))
            : text;
    }

    [GeneratedRegex(@"<(?<tag>style|script|head)[ >].{0,200000}?</\k<tag>>", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline, 2000)]
    private static partial Regex Hidden();

    /// <summary>In source, lines break where a tag says so, and at line ends of preformatted text.</summary>
    [GeneratedRegex("<br ?/?>\n?|</(p|div|tr|li|pre|h[1-6])>\n?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex LineEnd();

    [GeneratedRegex("<[/!A-Za-z][^<>]{0,2000}>", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Tag();
}
