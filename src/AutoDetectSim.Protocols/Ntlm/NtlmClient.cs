using System.Security.Cryptography;
using AutoDetectSim.Protocols.Randomness;

namespace AutoDetectSim.Protocols.Ntlm;

/// <summary>The client's side of one NTLM logon, as Windows does it: NTLMv2, bound to the TLS connection, with an integrity code.</summary>
/// <param name="user">The user name, an SMTP address or one within <paramref name="domain"/>.</param>
/// <param name="domain">The NetBIOS name of the domain; empty beside an SMTP address.</param>
/// <param name="password">The password.</param>
/// <param name="certificate">The server's certificate on this connection; null without TLS.</param>
/// <param name="random">Where the client's own challenge and key come from.</param>
/// <param name="time">Tells the time where the server does not.</param>
internal sealed class NtlmClient(string user, string domain, string password, ReadOnlyMemory<byte>? certificate, SeededStream random, TimeProvider time)
{
    private const NtlmFlags Wanted = NtlmFlags.Unicode | NtlmFlags.RequestTarget | NtlmFlags.Ntlm | NtlmFlags.AlwaysSign | NtlmFlags.ExtendedSessionSecurity
        | NtlmFlags.Encryption128 | NtlmFlags.KeyExchange | NtlmFlags.Encryption56;

    private readonly byte[] _negotiate = Begin();

    /// <summary>The first message.</summary>
    public byte[] Negotiate => [.. _negotiate];

    /// <summary>The answer to the server's message; null when that cannot be read.</summary>
    public byte[]? Answer(byte[] challengeMessage)
    {
        if (!ChallengeMessage.TryRead(challengeMessage, out var challenge))
        {
            return null;
        }

        var pairs = challenge.TargetInfo
            .With(AvId.Flags, [(byte)NtlmV2Response.HasMic, 0, 0, 0])
            .With(AvId.ChannelBindings, certificate is { } known ? ChannelBinding.Of(known) : new byte[MD5.HashSizeInBytes]);
        var now = challenge.TargetInfo[AvId.Timestamp] is { Length: sizeof(long) } said ? BitConverter.ToInt64(said) : time.GetUtcNow().ToFileTime();
        var toProve = NtlmV2Response.ToProve(now, Draw(ChallengeMessage.ChallengeLength), pairs);
        var responseKey = NtlmV2.ResponseKey(password, user, domain);
        var proof = NtlmV2.Proof(responseKey, challenge.ServerChallenge, toProve);
        var baseKey = NtlmV2.SessionKey(responseKey, proof, NtlmFlags.None, []);
        var exchangesKeys = challenge.Flags.HasFlag(NtlmFlags.KeyExchange);
        var sessionKey = exchangesKeys ? Draw(NtlmV2.KeyLength) : baseKey;
        var message = new AuthenticateMessage
        {
            Flags = Wanted & challenge.Flags,
            Domain = domain,
            User = user,
            Response = [.. proof, .. toProve],
            EncryptedSessionKey = exchangesKeys ? NtlmV2.Rc4(baseKey, sessionKey) : [],
        }.Write();
        NtlmV2.Mic(sessionKey, _negotiate, challengeMessage, message).CopyTo(message, AuthenticateMessage.MicOffset);
        return message;
    }

    private static byte[] Begin()
    {
        var message = NtlmMessage.Begin(NtlmMessage.Negotiate, 40);
        NtlmMessage.Set(message, NtlmMessage.HeaderLength, (uint)Wanted);
        return [.. message];
    }

    private byte[] Draw(int length)
    {
        var bytes = new byte[length];
        for (var index = 0; index < length; index++)
        {
            bytes[index] = (byte)random.Next(256);
        }

        return bytes;
    }
}
