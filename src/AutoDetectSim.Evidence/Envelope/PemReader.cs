using System.Formats.Asn1;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Evidence.Envelope;

/// <summary>
/// Finds PEM certificates in text as OpenSSL does, and where people broke them: lines of any length, quoted, indented, wrapped anew, on one line.
/// What is damaged or elided keeps its place.
/// </summary>
internal static partial class PemReader
{
    /// <summary>What is wrong with bytes that are whole and something else.</summary>
    public const string NotACertificate = "is damaged: its content is not a certificate";

    /// <summary>Certificates of one text at most.</summary>
    private const int MaximumCertificates = 20_000;

    /// <summary>The lines of one certificate at most; a certificate of 64 KB has about 1,400.</summary>
    private const int MaximumLines = 3000;

    /// <summary>Whether a certificate begins on the line.</summary>
    public static bool Begins(string line) => line.Contains("CERTIFICATE-", StringComparison.Ordinal) && Begin().IsMatch(line);

    /// <summary>Every certificate of some lines.</summary>
    public static IReadOnlyList<PemBlock> Read(IReadOnlyList<EvidenceLine> lines)
    {
        var blocks = new List<PemBlock>();
        for (var index = 0; index < lines.Count && blocks.Count < MaximumCertificates; index++)
        {
            var text = lines[index].Text;
            while (Begins(text) && Begin().Match(text) is { Success: true } begin)
            {
                (var block, index, text) = ReadOne(lines, index, text[(begin.Index + begin.Length)..]);
                blocks.Add(block);
            }
        }

        return blocks;
    }

    /// <summary>Every certificate of a text that stands in JSON or CSV, where line ends may be blanks.</summary>
    public static IReadOnlyList<PemBlock> Read(string text, int line) =>
        Read([.. text.Replace("\\r", "", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Split('\n').Select(part => new EvidenceLine(line, part, part.Trim()))]);

    private static (PemBlock Block, int Index, string Remainder) ReadOne(IReadOnlyList<EvidenceLine> lines, int start, string first)
    {
        var body = new StringBuilder();
        string? damage = null;
        var text = first;
        var index = start;
        for (; ; text = lines[index].Text)
        {
            var end = End().Match(text);
            var part = end.Success ? text[..end.Index] : text;
            damage ??= Add(body, part.Replace("\\n", " ", StringComparison.Ordinal), lines[index].Number, index == start);
            if (end.Success)
            {
                return (Finish(lines[start].Number, lines[index].Number, body, damage), index, text[(end.Index + end.Length)..]);
            }

            if (index + 1 >= lines.Count || index - start >= MaximumLines || Begins(lines[index + 1].Text) || Structure().IsMatch(lines[index + 1].Text))
            {
                return (new PemBlock(lines[start].Number, lines[index].Number, default, damage ?? "has no END line"), index, "");
            }

            index++;
        }
    }

    /// <summary>Takes base64 out of a line; gives what is wrong with the line, if anything.</summary>
    private static string? Add(StringBuilder body, string text, int line, bool isFirst)
    {
        if (text.Length == 0 || (body.Length == 0 && !isFirst && PemHeader().IsMatch(text)))
        {
            return null;
        }

        var kept = text.Trim().TrimEnd(',', '"', '\\');
        if (kept.Contains("...", StringComparison.Ordinal) || kept.Contains('…', StringComparison.Ordinal) || Snip().IsMatch(kept))
        {
            return string.Create(CultureInfo.InvariantCulture, $"is cut out in part (line {line})");
        }

        foreach (var character in kept)
        {
            if (char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '=')
            {
                body.Append(character);
            }
            else if (character is not (' ' or '\t' or '>' or '|'))
            {
                return string.Create(CultureInfo.InvariantCulture, $"has a line that is not base64 (line {line})");
            }
        }

        return null;
    }

    private static PemBlock Finish(int line, int endLine, StringBuilder body, string? damage)
    {
        if (damage is not null)
        {
            return new PemBlock(line, endLine, default, damage);
        }

        var text = body.ToString();
        var padding = text.AsSpan().IndexOf('=');
        if (padding >= 0 && text.AsSpan(padding).ContainsAnyExcept('='))
        {
            // Quoted-printable that nobody decoded: =3D is the sign itself, one at the end of a line is nothing.
            text = text.Replace("=3D", "\0", StringComparison.Ordinal).Replace("=", "", StringComparison.Ordinal).Replace('\0', '=');
        }

        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return new PemBlock(line, endLine, default, string.Create(CultureInfo.InvariantCulture, $"is damaged: {text.Length} characters are not whole base64, so that some are missing or too many"));
        }

        var (der, problem) = ReadDer(bytes);
        return new PemBlock(line, endLine, der, problem);
    }

    /// <summary>The certificate at the beginning of some bytes: TRUSTED CERTIFICATE has more after it.</summary>
    public static (ReadOnlyMemory<byte> Der, string? Damage) ReadDer(byte[] bytes)
    {
        if (LengthOf(bytes) is not { } length)
        {
            return (default, bytes.Length == 0 ? "is empty" : Announced(bytes) is { } announced
                ? string.Create(CultureInfo.InvariantCulture, $"is damaged: it says that it has {announced} bytes, and {bytes.Length} are there")
                : NotACertificate);
        }

        var der = bytes.AsMemory(0, length);
        return DecodedCertificate.TryDecode(der, out var consumed, out _) is not null && consumed == length
            ? (der, null)
            : (default, NotACertificate);
    }

    /// <summary>How many bytes the first value takes; null where it is not whole.</summary>
    private static int? LengthOf(byte[] bytes)
    {
        try
        {
            return AsnDecoder.TryReadEncodedValue(bytes, AsnEncodingRules.BER, out _, out _, out _, out var length) ? length : null;
        }
        catch (AsnContentException)
        {
            // An indefinite length whose end is missing.
            return null;
        }
    }

    private static int? Announced(byte[] bytes) => bytes switch
    {
        [0x30, 0x82, var high, var low, ..] => (high << 8) + low + 4,
        [0x30, 0x81, var low, ..] => low + 3,
        _ => null,
    };

    [GeneratedRegex("-{2,8} ?BEGIN (X509 |TRUSTED )?CERTIFICATE ?-{2,8}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Begin();

    [GeneratedRegex("-{2,8} ?END (X509 |TRUSTED )?CERTIFICATE ?-{2,8}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex End();

    [GeneratedRegex("^(---$|[0-9]{1,3} s:|Server certificate|subject=|issuer=|CONNECTED\\()", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Structure();

    [GeneratedRegex("^[A-Za-z0-9-]{2,40}: ", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PemHeader();

    [GeneratedRegex("[<\\[({*]{1,3} ?(snip|cut|omitted|removed|redacted|elided|truncated|certificate|base64|data)|^(snip|omitted|truncated)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Snip();
}
