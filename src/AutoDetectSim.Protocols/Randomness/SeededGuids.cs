using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AutoDetectSim.Protocols.Randomness;

/// <summary>GUIDs that look random and are the same in every run of a scenario.</summary>
internal sealed class SeededGuids(int seed, string purpose)
{
    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}/{purpose}/"));
    private long _count;

    /// <summary>The next GUID of this purpose.</summary>
    public Guid Next()
    {
        Span<byte> text = stackalloc byte[_prefix.Length + sizeof(long)];
        _prefix.CopyTo(text);
        BinaryPrimitives.WriteInt64LittleEndian(text[_prefix.Length..], Interlocked.Increment(ref _count));
        return FromHash(text);
    }

    /// <summary>The GUID of a named thing.</summary>
    public static Guid Of(int seed, string purpose, string name) =>
        FromHash(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}/{purpose}/{name.ToUpperInvariant()}")));

    private static Guid FromHash(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        // Version 4, variant 1 (RFC 9562 section 5.4), as the servers' own ones have.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
