using System.Buffers.Binary;

namespace AutoDetectSim.Protocols.Ntlm;

/// <summary>An NTLMv2 response (MS-NLMP 2.2.2.8): 16 bytes of proof, and the time, challenge and AV pairs that it is the proof of.</summary>
internal sealed record NtlmV2Response
{
    /// <summary>In <see cref="AvId.Flags"/>: the message has an integrity code.</summary>
    public const uint HasMic = 2;

    private const int ProofLength = 16;
    private const int PairsOffset = 28;

    /// <summary>The proof.</summary>
    public required byte[] Proof { get; init; }

    /// <summary>What is proven, byte for byte.</summary>
    public required byte[] Proven { get; init; }

    /// <summary>What the client says of the connection, and repeats of the server.</summary>
    public required TargetInfo TargetInfo { get; init; }

    /// <summary>Whether the message that brought the response has an integrity code.</summary>
    public bool IsSealed => TargetInfo[AvId.Flags] is { Length: sizeof(uint) } flags && (BinaryPrimitives.ReadUInt32LittleEndian(flags) & HasMic) != 0;

    /// <summary>Reads a response; false for the shorter ones of LM and NTLMv1, which Windows no longer takes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out NtlmV2Response? response)
    {
        response = null;
        if (bytes.Length < ProofLength + PairsOffset || bytes[ProofLength] != 1 || !TargetInfo.TryRead(bytes[(ProofLength + PairsOffset)..], out var pairs))
        {
            return false;
        }

        response = new NtlmV2Response { Proof = bytes[..ProofLength].ToArray(), Proven = bytes[ProofLength..].ToArray(), TargetInfo = pairs };
        return true;
    }

    /// <summary>What a client proves.</summary>
    /// <param name="timestamp">The time as a Windows file time.</param>
    /// <param name="clientChallenge">Eight bytes of the client's choice.</param>
    /// <param name="pairs">The AV pairs.</param>
    public static byte[] ToProve(long timestamp, ReadOnlySpan<byte> clientChallenge, TargetInfo pairs)
    {
        var head = new byte[PairsOffset];
        head[0] = 1;
        head[1] = 1;
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(8), timestamp);
        clientChallenge.CopyTo(head.AsSpan(16));
        return [.. head, .. pairs.Write(), 0, 0, 0, 0];
    }
}
