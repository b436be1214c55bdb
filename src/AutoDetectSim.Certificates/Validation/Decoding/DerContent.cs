namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>The rules for the content of universal types that OpenSSL enforces while it decodes.</summary>
internal static class DerContent
{
    private const int ShortestUtcTime = 13;
    private const int ShortestGeneralizedTime = 15;

    internal static ValidationCode Check(int type, ReadOnlySpan<byte> content, NodeVersion version) => type switch
    {
        DerTag.ObjectIdentifier => IsObjectIdentifier(content) ? ValidationCode.Ok : ValidationCode.SslInvalidObjectEncoding,
        DerTag.Null => content.IsEmpty ? ValidationCode.Ok : ValidationCode.SslNullIsWrongLength,
        DerTag.Boolean => content.Length == 1 ? ValidationCode.Ok : ValidationCode.SslBooleanIsWrongLength,
        DerTag.BitString => CheckBitString(content),
        DerTag.Integer or DerTag.Enumerated => CheckInteger(content),
        DerTag.BmpString => content.Length % 2 == 0 ? ValidationCode.Ok : ValidationCode.SslBmpStringIsWrongLength,
        DerTag.UniversalString => content.Length % 4 == 0 ? ValidationCode.Ok : ValidationCode.SslUniversalStringIsWrongLength,
        DerTag.UtcTime when version != NodeVersion.Node20 && content.Length < ShortestUtcTime => ValidationCode.SslUtcTimeIsTooShort,
        DerTag.GeneralizedTime when version != NodeVersion.Node20 && content.Length < ShortestGeneralizedTime => ValidationCode.SslGeneralizedTimeIsTooShort,
        _ => ValidationCode.Ok,
    };

    private static bool IsObjectIdentifier(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty || (content[^1] & 0x80) != 0)
        {
            return false;
        }

        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] == 0x80 && (i == 0 || (content[i - 1] & 0x80) == 0))
            {
                return false;
            }
        }

        return true;
    }

    private static ValidationCode CheckBitString(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
        {
            return ValidationCode.SslStringTooShort;
        }

        return content[0] > 7 ? ValidationCode.SslInvalidBitStringBitsLeft : ValidationCode.Ok;
    }

    private static ValidationCode CheckInteger(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
        {
            return ValidationCode.SslIllegalZeroContent;
        }

        // FF followed by zeros only is a least negative number, not padding.
        var padded = content.Length > 1 && (content[0] == 0 || (content[0] == 0xFF && content[1..].ContainsAnyExcept((byte)0)));
        return padded && (content[0] & 0x80) == (content[1] & 0x80) ? ValidationCode.SslIllegalPadding : ValidationCode.Ok;
    }
}
