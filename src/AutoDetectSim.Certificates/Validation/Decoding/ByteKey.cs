namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>Bytes as a dictionary key. The hash is seeded per process, and equality compares every byte, so that nobody can pass one certificate off as another.</summary>
internal readonly struct ByteKey : IEquatable<ByteKey>
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly int _hash;

    internal ByteKey(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        var hash = default(HashCode);
        hash.AddBytes(bytes.Span);
        _hash = hash.ToHashCode();
    }

    public bool Equals(ByteKey other) => _hash == other._hash && _bytes.Span.SequenceEqual(other._bytes.Span);

    public override bool Equals(object? obj) => obj is ByteKey other && Equals(other);

    public override int GetHashCode() => _hash;
}
