using System.Buffers.Binary;
using System.Text;

namespace AutoDetectSim.Protocols.Ntlm;

/// <summary>The client's second message (MS-NLMP 2.2.1.3): who logs on, and the proof that it knows the password.</summary>
internal sealed record AuthenticateMessage
{
    /// <summary>Where the message integrity code stands.</summary>
    public const int MicOffset = 72;

    private const int FixedLength = 88;
    private const int ShortestLength = 64;

    public required NtlmFlags Flags { get; init; }

    public required string Domain { get; init; }

    public required string User { get; init; }

    public string Workstation { get; init; } = "";

    /// <summary>The NTLMv2 response: proof, then what is proven; empty for a client that stays anonymous.</summary>
    public required byte[] Response { get; init; }

    /// <summary>The session key of the client's choice, encrypted; empty unless <see cref="NtlmFlags.KeyExchange"/> is agreed.</summary>
    public byte[] EncryptedSessionKey { get; init; } = [];

    public static bool TryRead(ReadOnlySpan<byte> message, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AuthenticateMessage? authenticate)
    {
        authenticate = null;
        if (NtlmMessage.TypeOf(message) != NtlmMessage.Authenticate || message.Length < ShortestLength)
        {
            return false;
        }

        var flags = (NtlmFlags)BinaryPrimitives.ReadUInt32LittleEndian(message[60..]);
        if (!NtlmMessage.TryReadField(message, 20, out var response)
            || !NtlmMessage.TryReadField(message, 28, out var domain)
            || !NtlmMessage.TryReadField(message, 36, out var user)
            || !NtlmMessage.TryReadField(message, 44, out var workstation)
            || !NtlmMessage.TryReadField(message, 52, out var key))
        {
            return false;
        }

        authenticate = new AuthenticateMessage
        {
            Flags = flags,
            Domain = NtlmMessage.Text(domain, flags),
            User = NtlmMessage.Text(user, flags),
            Workstation = NtlmMessage.Text(workstation, flags),
            Response = response.ToArray(),
            EncryptedSessionKey = key.ToArray(),
        };
        return true;
    }

    /// <summary>The message with room for its integrity code, which is zero.</summary>
    public byte[] Write()
    {
        var message = NtlmMessage.Begin(NtlmMessage.Authenticate, FixedLength);
        NtlmMessage.Set(message, 60, (uint)Flags);
        NtlmMessage.Append(message, 28, Encoding.Unicode.GetBytes(Domain));
        NtlmMessage.Append(message, 36, Encoding.Unicode.GetBytes(User));
        NtlmMessage.Append(message, 44, Encoding.Unicode.GetBytes(Workstation));

        // A client that proves itself with NTLMv2 leaves the older answer blank (MS-NLMP 3.1.5.1.2).
        NtlmMessage.Append(message, 12, new byte[24]);
        NtlmMessage.Append(message, 20, Response);
        NtlmMessage.Append(message, 52, EncryptedSessionKey);
        return [.. message];
    }
}
