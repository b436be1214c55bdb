using System.Buffers.Binary;
using System.Text;

namespace AutoDetectSim.Exchange.Logon.Ntlm;

/// <summary>A message of a client: NEGOTIATE_MESSAGE or AUTHENTICATE_MESSAGE (MS-NLMP 2.2.1.1, 2.2.1.3).</summary>
internal sealed record NtlmMessage
{
    /// <summary>The type of CHALLENGE_MESSAGE, which only servers send.</summary>
    public const uint Challenge = 2;

    private const uint Negotiate = 1;
    private const uint Authenticate = 3;
    private const uint Unicode = 1;
    private const int FlagsOffset = 60;

    /// <summary>What every message begins with.</summary>
    public static ReadOnlySpan<byte> Signature => "NTLMSSP\0"u8;

    /// <summary>Whether the client begins, and has said nothing of itself.</summary>
    public bool IsNegotiate { get; private init; }

    /// <summary>The user name of an AUTHENTICATE_MESSAGE.</summary>
    public string User { get; private init; } = "";

    /// <summary>The domain of the user, often empty.</summary>
    public string Domain { get; private init; } = "";

    /// <summary>NtChallengeResponse.</summary>
    public ReadOnlyMemory<byte> Response { get; private init; }

    /// <summary>Reads a message; null for anything else. Nothing in the bytes makes it throw.</summary>
    public static NtlmMessage? Read(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < 12 || !span.StartsWith(Signature))
        {
            return null;
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(span[8..]) switch
        {
            Negotiate => new NtlmMessage { IsNegotiate = true },
            Authenticate => ReadAuthenticate(bytes),
            _ => null,
        };
    }

    private static NtlmMessage? ReadAuthenticate(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < FlagsOffset + sizeof(uint))
        {
            return null;
        }

        var encoding = (BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[FlagsOffset..]) & Unicode) != 0 ? Encoding.Unicode : Encoding.Latin1;
        return Field(bytes, 20) is { } response && Field(bytes, 28) is { } domain && Field(bytes, 36) is { } user
            ? new NtlmMessage { User = encoding.GetString(user.Span), Domain = encoding.GetString(domain.Span), Response = response }
            : null;
    }

    /// <summary>The bytes that a field's length and offset name, or null when they lie outside the message.</summary>
    private static ReadOnlyMemory<byte>? Field(ReadOnlyMemory<byte> bytes, int at)
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[at..]);
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[(at + 4)..]);
        return length == 0 ? default(ReadOnlyMemory<byte>) : offset + (long)length <= bytes.Length ? bytes.Slice((int)offset, length) : null;
    }
}
