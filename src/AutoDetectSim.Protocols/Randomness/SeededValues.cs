using System.Buffers.Binary;
using System.Net;

namespace AutoDetectSim.Protocols.Randomness;

/// <summary>Values that one detection draws: the same seed and number give the same values, in the order of the draws.</summary>
/// <remarks>SplitMix64 (Steele, Lea, Flood 2014): a few instructions per value, and no state to share between detections.</remarks>
internal struct SeededValues
{
    private const ulong Increment = 0x9E3779B97F4A7C15;

    private ulong _state;

    public SeededValues(int seed, long number)
    {
        _state = (uint)seed | ((ulong)0xA0D << 32);
        _state = Next() ^ (ulong)number;
    }

    /// <summary>A random (version 4) UUID, RFC 9562 5.4.</summary>
    public Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Next());
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Next());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>An address of AutoDetect's published egress ranges 52.125.128.0/20 and 52.127.96.0/23 ([M365-ADDL]).</summary>
    public IPAddress NextAutoDetectAddress() => NextAddress([(0x347D8000, 4096), (0x347F6000, 512)]);

    /// <summary>An address of ranges that Microsoft publishes for Exchange Online: 40.96.0.0/13, 40.104.0.0/15, 52.96.0.0/14, 132.245.0.0/16.</summary>
    public IPAddress NextExchangeOnlineAddress() =>
        NextAddress([(0x28600000, 1 << 19), (0x28680000, 1 << 17), (0x34600000, 1 << 18), (0x84F50000, 1 << 16)]);

    /// <summary>A text in the manner of Kubernetes' generated names, whose alphabet holds no vowels and no look-alikes.</summary>
    public string NextPodSuffix(int length)
    {
        const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";
        Span<char> text = stackalloc char[length];
        for (var i = 0; i < length; i++)
        {
            text[i] = Alphabet[NextBelow(Alphabet.Length)];
        }

        return new string(text);
    }

    /// <summary>Fills a key.</summary>
    public void NextBytes(Span<byte> bytes)
    {
        Span<byte> word = stackalloc byte[8];
        for (var i = 0; i < bytes.Length; i += 8)
        {
            BinaryPrimitives.WriteUInt64BigEndian(word, Next());
            word[..Math.Min(8, bytes.Length - i)].CopyTo(bytes[i..]);
        }
    }

    private IPAddress NextAddress(ReadOnlySpan<(uint First, int Size)> ranges)
    {
        var total = 0;
        foreach (var (_, size) in ranges)
        {
            total += size;
        }

        var index = NextBelow(total);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var (first, size) in ranges)
        {
            if (index < size)
            {
                BinaryPrimitives.WriteUInt32BigEndian(bytes, first + (uint)index);
                break;
            }

            index -= size;
        }

        return new IPAddress(bytes);
    }

    private int NextBelow(int limit) => (int)(Next() % (ulong)limit);

    private ulong Next()
    {
        _state += Increment;
        var value = _state;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
