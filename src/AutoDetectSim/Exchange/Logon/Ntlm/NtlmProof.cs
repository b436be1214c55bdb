using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Digests;

namespace AutoDetectSim.Exchange.Logon.Ntlm;

/// <summary>The proof of a password with NTLMv2 (MS-NLMP 3.3.2). NTLMv1, which servers of today refuse, is none.</summary>
internal static class NtlmProof
{
    private const int ProofLength = 16;

    /// <summary>The fixed part of NTLMv2_CLIENT_CHALLENGE (MS-NLMP 2.2.2.7).</summary>
    private const int MinimumClientChallengeLength = 28;

    /// <summary>Whether a response is one of NTLMv2, right or wrong.</summary>
    public static bool IsVersion2(NtlmMessage message) => message.Response.Length >= ProofLength + MinimumClientChallengeLength;

    /// <summary>Whether the client knows the password.</summary>
    /// <param name="message">The AUTHENTICATE_MESSAGE.</param>
    /// <param name="nonce">The server's challenge.</param>
    /// <param name="password">The password of the user.</param>
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "The protocol's own.")]
    public static bool Verify(NtlmMessage message, ReadOnlySpan<byte> nonce, string password)
    {
        if (!IsVersion2(message))
        {
            return false;
        }

        var key = HMACMD5.HashData(Md4(Encoding.Unicode.GetBytes(password)), Encoding.Unicode.GetBytes(message.User.ToUpperInvariant() + message.Domain));
        byte[] answered = [.. nonce, .. message.Response.Span[ProofLength..]];
        var proof = HMACMD5.HashData(key, answered);
        return CryptographicOperations.FixedTimeEquals(proof, message.Response.Span[..ProofLength]);
    }

    private static byte[] Md4(byte[] bytes)
    {
        var digest = new MD4Digest();
        digest.BlockUpdate(bytes, 0, bytes.Length);
        var hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash, 0);
        return hash;
    }
}
