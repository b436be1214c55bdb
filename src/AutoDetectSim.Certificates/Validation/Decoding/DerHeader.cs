namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>A tag and length header.</summary>
/// <param name="Tag">The tag number.</param>
/// <param name="TagClass">The two class bits of the first byte, in place.</param>
/// <param name="Constructed">Whether the value is constructed.</param>
/// <param name="Indefinite">Whether the length is indefinite.</param>
/// <param name="HeaderLength">The length of the header in bytes.</param>
/// <param name="Length">The length of the content in bytes; <see cref="int.MaxValue"/> for any greater one.</param>
internal readonly record struct DerHeader(int Tag, int TagClass, bool Constructed, bool Indefinite, int HeaderLength, int Length)
{
    private const int HighTag = 0x1F;

    /// <summary>Reads a header as ASN1_get_object does: leading zero bytes of a length are let pass, more than 63 bits are not.</summary>
    /// <param name="data">The data.</param>
    /// <param name="version">Whose OpenSSL reads.</param>
    /// <param name="header">The header.</param>
    /// <returns>False if the header does not end within the data or is malformed.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> data, NodeVersion version, out DerHeader header)
    {
        header = default;
        var first = data[0];
        var p = 1;
        int tag = first & HighTag;
        if (tag == HighTag)
        {
            tag = 0;
            byte digit;
            do
            {
                if (p >= data.Length || tag > int.MaxValue >> 7)
                {
                    return false;
                }

                digit = data[p++];
                tag = (tag << 7) | (digit & 0x7F);
            }
            while ((digit & 0x80) != 0);
        }

        if (p >= data.Length)
        {
            return false;
        }

        var constructed = (first & 0x20) != 0;
        var lengthByte = data[p++];
        if (lengthByte == 0x80)
        {
            header = new(tag, first & 0xC0, constructed, Indefinite: true, p, 0);
            return constructed;
        }

        long length = lengthByte;
        if (lengthByte > 0x80)
        {
            var digits = lengthByte & 0x7F;

            // OpenSSL 3.0 up to the release in Node.js 20 wants a byte after a long length, even where no content follows.
            if (data.Length - p < digits + (version == NodeVersion.Node20 ? 1 : 0))
            {
                return false;
            }

            var value = data.Slice(p, digits).TrimStart((byte)0);
            if (value.Length > 8 || (value.Length == 8 && value[0] >= 0x80))
            {
                return false;
            }

            length = 0;
            foreach (var b in value)
            {
                length = (length << 8) | b;
            }

            p += digits;
        }

        header = new(tag, first & 0xC0, constructed, Indefinite: false, p, (int)Math.Min(length, int.MaxValue));
        return true;
    }
}
