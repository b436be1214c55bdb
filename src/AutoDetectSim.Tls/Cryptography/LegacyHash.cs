using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Encodings;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace AutoDetectSim.Tls.Cryptography;

/// <summary>
/// Signatures of TLS 1.0 and 1.1 (RFC 4346, section 4.7), which are made of an MD5 and a SHA-1 hash in a row: ECDSA takes the
/// SHA-1 part, RSA all of it, in PKCS#1 type 1 padding without DigestInfo.
/// </summary>
/// <remarks>.NET has no such RSA primitive, so this one place takes the key's numbers out of it.</remarks>
internal static class LegacyHash
{
    private const int Md5Length = 16;

    /// <summary>The hash that ECDSA signs.</summary>
    internal static byte[] Sha1Part(byte[] hash) => hash[Md5Length..];

    internal static byte[] SignRsa(RSA key, byte[] hash)
    {
        var numbers = DotNetUtilities.GetRsaKeyPair(key).Private;
        var engine = new Pkcs1Encoding(new RsaBlindedEngine());
        engine.Init(true, new ParametersWithRandom(numbers));
        return engine.ProcessBlock(hash, 0, hash.Length);
    }

    internal static bool VerifyRsa(byte[] subjectPublicKeyInfo, byte[] hash, byte[] signature)
    {
        try
        {
            var engine = new Pkcs1Encoding(new RsaEngine());
            engine.Init(false, PublicKeyFactory.CreateKey(subjectPublicKeyInfo));
            return CryptographicOperations.FixedTimeEquals(engine.ProcessBlock(signature, 0, signature.Length), hash);
        }
        catch (CryptoException)
        {
            return false;
        }
    }
}
