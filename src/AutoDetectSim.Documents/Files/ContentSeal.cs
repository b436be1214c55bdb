using System.Security.Cryptography;
using System.Text;

namespace AutoDetectSim.Documents.Files;

/// <summary>
/// The end of a file that this program wrote: a mark with a hash of everything before it. Where the hash fits, the file is as it was written and
/// may be replaced. A file that was changed since is the user's.
/// </summary>
internal sealed class ContentSeal
{
    private readonly string _lead;
    private readonly string _tail;

    private ContentSeal(string lead, string tail)
    {
        _lead = lead;
        _tail = tail;
    }

    /// <summary>A comment at the end of HTML, Markdown, SVG and XML.</summary>
    public static ContentSeal Markup { get; } = new("<!-- written by AutoDetectSim, SHA-256 ", " -->\n");

    /// <summary>A comment at the end of a text in which a line that begins with # is one.</summary>
    public static ContentSeal Comment { get; } = new("# written by AutoDetectSim, SHA-256 ", "\n");

    /// <summary>The last member of a JSON object.</summary>
    public static ContentSeal Json { get; } = new(",\n  \"writtenBy\": \"AutoDetectSim, SHA-256 ", "\"\n}\n");

    /// <summary>A text with the seal at its end.</summary>
    public string Seal(string text)
    {
        var body = this == Json ? text.TrimEnd()[..^1].TrimEnd() : text.EndsWith('\n') ? text : text + "\n";
        return body + _lead + HashOf(body) + _tail;
    }

    /// <summary>Whether a text ends with the seal, and is as it was when it was sealed. Ends of lines may be those of another system.</summary>
    public bool IsOn(string text)
    {
        var lines = WithPlainLines(text);
        var end = lines.Length - _tail.Length;
        var hash = end - (2 * SHA256.HashSizeInBytes);
        return hash >= _lead.Length
            && lines.EndsWith(_tail, StringComparison.Ordinal)
            && lines.AsSpan(0, hash).EndsWith(_lead, StringComparison.Ordinal)
            && lines.AsSpan(hash, end - hash).SequenceEqual(HashOf(lines[..(hash - _lead.Length)]));
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(WithPlainLines(text))));

    private static string WithPlainLines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
