using System.Security.Cryptography;

namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>The encodings of RFC 8017 that are compared with the result of the RSA operation.</summary>
internal static class RsaPadding
{
    private const int LeastPadding = 8;

    /// <summary>EMSA-PKCS1-v1_5 (RFC 8017 9.2); empty if the modulus is too short for it.</summary>
    internal static byte[] EncodePkcs1(DigestKind digest, ReadOnlySpan<byte> hash, int length)
    {
        var info = DigestInfo(digest, hash);
        var encoded = new byte[length];
        var padding = length - info.Length - 3;
        if (padding < LeastPadding)
        {
            return [];
        }

        encoded[1] = 1;
        encoded.AsSpan(2, padding).Fill(0xFF);
        info.CopyTo(encoded.AsSpan(padding + 3));
        return encoded;
    }

    /// <summary>EMSA-PSS verification (RFC 8017 9.1.2).</summary>
    internal static bool VerifyPss(PssParameters pss, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> encoded, int modulusBits)
    {
        var topBits = (modulusBits - 1) & 7;
        if ((encoded[0] & (0xFF << topBits) & 0xFF) != 0)
        {
            return false;
        }

        if (topBits == 0)
        {
            encoded = encoded[1..];
        }

        var maskedLength = encoded.Length - hash.Length - 1;
        if (encoded.Length < hash.Length + 2 || pss.SaltLength > maskedLength - 1 || encoded[^1] != 0xBC)
        {
            return false;
        }

        var digest = encoded.Slice(maskedLength, hash.Length);
        if (Mask(pss.MaskDigest, digest, maskedLength) is not { } block)
        {
            return false;
        }

        for (var i = 0; i < block.Length; i++)
        {
            block[i] ^= encoded[i];
        }

        if (topBits != 0)
        {
            block[0] &= (byte)(0xFF >> (8 - topBits));
        }

        var separator = block.Length - pss.SaltLength - 1;
        if (block.AsSpan(0, separator).ContainsAnyExcept((byte)0) || block[separator] != 1)
        {
            return false;
        }

        byte[] message = [0, 0, 0, 0, 0, 0, 0, 0, .. hash, .. block.AsSpan(separator + 1)];
        return Digests.Compute(pss.Digest, message) is { } expected && CryptographicOperations.FixedTimeEquals(expected, digest);
    }

    private static byte[]? Mask(DigestKind kind, ReadOnlySpan<byte> seed, int length)
    {
        var mask = new byte[length];
        for (var (counter, filled) = (0, 0); filled < length; counter++)
        {
            byte[] input = [.. seed, (byte)(counter >> 24), (byte)(counter >> 16), (byte)(counter >> 8), (byte)counter];
            if (Digests.Compute(kind, input) is not { } block)
            {
                return null;
            }

            var take = Math.Min(block.Length, length - filled);
            block.AsSpan(0, take).CopyTo(mask.AsSpan(filled));
            filled += take;
        }

        return mask;
    }

    private static byte[] DigestInfo(DigestKind digest, ReadOnlySpan<byte> hash)
    {
        byte[] oid = digest switch
        {
            DigestKind.Md5 => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x02, 0x05],
            DigestKind.Sha1 => [0x2B, 0x0E, 0x03, 0x02, 0x1A],
            DigestKind.RipeMd160 => [0x2B, 0x24, 0x03, 0x02, 0x01],
            _ => [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, NistArc(digest)],
        };
        var algorithmLength = oid.Length + 4;
        return
        [
            0x30, (byte)(algorithmLength + hash.Length + 4),
            0x30, (byte)algorithmLength, 0x06, (byte)oid.Length, .. oid, 0x05, 0x00,
            0x04, (byte)hash.Length, .. hash,
        ];
    }

    private static byte NistArc(DigestKind digest) => digest switch
    {
        DigestKind.Sha256 => 1,
        DigestKind.Sha384 => 2,
        DigestKind.Sha512 => 3,
        DigestKind.Sha224 => 4,
        DigestKind.Sha512T224 => 5,
        DigestKind.Sha512T256 => 6,
        DigestKind.Sha3T224 => 7,
        DigestKind.Sha3T256 => 8,
        DigestKind.Sha3T384 => 9,
        _ => 10,
    };
}
