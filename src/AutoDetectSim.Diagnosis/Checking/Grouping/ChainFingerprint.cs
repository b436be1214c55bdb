using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AutoDetectSim.Diagnosis.Checking.Grouping;

/// <summary>One value for one exact list of presented certificates.</summary>
internal static class ChainFingerprint
{
    /// <summary>SHA-256 over the certificates with their lengths, in wire order, in lower-case hexadecimal.</summary>
    public static string Of(IReadOnlyList<ReadOnlyMemory<byte>> presented)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var certificate in presented)
        {
            BinaryPrimitives.WriteInt32BigEndian(length, certificate.Length);
            hash.AppendData(length);
            hash.AppendData(certificate.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
