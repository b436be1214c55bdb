using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AutoDetectSim.Protocols.Randomness;

/// <summary>Draws numbers from <see cref="Random"/>, and GUIDs by hashing their count; safe for use by several threads.</summary>
internal sealed class NamedStream : SeededStream
{
    private readonly Lock _gate = new();
    private readonly byte[] _prefix;
    private readonly Random _random;
    private long _guids;

    /// <param name="name">The seed, a slash, and the purpose.</param>
    public NamedStream(string name)
    {
        _prefix = Encoding.UTF8.GetBytes(name + "/");
        _random = new Random(BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(_prefix.AsSpan()[..^1])));
    }

    public override int Next(int exclusiveMaximum)
    {
        lock (_gate)
        {
            return _random.Next(exclusiveMaximum);
        }
    }

    public override double NextDouble()
    {
        lock (_gate)
        {
            return _random.NextDouble();
        }
    }

    public override void NextBytes(Span<byte> bytes)
    {
        lock (_gate)
        {
            _random.NextBytes(bytes);
        }
    }

    public override Guid NextGuid()
    {
        Span<byte> text = stackalloc byte[_prefix.Length + sizeof(long)];
        _prefix.CopyTo(text);
        BinaryPrimitives.WriteInt64LittleEndian(text[_prefix.Length..], Interlocked.Increment(ref _guids));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return ToGuid(hash);
    }
}
