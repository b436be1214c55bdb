namespace AutoDetectSim.Certificates.Validation;

/// <summary>Base64 as OpenSSL 3 decodes it: white space passes anywhere, padding bits need not be zero, and nothing but padding follows padding.</summary>
internal static class PemBase64
{
    private const int CharactersOfGroup = 4;

    /// <summary>Decodes a text.</summary>
    /// <returns>Null if it is not base64.</returns>
    internal static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new List<byte>(text.Length / CharactersOfGroup * 3);
        var (group, count, padding) = (0, 0, 0);
        foreach (var character in text)
        {
            if (character is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                continue;
            }

            // A hyphen ends the data: what follows is not looked at.
            if (character == '-')
            {
                break;
            }

            var value = ValueOf(character);
            padding += character == '=' ? 1 : 0;
            if (value < 0 || padding > 2 || (padding > 0 && character != '='))
            {
                return null;
            }

            group = (group << 6) | value;
            if (++count == CharactersOfGroup)
            {
                bytes.AddRange([(byte)(group >> 16), (byte)(group >> 8), (byte)group]);
                (group, count) = (0, 0);
            }
        }

        // Padding that does not complete a group is the end of a broken one.
        if (count != 0)
        {
            return null;
        }

        bytes.RemoveRange(Math.Max(0, bytes.Count - padding), Math.Min(padding, bytes.Count));
        return [.. bytes];
    }

    private static int ValueOf(byte character) => character switch
    {
        >= (byte)'A' and <= (byte)'Z' => character - 'A',
        >= (byte)'a' and <= (byte)'z' => character - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => character - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        (byte)'=' => 0,
        _ => -1,
    };
}
