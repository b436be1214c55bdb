using System.Buffers.Binary;
using System.Text;

namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>Strings of distinguished names as text and in canonical form.</summary>
internal static class CanonicalString
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The value's type (one byte: UTF8String for every string type that is compared as text) and its canonical content.</summary>
    internal static ValidationCode TryCreate(DerValue value, out byte[] canonical)
    {
        canonical = [];
        if (!IsText(value.Tag))
        {
            canonical = [(byte)value.Tag, .. value.Tag == DerTag.BitString ? value.Bits.Span : value.Content.Span];
            return ValidationCode.Ok;
        }

        var error = TryGetUtf8(value, out var utf8);
        if (error == ValidationCode.Ok)
        {
            canonical = Fold(utf8);
        }

        return error;
    }

    /// <summary>The value as UTF-8, whatever its string type; T61String, PrintableString and IA5String are read as Latin-1.</summary>
    internal static ValidationCode TryGetUtf8(DerValue value, out ReadOnlySpan<byte> utf8)
    {
        var content = value.Content.Span;
        utf8 = content;
        switch (value.Tag)
        {
            case DerTag.Utf8String:
                return System.Text.Unicode.Utf8.IsValid(content) ? ValidationCode.Ok : ValidationCode.SslInvalidUtf8String;
            case DerTag.BmpString or DerTag.UniversalString:
                return TryConvertWide(content, value.Tag == DerTag.BmpString ? 2 : 4, out utf8);
            default:
                if (content.IndexOfAnyExceptInRange((byte)0, (byte)0x7F) >= 0)
                {
                    utf8 = StrictUtf8.GetBytes(Encoding.Latin1.GetString(content));
                }

                return ValidationCode.Ok;
        }
    }

    /// <summary>The value as text for people; bytes that are no text become replacement characters.</summary>
    internal static string Display(DerValue value) =>
        TryGetUtf8(value, out var utf8) == ValidationCode.Ok ? Encoding.UTF8.GetString(utf8) : Encoding.UTF8.GetString(value.Content.Span);

    internal static bool IsText(int tag) => tag is DerTag.Utf8String or DerTag.BmpString or DerTag.UniversalString
        or DerTag.PrintableString or DerTag.T61String or DerTag.Ia5String or DerTag.VisibleString;

    /// <summary>Whether OpenSSL can convert a value of a name to UTF-8, which Node.js does with every attribute of a subject.</summary>
    internal static bool HasText(int tag) => IsText(tag) || tag == DerTag.NumericString;

    private static ValidationCode TryConvertWide(ReadOnlySpan<byte> content, int width, out ReadOnlySpan<byte> utf8)
    {
        utf8 = default;
        var text = new byte[content.Length / width * 4];
        var length = 0;
        for (var i = 0; i < content.Length; i += width)
        {
            var scalar = width == 2 ? BinaryPrimitives.ReadUInt16BigEndian(content[i..]) : BinaryPrimitives.ReadUInt32BigEndian(content[i..]);
            if (!Rune.TryCreate(scalar, out var rune))
            {
                return ValidationCode.SslIllegalCharacters;
            }

            length += rune.EncodeToUtf8(text.AsSpan(length));
        }

        utf8 = text.AsSpan(0, length);
        return ValidationCode.Ok;
    }

    private static byte[] Fold(ReadOnlySpan<byte> utf8)
    {
        var folded = new byte[utf8.Length + 1];
        folded[0] = DerTag.Utf8String;
        var length = 1;
        var pendingSpace = false;
        foreach (var b in utf8)
        {
            if (b is (byte)' ' or (>= 9 and <= 13))
            {
                pendingSpace = length > 1;
                continue;
            }

            if (pendingSpace)
            {
                folded[length++] = (byte)' ';
                pendingSpace = false;
            }

            folded[length++] = b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b + 0x20) : b;
        }

        return length == folded.Length ? folded : folded[..length];
    }
}
