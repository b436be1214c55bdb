using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using AutoDetectSim.Certificates.Validation.Decoding;
using static AutoDetectSim.Certificates.Validation.Decoding.DerField;

namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>An RSA key. Common sizes and digests go to the platform; the rest (odd sizes and exponents, old digests, RSASSA-PSS with any salt) is computed here.</summary>
internal sealed class RsaKey : SubjectKey
{
    private const int MaxModulusBits = 16_384;
    private const int LargeModulusBits = 3_072;
    private const int MaxExponentBitsForLargeModulus = 64;

    private static readonly DerItem Grammar = DerItem.Sequence(Of(DerItem.PlainNumber), Of(DerItem.PlainNumber));

    private readonly BigInteger _modulus;
    private readonly BigInteger _exponent;
    private readonly PssParameters? _restriction;
    private readonly ConcurrentBag<RSA> _native = [];

    private RsaKey(KeyKind kind, BigInteger modulus, BigInteger exponent, PssParameters? restriction)
        : base(kind, KeyStrength.OfModulus(modulus), string.Create(CultureInfo.InvariantCulture, $"{(kind == KeyKind.Rsa ? "RSA" : "RSA-PSS")} {modulus.GetBitLength()}"))
    {
        _modulus = modulus;
        _exponent = exponent;
        _restriction = restriction;
    }

    private int ModulusBits => (int)_modulus.GetBitLength();

    private int ModulusBytes => (ModulusBits + 7) / 8;

    internal static RsaKey? TryDecode(ReadOnlyMemory<byte> key, bool pss, DerValue? parameters)
    {
        if (new DerDecoder(key).Decode(Grammar) is not { } numbers)
        {
            return null;
        }

        PssParameters? restriction = null;
        if (pss && parameters is not null)
        {
            restriction = PssParameters.Decode(parameters, strict: false);
            if (restriction is null)
            {
                return null;
            }
        }

        return new RsaKey(
            pss ? KeyKind.RsaPss : KeyKind.Rsa,
            numbers[0]!.UnsignedNumber,
            numbers[1]!.UnsignedNumber,
            restriction);
    }

    internal override bool Verify(SignatureAlgorithm algorithm, DerValue identifier, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (algorithm.Key == KeyKind.RsaPss)
        {
            return PssParameters.Decode(identifier[1], strict: true) is { } pss && VerifyPss(pss, data, signature);
        }

        if (Kind != KeyKind.Rsa || algorithm.Key != KeyKind.Rsa || algorithm.Digest is not { } digest || signature.Length != ModulusBytes)
        {
            return false;
        }

        if (IsCommon && Digests.NativeName(digest) is { } native)
        {
            return VerifyNative(data, signature, native);
        }

        return Digests.Compute(digest, data) is { } hash
            && TryApply(signature, out var encoded)
            && encoded.AsSpan().SequenceEqual(RsaPadding.EncodePkcs1(digest, hash, ModulusBytes));
    }

    private bool IsCommon => ModulusBits is >= 1024 and <= 8192 && ModulusBits % 64 == 0 && _exponent >= 3 && _exponent <= int.MaxValue && !_exponent.IsEven && !_modulus.IsEven;

    private bool VerifyNative(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, HashAlgorithmName digest)
    {
        if (!_native.TryTake(out var rsa))
        {
            rsa = RSA.Create(new RSAParameters
            {
                Modulus = _modulus.ToByteArray(isUnsigned: true, isBigEndian: true),
                Exponent = _exponent.ToByteArray(isUnsigned: true, isBigEndian: true),
            });
        }

        try
        {
            return rsa.VerifyData(data, signature, digest, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            _native.Add(rsa);
        }
    }

    private bool VerifyPss(PssParameters pss, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (_restriction is { } least
            && (pss.Digest != least.Digest || pss.MaskDigest != least.MaskDigest || pss.SaltLength < least.SaltLength))
        {
            return false;
        }

        return signature.Length <= ModulusBytes
            && Digests.Compute(pss.Digest, data) is { } hash
            && TryApply(signature, out var encoded)
            && RsaPadding.VerifyPss(pss, hash, encoded, ModulusBits);
    }

    /// <summary>The RSA public operation, within the bounds that OpenSSL sets.</summary>
    private bool TryApply(ReadOnlySpan<byte> signature, out byte[] encoded)
    {
        encoded = [];
        var value = new BigInteger(signature, isUnsigned: true, isBigEndian: true);
        if (ModulusBits > MaxModulusBits || _modulus <= _exponent || _modulus.IsEven || value >= _modulus
            || (ModulusBits > LargeModulusBits && _exponent.GetBitLength() > MaxExponentBitsForLargeModulus))
        {
            return false;
        }

        var result = BigInteger.ModPow(value, _exponent, _modulus).ToByteArray(isUnsigned: true, isBigEndian: true);
        encoded = new byte[ModulusBytes];
        result.CopyTo(encoded.AsSpan(encoded.Length - result.Length));
        return true;
    }
}
