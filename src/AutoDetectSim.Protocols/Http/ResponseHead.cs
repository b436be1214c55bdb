using System.Buffers;
using System.Text;

namespace AutoDetectSim.Protocols.Http;

/// <summary>The bytes of one HTTP/1.1 response head: status line, header fields, empty line (RFC 9112 section 2.1).</summary>
internal static class ResponseHead
{
    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>How many bytes the head at the start of <paramref name="bytes"/> has, or null while it is incomplete.</summary>
    public static int? Length(ReadOnlySpan<byte> bytes) => bytes.IndexOf("\r\n\r\n"u8) is >= 0 and var end ? end + 4 : null;

    /// <summary>Whether the head is that of an interim answer (1xx other than 101), after which the final one follows.</summary>
    public static bool IsInterim(ReadOnlySpan<byte> head) =>
        head.StartsWith("HTTP/1.1 1"u8) && !head.StartsWith("HTTP/1.1 101"u8);

    /// <summary>
    /// Writes the head with the header fields of <paramref name="order"/> first, in that order and casing, and the others after
    /// them as they stood. Values are copied byte for byte.
    /// </summary>
    public static void WriteOrdered(IBufferWriter<byte> output, ReadOnlySpan<byte> head, IReadOnlyList<string> order)
    {
        var fields = Fields(head, out var statusLine);
        output.Write(head[statusLine]);
        for (var place = 0; place < order.Count; place++)
        {
            var name = order[place];
            var isLastPlace = !ContainsFrom(order, place + 1, name);
            for (var index = 0; index < fields.Count; index++)
            {
                var field = fields[index];
                if (field.Written || !Ascii.EqualsIgnoreCase(head[field.Name], name))
                {
                    continue;
                }

                Encoding.ASCII.GetBytes(name, output);
                output.Write(head[field.Rest]);
                fields[index] = field with { Written = true };
                if (!isLastPlace)
                {
                    break;
                }
            }
        }

        foreach (var field in fields)
        {
            if (!field.Written)
            {
                output.Write(head[field.Name]);
                output.Write(head[field.Rest]);
            }
        }

        output.Write(LineEnd);
    }

    private static List<Field> Fields(ReadOnlySpan<byte> head, out Range statusLine)
    {
        var start = head.IndexOf(LineEnd) + LineEnd.Length;
        statusLine = ..start;
        var fields = new List<Field>(24);
        while (head[start..].IndexOf(LineEnd) is > 0 and var length)
        {
            var colon = head.Slice(start, length).IndexOf((byte)':');
            var name = start..(start + (colon < 0 ? length : colon));
            var end = start + length + LineEnd.Length;
            fields.Add(new Field(name, name.End.Value..end, Written: false));
            start = end;
        }

        return fields;
    }

    private static bool ContainsFrom(IReadOnlyList<string> order, int start, string name)
    {
        for (var index = start; index < order.Count; index++)
        {
            if (string.Equals(order[index], name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where one header field stands: its name, and everything from the colon to the end of the line.</summary>
    private readonly record struct Field(Range Name, Range Rest, bool Written);
}
