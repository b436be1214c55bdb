using System.Text;

namespace AutoDetectSim.Diagnosis.Tests.Capture;

/// <summary>What mail programs, editors and people do to a paste.</summary>
internal static class MailedText
{
    public static string Quote(string text, string mark = "> ") => string.Join('\n', text.TrimEnd('\n').Split('\n').Select(line => mark + line)) + "\n";

    public static string Indent(string text, string with = "    ") => Quote(text, with);

    /// <summary>Puts something before each line, as log collectors and pagers do.</summary>
    public static string Prefix(string text, Func<int, string> prefix) => string.Join('\n', text.TrimEnd('\n').Split('\n').Select((line, index) => prefix(index + 1) + line)) + "\n";

    public static string Html(string text) => "<html><body><pre>" + System.Net.WebUtility.HtmlEncode(text) + "</pre></body></html>";

    /// <summary>Breaks lines at blanks, or anywhere where there is none, as mail programs do.</summary>
    public static string Wrap(string text, int width)
    {
        var wrapped = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            var rest = line;
            while (rest.Length > width)
            {
                var at = rest.LastIndexOf(' ', width);
                at = at <= 0 ? width : at;
                wrapped.Append(rest, 0, at).Append('\n');
                rest = rest[at..].TrimStart(' ');
            }

            wrapped.Append(rest).Append('\n');
        }

        return wrapped.ToString();
    }

    public static string Fence(string text) => $"Hello,\n\nthis is what we get:\n\n```text\n{text}```\n\nRegards\n";

    public static byte[] Utf16(string text) => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text.ReplaceLineEndings("\r\n"))];
}
