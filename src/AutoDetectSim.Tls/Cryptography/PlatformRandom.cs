using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls.Crypto;

namespace AutoDetectSim.Tls.Cryptography;

/// <summary>The platform's random numbers, which need no lock, for keys and nonces.</summary>
internal sealed class PlatformRandom : IRandomGenerator, TlsNonceGenerator
{
    internal static PlatformRandom Instance { get; } = new();

    internal static SecureRandom Secure { get; } = new(Instance);

    // The platform seeds itself.
    public void AddSeedMaterial(byte[] seed)
    {
    }

    public void AddSeedMaterial(ReadOnlySpan<byte> seed)
    {
    }

    public void AddSeedMaterial(long seed)
    {
    }

    public void NextBytes(byte[] bytes) => RandomNumberGenerator.Fill(bytes);

    public void NextBytes(byte[] bytes, int start, int len) => RandomNumberGenerator.Fill(bytes.AsSpan(start, len));

    public void NextBytes(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);

    public byte[] GenerateNonce(int size) => RandomNumberGenerator.GetBytes(size);
}
