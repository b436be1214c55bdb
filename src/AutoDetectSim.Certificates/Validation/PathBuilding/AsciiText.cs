namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>Comparisons of byte strings that fold ASCII letters only.</summary>
internal static class AsciiText
{
    internal static bool EqualsIgnoreCase(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        for (var i = 0; i < a.Length; i++)
        {
            if (Fold(a[i]) != Fold(b[i]))
            {
                return false;
            }
        }

        return true;
    }

    internal static bool EndsWithIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> end) =>
        text.Length >= end.Length && EqualsIgnoreCase(text[^end.Length..], end);

    private static byte Fold(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b + 0x20) : b;
}
