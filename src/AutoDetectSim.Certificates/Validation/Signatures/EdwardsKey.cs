using AutoDetectSim.Certificates.Validation.Decoding;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>An Ed25519 or Ed448 key (RFC 8410).</summary>
internal sealed class EdwardsKey : SubjectKey
{
    private readonly byte[] _key;

    private EdwardsKey(KeyKind kind, byte[] key)
        : base(kind, kind == KeyKind.Ed25519 ? 128 : 224, kind.ToString()) => _key = key;

    internal static EdwardsKey? TryDecode(KeyKind kind, DerValue? parameters, ReadOnlyMemory<byte> key)
    {
        var length = kind == KeyKind.Ed25519 ? Ed25519.PublicKeySize : Ed448.PublicKeySize;
        return parameters is null && key.Length == length ? new EdwardsKey(kind, key.ToArray()) : null;
    }

    internal override bool Verify(SignatureAlgorithm algorithm, DerValue identifier, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (algorithm.Key != Kind)
        {
            return false;
        }

        var message = data.ToArray();
        return Kind == KeyKind.Ed25519
            ? signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature.ToArray(), 0, _key, 0, message, 0, message.Length)
            : signature.Length == Ed448.SignatureSize && Ed448.Verify(signature.ToArray(), 0, _key, 0, [], message, 0, message.Length);
    }
}
