using System.Text;

namespace AutoDetectSim.Evidence.Envelope;

/// <summary>A file as lines, freed from what mail programs, editors and terminals put around them.</summary>
internal sealed record EvidenceDocument
{
    /// <summary>Characters of a line at most; longer ones are those of JSON, which is read from <see cref="Source"/>.</summary>
    private const int LongestLine = 128 * 1024;

    /// <summary>What messages call it.</summary>
    public required string Name { get; init; }

    /// <summary>The text with plain line ends.</summary>
    public required string Source { get; init; }

    public required IReadOnlyList<EvidenceLine> Lines { get; init; }

    public static EvidenceDocument Parse(string text, string name)
    {
        var (lines, stamps) = LinePrefixes.Strip(Clean(HtmlText.Decode(MimeText.Decode(Clean(text)))).Split('\n'));
        return new EvidenceDocument
        {
            Name = name,
            Source = string.Join('\n', lines),
            Lines = [.. lines.Select((line, index) => new EvidenceLine(index + 1, Cut(line), Unquote(Cut(line))) { Stamp = stamps[index] }).Where(line => !IsFence(line.Text))],
        };
    }

    /// <summary>A line without the marks of a quotation and without blanks at both ends.</summary>
    public static string Unquote(string line)
    {
        var text = line.AsSpan().Trim();
        while (text.Length > 0 && text[0] is '>' or '|')
        {
            text = text[1..];
            text = text is ['_', ..] ? text[1..] : text;
            text = text.TrimStart();
        }

        // PowerShell writes a program's name before the first line of its standard error.
        foreach (var program in (ReadOnlySpan<string>)["openssl : ", "openssl.exe : ", "curl : ", "curl.exe : "])
        {
            text = text.StartsWith(program, StringComparison.Ordinal) ? text[program.Length..] : text;
        }

        return text.Length == line.Length ? line : text.ToString();
    }

    private static string Cut(string line) => line.Length <= LongestLine ? line : line[..LongestLine];

    /// <summary>A fence of Markdown.</summary>
    private static bool IsFence(string text) => text.StartsWith("```", StringComparison.Ordinal) || text.StartsWith("~~~", StringComparison.Ordinal);

    /// <summary>Plain line ends, blanks and hyphens; no characters without a width, no colors.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case '\r':
                    clean.Append('\n');
                    index += index + 1 < text.Length && text[index + 1] == '\n' ? 1 : 0;
                    break;
                case '\u001B':
                    index = AfterEscape(text, index);
                    break;
                case '\u0085' or '\u2028' or '\u2029' or '\v' or '\f':
                    clean.Append('\n');
                    break;
                case '\u00A0' or '\u1680' or '\u202F' or '\u205F' or '\u3000' or (>= '\u2000' and <= '\u200A'):
                    clean.Append(' ');
                    break;
                case (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or '\u2060' or '\uFEFF' or '\u00AD' or '\0':
                    break;
                case (>= '\u2010' and <= '\u2013') or '\u2212':
                    clean.Append('-');
                    break;
                case '\u2014' or '\u2015':
                    // Word processors make one long dash of two hyphens.
                    clean.Append("--");
                    break;
                case '\u2018' or '\u2019':
                    clean.Append('\'');
                    break;
                case '\u201C' or '\u201D' or '\u201E':
                    clean.Append('"');
                    break;
                default:
                    clean.Append(text[index]);
                    break;
            }
        }

        return clean.ToString();
    }

    /// <summary>The last character of a terminal's control sequence (ECMA-48).</summary>
    private static int AfterEscape(string text, int index)
    {
        if (index + 1 >= text.Length || text[index + 1] != '[')
        {
            return index;
        }

        for (var end = index + 2; end < Math.Min(text.Length, index + 40); end++)
        {
            if (text[end] is >= '@' and <= '~')
            {
                return end;
            }
        }

        return index + 1;
    }
}
