using System.Buffers.Binary;
using System.Net;

namespace AutoDetectSim.Protocols.Randomness;

/// <summary>Draws of one purpose, opened by <see cref="Seed"/>.</summary>
internal abstract class SeededStream
{
    /// <summary>A number from 0 to <paramref name="exclusiveMaximum"/> - 1.</summary>
    public abstract int Next(int exclusiveMaximum);

    /// <summary>A number from 0 up to, and without, 1.</summary>
    public abstract double NextDouble();

    /// <summary>Fills a key.</summary>
    public abstract void NextBytes(Span<byte> bytes);

    /// <summary>A random (version 4) UUID, RFC 9562 5.4.</summary>
    public virtual Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        NextBytes(bytes);
        return ToGuid(bytes);
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
            text[i] = Alphabet[Next(Alphabet.Length)];
        }

        return new string(text);
    }

    /// <summary>Makes a version 4, variant 1 UUID (RFC 9562 section 5.4), as the servers' own ones are, of the first 16 bytes.</summary>
    internal static Guid ToGuid(Span<byte> bytes)
    {
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }

    private IPAddress NextAddress(ReadOnlySpan<(uint First, int Size)> ranges)
    {
        var total = 0;
        foreach (var (_, size) in ranges)
        {
            total += size;
        }

        var index = Next(total);
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
}
