using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;

namespace AutoDetectSim.Protocols.Ntlm;

/// <summary>The cryptography of NTLMv2 (MS-NLMP 3.3.2 and 3.4).</summary>
internal static class NtlmV2
{
    /// <summary>Bytes of a session key.</summary>
    public const int KeyLength = 16;

    /// <summary>The key that proves the password (NTOWFv2). User and domain are taken as the client wrote them.</summary>
    public static byte[] ResponseKey(string password, string user, string domain)
    {
        var md4 = new MD4Digest();
        var text = Encoding.Unicode.GetBytes(password);
        md4.BlockUpdate(text, 0, text.Length);
        var hash = new byte[md4.GetDigestSize()];
        md4.DoFinal(hash, 0);
        return HMACMD5.HashData(hash, Encoding.Unicode.GetBytes(user.ToUpperInvariant() + domain));
    }

    /// <summary>The proof of what a client says, for one server challenge (NTProofStr).</summary>
    public static byte[] Proof(byte[] responseKey, ReadOnlySpan<byte> serverChallenge, ReadOnlySpan<byte> proven) =>
        HMACMD5.HashData(responseKey, (byte[])[.. serverChallenge, .. proven]);

    /// <summary>The key of a session (ExportedSessionKey): the client's own one where keys are exchanged.</summary>
    public static byte[] SessionKey(byte[] responseKey, byte[] proof, NtlmFlags flags, byte[] encryptedSessionKey)
    {
        var key = HMACMD5.HashData(responseKey, proof);
        return flags.HasFlag(NtlmFlags.KeyExchange) && encryptedSessionKey.Length == KeyLength ? Rc4(key, encryptedSessionKey) : key;
    }

    /// <summary>Encrypts the client's session key, or decrypts it.</summary>
    public static byte[] Rc4(byte[] key, byte[] data)
    {
        var engine = new RC4Engine();
        engine.Init(forEncryption: true, new KeyParameter(key));
        var result = new byte[data.Length];
        engine.ProcessBytes(data, 0, data.Length, result, 0);
        return result;
    }

    /// <summary>The integrity code over all three messages; the code itself counts as zero.</summary>
    public static byte[] Mic(byte[] sessionKey, ReadOnlySpan<byte> negotiate, ReadOnlySpan<byte> challenge, ReadOnlySpan<byte> authenticate)
    {
        byte[] messages = [.. negotiate, .. challenge, .. authenticate];
        messages.AsSpan(negotiate.Length + challenge.Length + AuthenticateMessage.MicOffset, KeyLength).Clear();
        return HMACMD5.HashData(sessionKey, messages);
    }
}
