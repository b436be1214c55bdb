using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace AutoDetectSim.Tls.Cryptography;

/// <summary>Public keys of servers, imported once.</summary>
/// <remarks>
/// An import costs more than a verification (OpenSSL multiplies the point by the order of the curve), and a probe run meets the same
/// few servers again and again. Nothing else about a certificate is remembered, and no verdict.
/// </remarks>
internal static class PublicKeyCache
{
    private const int MaxKeys = 1024;

    private static readonly ConcurrentDictionary<Key, AsymmetricAlgorithm> Keys = new();

    /// <summary>The ECDSA or RSA key of a SubjectPublicKeyInfo (DER).</summary>
    /// <exception cref="CryptographicException">The key is malformed, or its point is not on its curve.</exception>
    internal static AsymmetricAlgorithm Get(ReadOnlyMemory<byte> subjectPublicKeyInfo, bool isEc)
    {
        if (Keys.TryGetValue(new(subjectPublicKeyInfo), out var known))
        {
            return known;
        }

        if (Keys.Count >= MaxKeys)
        {
            // Whoever still uses one of them keeps it alive.
            Keys.Clear();
        }

        return Keys.GetOrAdd(new(subjectPublicKeyInfo.ToArray()), Import(subjectPublicKeyInfo.Span, isEc));
    }

    private static AsymmetricAlgorithm Import(ReadOnlySpan<byte> subjectPublicKeyInfo, bool isEc)
    {
        AsymmetricAlgorithm key = isEc ? ECDsa.Create() : RSA.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private readonly struct Key(ReadOnlyMemory<byte> subjectPublicKeyInfo) : IEquatable<Key>
    {
        private readonly ReadOnlyMemory<byte> _bytes = subjectPublicKeyInfo;

        public bool Equals(Key other) => _bytes.Span.SequenceEqual(other._bytes.Span);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.AddBytes(_bytes.Span);
            return hash.ToHashCode();
        }
    }
}
