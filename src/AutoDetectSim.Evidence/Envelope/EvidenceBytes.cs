using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace AutoDetectSim.Evidence.Envelope;

/// <summary>Turns the bytes of a file into text, whatever program saved it: UTF-8, UTF-16 and UTF-32 with or without a byte order mark, Windows-1252.</summary>
internal static class EvidenceBytes
{
    /// <summary>Decodes a file's content; never fails.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, 0, 0, ..])
        {
            return Encoding.UTF32.GetString(bytes[4..]);
        }

        if (bytes is [0xEF, 0xBB, 0xBF, ..])
        {
            return Encoding.UTF8.GetString(bytes[3..]);
        }

        return bytes switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes[2..]),
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes[2..]),
            _ when LooksLikeUtf16(bytes, bigEndian: false) => Encoding.Unicode.GetString(bytes),
            _ when LooksLikeUtf16(bytes, bigEndian: true) => Encoding.BigEndianUnicode.GetString(bytes),
            _ => (Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes),
        };
    }

    /// <summary>Without a byte order mark UTF-16 shows in that every other byte of plain English is zero.</summary>
    private static bool LooksLikeUtf16(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        var units = Math.Min(bytes.Length / 2, 200);
        var plain = 0;
        for (var index = 0; index < units; index++)
        {
            var unit = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes[(index * 2)..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[(index * 2)..]);
            plain += unit is '\r' or '\n' or '\t' or (>= ' ' and < 0x7F) ? 1 : 0;
        }

        return units > 4 && plain > units * 9 / 10;
    }
}
