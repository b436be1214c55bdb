using System.Buffers.Binary;
using System.Text;

namespace AutoDetectSim.Protocols.Ntlm;

/// <summary>The server's message (MS-NLMP 2.2.1.2): eight bytes to answer, and who it is that asks.</summary>
internal sealed record ChallengeMessage
{
    /// <summary>Bytes of a server challenge.</summary>
    public const int ChallengeLength = 8;

    private const int FixedLength = 56;

    public required NtlmFlags Flags { get; init; }

    public required byte[] ServerChallenge { get; init; }

    /// <summary>The NetBIOS name of the domain.</summary>
    public string TargetName { get; init; } = "";

    public TargetInfo TargetInfo { get; init; } = new([]);

    public static bool TryRead(ReadOnlySpan<byte> message, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ChallengeMessage? challenge)
    {
        challenge = null;
        if (NtlmMessage.TypeOf(message) != NtlmMessage.Challenge || message.Length < 48)
        {
            return false;
        }

        var flags = (NtlmFlags)BinaryPrimitives.ReadUInt32LittleEndian(message[20..]);
        if (!NtlmMessage.TryReadField(message, 12, out var name)
            || !NtlmMessage.TryReadField(message, 40, out var info)
            || !TargetInfo.TryRead(info, out var pairs))
        {
            return false;
        }

        challenge = new ChallengeMessage
        {
            Flags = flags,
            ServerChallenge = message.Slice(24, ChallengeLength).ToArray(),
            TargetName = NtlmMessage.Text(name, flags),
            TargetInfo = pairs,
        };
        return true;
    }

    public byte[] Write()
    {
        var message = NtlmMessage.Begin(NtlmMessage.Challenge, FixedLength);
        NtlmMessage.Set(message, 20, (uint)Flags);
        for (var index = 0; index < ChallengeLength; index++)
        {
            message[24 + index] = ServerChallenge[index];
        }

        // Windows Server 2019, build 17763, NTLM revision 15.
        NtlmMessage.Set(message, 48, 0x4563_000A);
        NtlmMessage.Set(message, 52, 0x0F00_0000);
        NtlmMessage.Append(message, 12, Flags.HasFlag(NtlmFlags.Unicode) ? Encoding.Unicode.GetBytes(TargetName) : Encoding.Latin1.GetBytes(TargetName));
        NtlmMessage.Append(message, 40, TargetInfo.Write());
        return [.. message];
    }
}
