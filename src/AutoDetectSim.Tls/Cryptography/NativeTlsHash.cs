using System.Security.Cryptography;
using Org.BouncyCastle.Tls.Crypto;

namespace AutoDetectSim.Tls.Cryptography;

/// <summary>A running hash of the handshake, taken with the platform's one-shot functions.</summary>
/// <remarks>
/// The transcript is hashed at half a dozen points of the handshake. It is short, and keeping its bytes is cheaper than a native hash
/// state that .NET cannot copy. Copies share the bytes: an owner only ever appends behind what a copy has seen.
/// </remarks>
internal sealed class NativeTlsHash : TlsHash
{
    private const int InitialCapacity = 2048;

    private readonly HashAlgorithmName _name;
    private byte[] _buffer;
    private int _length;
    private bool _ownsBuffer;

    internal NativeTlsHash(HashAlgorithmName name)
        : this(name, [], 0, ownsBuffer: true)
    {
    }

    private NativeTlsHash(HashAlgorithmName name, byte[] buffer, int length, bool ownsBuffer)
    {
        _name = name;
        _buffer = buffer;
        _length = length;
        _ownsBuffer = ownsBuffer;
    }

    public void Update(byte[] input, int inOff, int length) => Update(input.AsSpan(inOff, length));

    public void Update(ReadOnlySpan<byte> input)
    {
        if (!_ownsBuffer || _buffer.Length - _length < input.Length)
        {
            var larger = new byte[Math.Max(InitialCapacity, (_length + input.Length) * 2)];
            _buffer.AsSpan(0, _length).CopyTo(larger);
            _buffer = larger;
            _ownsBuffer = true;
        }

        input.CopyTo(_buffer.AsSpan(_length));
        _length += input.Length;
    }

    public byte[] CalculateHash()
    {
        var hash = CryptographicOperations.HashData(_name, _buffer.AsSpan(0, _length));
        Reset();
        return hash;
    }

    public TlsHash CloneHash() => new NativeTlsHash(_name, _buffer, _length, ownsBuffer: false);

    public void Reset()
    {
        _buffer = [];
        _length = 0;
        _ownsBuffer = true;
    }
}
