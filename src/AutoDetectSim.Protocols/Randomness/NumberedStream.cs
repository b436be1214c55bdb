using System.Buffers.Binary;

namespace AutoDetectSim.Protocols.Randomness;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): a few instructions per value.</summary>
internal sealed class NumberedStream : SeededStream
{
    private const ulong Increment = 0x9E3779B97F4A7C15;

    private ulong _state;

    public NumberedStream(int seed, long number)
    {
        _state = (uint)seed | ((ulong)0xA0D << 32);
        _state = NextWord() ^ (ulong)number;
    }

    public override int Next(int exclusiveMaximum) => (int)(NextWord() % (ulong)exclusiveMaximum);

    public override double NextDouble() => (NextWord() >> 11) * (1.0 / (1UL << 53));

    public override void NextBytes(Span<byte> bytes)
    {
        Span<byte> word = stackalloc byte[8];
        for (var i = 0; i < bytes.Length; i += 8)
        {
            BinaryPrimitives.WriteUInt64BigEndian(word, NextWord());
            word[..Math.Min(8, bytes.Length - i)].CopyTo(bytes[i..]);
        }
    }

    private ulong NextWord()
    {
        _state += Increment;
        var value = _state;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
