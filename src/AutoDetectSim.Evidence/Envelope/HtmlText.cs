using System.Net;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Evidence.Envelope;

/// <summary>The text of a mail or a page that was saved as HTML. Text that merely holds HTML, such as the body of an answer, is left alone.</summary>
internal static partial class HtmlText
{
    public static string Decode(string text)
    {
        var start = text.Length > 400 ? text[..400] : text;
        return Start().IsMatch(start) ? Strip(text) : text;
    }

    /// <summary>The text of HTML.</summary>
    public static string Strip(string html) => WebUtility.HtmlDecode(Tag().Replace(LineEnd().Replace(Hidden().Replace(html, ""), "\n"), ""));

    [GeneratedRegex(@"^\s*<(!doctype html|html|head|body|meta|div|p|pre|span|table|font|br)[ >/]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Start();

    [GeneratedRegex(@"<(?<tag>style|script|head)[ >].{0,200000}?</\k<tag>>", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline, 2000)]
    private static partial Regex Hidden();

    /// <summary>In source, lines break where a tag says so, and at line ends of preformatted text.</summary>
    [GeneratedRegex("<br ?/?>\n?|</(p|div|tr|li|pre|h[1-6])>\n?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex LineEnd();

    [GeneratedRegex("<[/!A-Za-z][^<>]{0,2000}>", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Tag();
}
