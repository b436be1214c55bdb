using System.Globalization;
using AutoDetectSim.Certificates.Validation.Decoding;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using static AutoDetectSim.Certificates.Validation.Decoding.DerField;

namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>A DSA key (RFC 3279 2.3.2).</summary>
internal sealed class DsaKey : SubjectKey
{
    private const int MaxModulusBits = 10_000;

    private static readonly DerItem Grammar = DerItem.Sequence(
        Of(DerItem.PlainNumber), Of(DerItem.PlainNumber), Of(DerItem.PlainNumber));

    private readonly DsaPublicKeyParameters? _key;

    private DsaKey(int securityBits, string description, DsaPublicKeyParameters? key)
        : base(KeyKind.Dsa, securityBits, description) => _key = key;

    internal static DsaKey? TryDecode(DerValue? parameters, ReadOnlyMemory<byte> key)
    {
        // OpenSSL 3.0 does not decode a key that would take its parameters from its issuer.
        if (new DerDecoder(key).Decode(CertificateGrammar.Integer) is not { } y
            || parameters is not { Tag: DerTag.Sequence }
            || new DerDecoder(parameters.Content).Decode(Grammar) is not { } domain)
        {
            return null;
        }

        var modulus = domain[0]!.UnsignedNumber;
        var order = domain[1]!.UnsignedNumber;
        var bits = Math.Min(KeyStrength.OfModulus(modulus), (int)order.GetBitLength() / 2);
        return new DsaKey(bits, string.Create(CultureInfo.InvariantCulture, $"DSA {modulus.GetBitLength()}"), TryCreate(domain, y));
    }

    internal override bool Verify(SignatureAlgorithm algorithm, DerValue identifier, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (_key is null || algorithm.Key != KeyKind.Dsa || algorithm.Digest is not { } digest
            || _key.Parameters.P.BitLength > MaxModulusBits || _key.Parameters.Q.BitLength is not (160 or 224 or 256)
            || Digests.Compute(digest, data) is not { } hash || !EcdsaSignature.TryDecode(signature, out var r, out var s))
        {
            return false;
        }

        try
        {
            var signer = new DsaSigner();
            signer.Init(forSigning: false, _key);
            return signer.VerifySignature(hash, r, s);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or ArithmeticException)
        {
            return false;
        }
    }

    private static DsaPublicKeyParameters? TryCreate(DerValue domain, DerValue y)
    {
        try
        {
            var parameters = new DsaParameters(Positive(domain[0]!), Positive(domain[1]!), Positive(domain[2]!));
            return new DsaPublicKeyParameters(Positive(y), parameters);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static BigInteger Positive(DerValue value) => new(1, value.Content.ToArray());
}
