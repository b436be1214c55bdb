using System.Buffers.Binary;
using System.Text;

namespace AutoDetectSim.Protocols.Ntlm;

/// <summary>What the three messages of NTLM have in common (MS-NLMP 2.2): their start, and fields that point into the rest.</summary>
internal static class NtlmMessage
{
    /// <summary>Type of the client's first message.</summary>
    public const int Negotiate = 1;

    /// <summary>Type of the server's message.</summary>
    public const int Challenge = 2;

    /// <summary>Type of the client's second message.</summary>
    public const int Authenticate = 3;

    /// <summary>Bytes of signature and type.</summary>
    public const int HeaderLength = 12;

    private const int FieldLength = 8;

    private static ReadOnlySpan<byte> Signature => "NTLMSSP\0"u8;

    /// <summary>The type of a message; 0 for bytes that are none.</summary>
    public static int TypeOf(ReadOnlySpan<byte> message) =>
        message.Length >= HeaderLength && message.StartsWith(Signature) && BinaryPrimitives.ReadUInt32LittleEndian(message[Signature.Length..]) is >= Negotiate and <= Authenticate and var type
            ? (int)type
            : 0;

    /// <summary>Reads what the field at an offset points to; false when it points outside of the message.</summary>
    public static bool TryReadField(ReadOnlySpan<byte> message, int offset, out ReadOnlySpan<byte> value)
    {
        value = [];
        if (message.Length < offset + FieldLength)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16LittleEndian(message[offset..]);
        var start = BinaryPrimitives.ReadUInt32LittleEndian(message[(offset + 4)..]);
        if (length == 0)
        {
            return true;
        }

        if (start > (uint)message.Length || length > message.Length - start)
        {
            return false;
        }

        value = message.Slice((int)start, length);
        return true;
    }

    /// <summary>Reads a text that a field held.</summary>
    public static string Text(ReadOnlySpan<byte> value, NtlmFlags flags) =>
        flags.HasFlag(NtlmFlags.Unicode) ? Encoding.Unicode.GetString(value) : Encoding.Latin1.GetString(value);

    /// <summary>Begins a message: its first <paramref name="fixedLength"/> bytes, with signature and type.</summary>
    public static List<byte> Begin(int type, int fixedLength)
    {
        var message = new byte[fixedLength];
        Signature.CopyTo(message);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(8), type);
        return [.. message];
    }

    /// <summary>Writes a number into the fixed part.</summary>
    public static void Set(List<byte> message, int offset, uint number)
    {
        for (var index = 0; index < sizeof(uint); index++)
        {
            message[offset + index] = (byte)(number >> (8 * index));
        }
    }

    /// <summary>Appends a value, and lets the field at an offset point to it.</summary>
    public static void Append(List<byte> message, int offset, ReadOnlySpan<byte> value)
    {
        Set(message, offset, (uint)value.Length | ((uint)value.Length << 16));
        Set(message, offset + 4, (uint)message.Count);
        message.AddRange(value);
    }
}
