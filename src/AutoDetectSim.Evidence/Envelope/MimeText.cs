using System.Text;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Evidence.Envelope;

/// <summary>Decodes the parts of a saved mail (RFC 2045): quoted-printable and base64. Other text is left alone.</summary>
internal static partial class MimeText
{
    private const string Header = "Content-Transfer-Encoding:";
    private const string Type = "Content-Type:";

    /// <summary>A mail whose parts hold the same text twice: the plain one is enough.</summary>
    private const string Alternative = "multipart/alternative";

    public static string Decode(string text)
    {
        if (!text.Contains(Header, StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var part = new List<string>();
        string? encoding = null;
        var (inBody, isHtml) = (false, false);
        var hasPlain = text.Contains(Alternative, StringComparison.OrdinalIgnoreCase) && text.Contains(Type + " text/plain", StringComparison.OrdinalIgnoreCase);
        var boundaries = Boundary().Matches(text).Select(match => match.Groups["text"].Value).ToHashSet(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            if (inBody && IsBoundary(line, boundaries))
            {
                Flush();
                result.Append(line).Append('\n');
            }
            else if (inBody)
            {
                part.Add(line);
            }
            else if (line.Length == 0 && (encoding is not null || isHtml))
            {
                inBody = true;
                result.Append('\n');
            }
            else
            {
                encoding = line.StartsWith(Header, StringComparison.OrdinalIgnoreCase) ? EncodingOf(line[Header.Length..]) : encoding;
                isHtml = line.StartsWith(Type, StringComparison.OrdinalIgnoreCase) ? line.Contains("text/html", StringComparison.OrdinalIgnoreCase) : isHtml;
                result.Append(line).Append('\n');
            }
        }

        Flush();
        return result.ToString();

        void Flush()
        {
            if (part.Count > 0 && !(isHtml && hasPlain))
            {
                var body = encoding switch
                {
                    "base64" => FromBase64(part),
                    "quoted-printable" => FromQuotedPrintable(part),
                    _ => string.Join('\n', part),
                };
                result.Append(isHtml ? HtmlText.Strip(body) : body).Append('\n');
            }

            part.Clear();
            (encoding, inBody, isHtml) = (null, false, false);
        }
    }

    /// <summary>Where the head of the mail, which names the boundary, is cut away, a line of hyphens and more is taken for one.</summary>
    private static bool IsBoundary(string line, HashSet<string> boundaries)
    {
        if (!line.StartsWith("--", StringComparison.Ordinal))
        {
            return false;
        }

        var name = line.TrimEnd()[2..];
        return boundaries.Count > 0
            ? boundaries.Contains(name) || (name.EndsWith("--", StringComparison.Ordinal) && boundaries.Contains(name[..^2]))
            : line.Length > 10 && !line.StartsWith("-----BEGIN ", StringComparison.Ordinal) && !line.StartsWith("-----END ", StringComparison.Ordinal);
    }

    private static string? EncodingOf(string value)
    {
        var name = value.Trim();
        return name.Equals("base64", StringComparison.OrdinalIgnoreCase) ? "base64"
            : name.Equals("quoted-printable", StringComparison.OrdinalIgnoreCase) ? "quoted-printable"
            : null;
    }

    private static string FromBase64(List<string> lines)
    {
        try
        {
            return EvidenceBytes.Decode(Convert.FromBase64String(string.Concat(lines).Trim())).ReplaceLineEndings("\n");
        }
        catch (FormatException)
        {
            return string.Join('\n', lines);
        }
    }

    private static string FromQuotedPrintable(List<string> lines)
    {
        var bytes = new List<byte>();
        foreach (var line in lines)
        {
            var text = line.TrimEnd();
            var isSoft = text.EndsWith('=');
            text = isSoft ? text[..^1] : text;
            for (var index = 0; index < text.Length; index++)
            {
                if (text[index] == '=' && index + 2 <= text.Length - 1 && char.IsAsciiHexDigit(text[index + 1]) && char.IsAsciiHexDigit(text[index + 2]))
                {
                    bytes.Add(Convert.ToByte(text.Substring(index + 1, 2), 16));
                    index += 2;
                }
                else
                {
                    bytes.AddRange(Encoding.UTF8.GetBytes([text[index]]));
                }
            }

            if (!isSoft)
            {
                bytes.Add((byte)'\n');
            }
        }

        return EvidenceBytes.Decode([.. bytes]);
    }

    [GeneratedRegex("(?<![A-Za-z])boundary=\"?(?<text>[^\";\\s]{1,100})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Boundary();
}
