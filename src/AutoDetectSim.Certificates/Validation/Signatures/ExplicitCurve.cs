using AutoDetectSim.Certificates.Validation.Decoding;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using static AutoDetectSim.Certificates.Validation.Decoding.DerField;

namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>Elliptic curve domain parameters that are spelled out (SEC 1 C.2), checked as far as OpenSSL checks them: the generator lies on the curve and the order is within the Hasse bound.</summary>
internal static class ExplicitCurve
{
    private const string PrimeField = "1.2.840.10045.1.1";
    private const int MaxFieldBits = 661;
    private const int LeastFieldBits = 3;

    private static readonly DerItem Grammar = DerItem.Sequence(
        Of(DerItem.PlainNumber),
        Of(DerItem.Sequence(Of(CertificateGrammar.ObjectIdentifier), Of(DerItem.Any))),
        Of(DerItem.Sequence(Of(CertificateGrammar.OctetString), Of(CertificateGrammar.OctetString), Opt(CertificateGrammar.BitString))),
        Of(CertificateGrammar.OctetString),
        Of(CertificateGrammar.Integer),
        Opt(CertificateGrammar.Integer));

    /// <summary>Decodes a curve.</summary>
    /// <returns>Null if it does not decode or is not consistent.</returns>
    internal static X9ECParameters? TryDecode(ReadOnlyMemory<byte> parameters)
    {
        if (new DerDecoder(parameters).Decode(Grammar) is not { } domain)
        {
            return null;
        }

        try
        {
            return ObjectIdentifiers.Dotted(domain[1]![0]!.Content.Span) is PrimeField ? DecodePrimeCurve(domain) : DecodeBinaryCurve(parameters);
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidOperationException or ArithmeticException or InvalidCastException or FormatException or NullReferenceException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static X9ECParameters? DecodePrimeCurve(DerValue domain)
    {
        if (domain[1]![1] is not { Tag: DerTag.Integer } prime || domain[2]![2] is { Bits.IsEmpty: true })
        {
            return null;
        }

        var p = new BigInteger(prime.Content.ToArray());
        var order = new BigInteger(domain[4]!.Content.ToArray());
        var cofactor = domain[5] is { } given ? new BigInteger(given.Content.ToArray()) : null;
        if (p.SignValue <= 0 || p.BitLength is < LeastFieldBits or > MaxFieldBits || !p.TestBit(0)
            || order.SignValue <= 0 || order.BitLength > p.BitLength + 1 || cofactor?.SignValue < 0)
        {
            return null;
        }

        var a = new BigInteger(1, domain[2]![0]!.Content.ToArray()).Mod(p);
        var b = new BigInteger(1, domain[2]![1]!.Content.ToArray()).Mod(p);
        var curve = new FpCurve(p, a, b, order, cofactor);
        return new X9ECParameters(curve, new X9ECPoint(curve.DecodePoint(domain[3]!.Content.ToArray()), compressed: false), order, cofactor);
    }

    private static X9ECParameters? DecodeBinaryCurve(ReadOnlyMemory<byte> parameters)
    {
        var curve = X9ECParameters.GetInstance(Asn1Object.FromByteArray(parameters.ToArray()));
        return curve.Curve.FieldSize <= MaxFieldBits && curve.G.IsValid() ? curve : null;
    }
}
