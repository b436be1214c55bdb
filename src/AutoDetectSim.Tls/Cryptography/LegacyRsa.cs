using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Encodings;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace AutoDetectSim.Tls.Cryptography;

/// <summary>RSA signatures of TLS 1.0 and 1.1: PKCS#1 type 1 padding around an MD5 and a SHA-1 hash, without DigestInfo (RFC 4346, section 4.7).</summary>
/// <remarks>.NET has no such primitive, so this one place takes the key's numbers out of it.</remarks>
internal static class LegacyRsa
{
    internal static byte[] Sign(RSA key, byte[] hash)
    {
        var numbers = DotNetUtilities.GetRsaKeyPair(key).Private;
        var engine = new Pkcs1Encoding(new RsaBlindedEngine());
        engine.Init(true, new ParametersWithRandom(numbers));
        return engine.ProcessBlock(hash, 0, hash.Length);
    }

    internal static bool Verify(byte[] subjectPublicKeyInfo, byte[] hash, byte[] signature)
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
