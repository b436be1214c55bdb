using System.Text;

namespace AutoDetectSim.Diagnosis.Capture.Evidence.Envelope;

/// <summary>Decodes the parts of a saved mail (RFC 2045): quoted-printable and base64. Other text is left alone.</summary>
internal static class MimeText
{
    private const string Header = "Content-Transfer-Encoding:";

    public static string Decode(string text)
    {
        if (!text.Contains(Header, StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var part = new List<string>();
        string? encoding = null;
        var inBody = false;
        foreach (var line in text.Split('\n'))
        {
            if (inBody && line.StartsWith("--", StringComparison.Ordinal) && line.Length > 10 && !line.StartsWith("-----", StringComparison.Ordinal))
            {
                Flush();
                result.Append(line).Append('\n');
            }
            else if (inBody)
            {
                part.Add(line);
            }
            else if (line.Length == 0 && encoding is not null)
            {
                inBody = true;
                result.Append('\n');
            }
            else
            {
                encoding = line.StartsWith(Header, StringComparison.OrdinalIgnoreCase) ? EncodingOf(line[Header.Length..]) : encoding;
                result.Append(line).Append('\n');
            }
        }

        Flush();
        return result.ToString();

        void Flush()
        {
            if (part.Count > 0)
            {
                result.Append(encoding == "base64" ? FromBase64(part) : FromQuotedPrintable(part)).Append('\n');
                part.Clear();
            }

            (encoding, inBody) = (null, false);
        }
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
}
