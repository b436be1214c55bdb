using System.Buffers;
using System.Text;

namespace AutoDetectSim.Protocols.Wbxml;

/// <summary>Writes WBXML 1.3 as ActiveSync sends it: UTF-8, no string table, inline strings (MS-ASWBXML section 2.1.2).</summary>
internal static class WbxmlWriter
{
    /// <summary>The document with a root element.</summary>
    public static byte[] Write(WbxmlElement root)
    {
        var output = new ArrayBufferWriter<byte>(128);
        output.Write<byte>([0x03, 0x01, 0x6A, 0x00]);
        byte page = 0;
        Write(output, root, ref page);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> output, WbxmlElement element, ref byte page)
    {
        if (element.Page != page)
        {
            page = element.Page;
            output.Write<byte>([0x00, page]);
        }

        var hasContent = element.Children.Count > 0 || element.Text is not null;
        output.Write<byte>([(byte)(element.Token | (hasContent ? 0x40 : 0x00))]);
        if (!hasContent)
        {
            return;
        }

        if (element.Text is { } text)
        {
            output.Write<byte>([0x03]);
            // A NUL would end the inline string early.
            output.Write(Encoding.UTF8.GetBytes(text.Replace("\0", "", StringComparison.Ordinal)));
            output.Write<byte>([0x00]);
        }

        foreach (var child in element.Children)
        {
            Write(output, child, ref page);
        }

        output.Write<byte>([0x01]);
    }
}
